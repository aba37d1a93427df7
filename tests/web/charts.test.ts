import { beforeAll, describe, expect, it } from 'vitest';
import { surfaceImage } from '../../web/src/charts/boundary';
import { valueColour, type Rgb } from '../../web/src/charts/palette';
import { spans } from '../../web/src/charts/ranges';

describe('the vertical axis of a curve', () => {
  it('is not squashed by an R² far below −1, and holds whatever lies between', () => {
    expect(spans.signed(-300, 0.9)).toEqual([-1, 1.005]);
    expect(spans.signed(-0.4, 0.9)).toEqual([-0.4, 1.005]);
    expect(spans.signed(0.3, 0.9)).toEqual([0, 1.005]);
  });
  it('begins at 0 for errors, and at chance or below for shares', () => {
    expect(spans.loss(0.2, 2)).toEqual([0, 2.1]);
    expect(spans.loss(0, 0)).toEqual([0, 1]);
    expect(spans.share(0.8, 1)).toEqual([0.5, 1.005]);
    expect(spans.share(0.1, 1)).toEqual([0.1, 1.005]);
  });
});

describe('the surface of values', () => {
  beforeAll(() => {
    // What Node has not: a picture's bytes.
    Object.assign(globalThis, {
      ImageData: class {
        readonly data: Uint8ClampedArray;
        constructor(width: number, height: number) {
          this.data = new Uint8ClampedArray(4 * width * height);
        }
      },
    });
  });
  it.each<[string, Rgb]>([
    ['light', [255, 255, 255]],
    ['dark', [20, 26, 32]],
  ])('has the colours of the key, each paler by the same share (%s)', (_, background) => {
    const shares = [0, 0.25, 0.5, 1];
    const predictions = Float32Array.from(shares, (share) => -2 + 4 * share);
    const grid = { resolution: 2, width: 1, x: [0, 1] as [number, number], y: [0, 1] as [number, number] };
    const { data } = surfaceImage({ ...grid, predictions }, background, [-2, 2]);
    shares.forEach((share, cell) => {
      const at = 4 * ((1 - Math.floor(cell / 2)) * 2 + (cell % 2)); // rows from below
      valueColour(share).forEach((ofKey, channel) => {
        const under = background[channel] ?? 0;
        expect(Math.abs((data[at + channel] ?? 0) - (under + 0.6 * (ofKey - under)))).toBeLessThanOrEqual(1);
      });
    });
  });
});
