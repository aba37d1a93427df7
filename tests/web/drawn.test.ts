import { beforeEach, describe, expect, it, vi } from 'vitest';
import { loadEngine } from '../../bindings/index';
import { NetworkSource, type Moment } from '../../web/src/engine/drawn';

const engine = await loadEngine({ variant: 'simd' });
const wanted = { units: 8, unit: null };

describe('the network as it is drawn', () => {
  let now = 0;
  beforeEach(() => {
    now = 1000;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
  });
  const session = engine.createSession({ model: { layers: [{ units: 3 }, { units: 70 }] } });
  session.stepBatch();
  const moment = (step: number): Moment => ({ run: 1, step, finished: false, axes: [0, 1] });

  it('holds the neurons that are drawn, and of each its own map', () => {
    const drawn = new NetworkSource().take(session, wanted, moment(1), true);
    expect(drawn?.weights.map(({ units, shownUnits }) => [units, shownUnits])).toEqual([
      [3, 3],
      [70, 8],
      [2, 2],
    ]);
    expect(drawn?.maps.units).toEqual([3, 8]);
    const all = session.neuronMaps(drawn?.maps.resolution ?? 0, 0, 1);
    const cells = (drawn?.maps.resolution ?? 0) ** 2;
    expect(drawn?.maps.values).toEqual(all.values.slice(0, 11 * cells));
    expect(drawn?.unit).toBeNull();
  });

  it('is sent ten times a second at most while training, and at once when it stands still', () => {
    const source = new NetworkSource();
    expect(source.take(session, wanted, moment(1), true)).not.toBeNull();
    now += 99;
    expect(source.take(session, wanted, moment(2), true)).toBeNull();
    now += 1;
    expect(source.take(session, wanted, moment(3), true)).not.toBeNull();
    now += 1;
    expect(source.take(session, wanted, moment(4), false)).not.toBeNull();
    now += 1000;
    expect(source.take(session, wanted, moment(4), false)).toBeNull(); // nothing new
    source.changed();
    expect(source.take(session, wanted, moment(4), false)).not.toBeNull();
    expect(source.take(session, null, moment(5), false)).toBeNull(); // nobody looks
  });

  it('is sent less often when it costs much: training loses a twentieth at most', () => {
    const slow = {
      weights: (units: number) => {
        now += 40;
        return session.weights(units);
      },
      neuronMaps: session.neuronMaps.bind(session),
      unit: session.unit.bind(session),
    };
    const source = new NetworkSource();
    expect(source.take(slow, wanted, moment(1), true)).not.toBeNull();
    now += 20 * 40 - 41;
    expect(source.take(slow, wanted, moment(2), true)).toBeNull();
    now += 1;
    expect(source.take(slow, wanted, moment(2), true)).not.toBeNull();
  });

  it('brings another neuron’s numbers at once, without drawing everything anew', () => {
    const source = new NetworkSource();
    const first = source.take(session, wanted, moment(1), true);
    now += 1;
    const next = source.take(session, { units: 8, unit: { layer: 1, unit: 5 } }, moment(1), true);
    expect(next?.unit).toMatchObject({ layer: 1, unit: 5, inputs: 3 });
    expect(next?.maps).toBe(first?.maps);
    expect(source.take(session, { units: 8, unit: { layer: 1, unit: 5 } }, moment(1), true)).toBeNull();
  });

  it('is nothing before there is a network, nor for a neuron that is gone', () => {
    const fresh = engine.createSession({});
    const source = new NetworkSource();
    expect(source.take(fresh, wanted, moment(0), false)).toBeNull();
    expect(source.take(fresh, wanted, moment(1), false)).toBeNull();
    const gone = source.take(session, { units: 8, unit: { layer: 0, unit: 40 } }, moment(1), false);
    expect(gone?.unit).toBeNull();
    expect(source.take(session, { units: 8, unit: { layer: 0, unit: 40 } }, moment(1), false)).toBeNull();
    fresh.delete();
  });
});
