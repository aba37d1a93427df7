import { describe, expect, it } from 'vitest';
import { lineWidth } from '../../web/src/charts/network';
import {
  biasPoint,
  linkPoint,
  mostShown,
  neighbour,
  placeAt,
  wiringOf,
  type Place,
} from '../../web/src/charts/wiring';

const wiring = wiringOf([2, 8, 512, 1], 600, 160);

describe('the wiring', () => {
  it('shows at most so many neurons of a layer, apart and inside its box', () => {
    expect(wiring.columns.map(({ shown }) => shown)).toEqual([2, 8, mostShown, 1]);
    for (const { ys, x } of wiring.columns) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(600);
      for (const [neuron, y] of ys.entries()) {
        expect(y - wiring.node / 2).toBeGreaterThanOrEqual(0);
        expect(y + wiring.node / 2).toBeLessThanOrEqual(160);
        if (neuron > 0) expect(y - (ys[neuron - 1] ?? 0)).toBeGreaterThan(wiring.node);
      }
    }
  });

  it('is hit where it is drawn: every neuron, every bias, every link near its target', () => {
    for (const [column, { shown }] of wiring.columns.entries()) {
      for (let neuron = 0; neuron < shown; ++neuron) {
        const { x, ys } = wiring.columns[column] ?? { x: 0, ys: [] };
        expect(placeAt(wiring, x, ys[neuron] ?? 0)).toEqual({ kind: 'node', column, neuron });
        if (column === 0) continue;
        const bias = biasPoint(wiring, column, neuron);
        expect(placeAt(wiring, bias.x, bias.y)).toEqual({ kind: 'bias', column, neuron });
      }
    }
    for (let neuron = 0; neuron < 8; ++neuron) {
      const at = linkPoint(wiring, 1, 0, neuron, 0.8);
      expect(placeAt(wiring, at.x, at.y)).toMatchObject({ kind: 'link', column: 1, neuron });
    }
    expect(placeAt(wiring, 5, 5)).toBeNull();
    expect(placeAt(wiring, 599, 80)).toBeNull();
  });

  it('is reached by arrow keys as a whole', () => {
    const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];
    const nameOf = (place: Place) => JSON.stringify({ ...place, held: undefined });
    const seen = new Set<string>();
    const visited = new Set<string>();
    const waiting: Place[] = [{ kind: 'node', column: 0, neuron: 0 }];
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (visited.has(JSON.stringify(place))) continue;
      visited.add(JSON.stringify(place));
      seen.add(nameOf(place));
      for (const key of keys) waiting.push(neighbour(wiring, place, key));
    }
    const neurons = 2 + 8 + 8 + 1;
    const links = 2 * 8 + 8 * 8 + 8 * 1;
    expect(seen.size).toBe(neurons + links);
  });
});

describe('a line', () => {
  it('grows with its weight, is always seen and never wider than its neighbours leave room for', () => {
    const widths = [0, 0.1, 0.5, 1, 2, 5, 100].map(lineWidth);
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(new Set(widths).size).toBe(widths.length);
    expect(widths[0]).toBeGreaterThan(0);
    expect(widths.at(-1)).toBeLessThanOrEqual(5);
    expect(lineWidth(-2)).toBe(lineWidth(2));
    expect(lineWidth(NaN)).toBe(lineWidth(0));
  });
});
