import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../bindings/index';
import { copyOf, emptyCurves, pushRows, smooth } from '../../web/src/state/curves';
import { differences } from '../../web/src/state/differences';

const engine = await loadEngine({ variant: 'simd' });

describe('curves', () => {
  it('are columns of the engine’s rows; a copy does not grow with them', () => {
    const curves = emptyCurves();
    pushRows(curves, new Float64Array([1, 0.5, NaN, 0.8, NaN, 0.01, 2, 0.4, NaN, 0.9, NaN, 0.02]));
    const copy = copyOf(curves);
    pushRows(curves, new Float64Array([3, 0.3, 0.2, 1, 1, 0.03]));
    expect(curves.epoch).toEqual([1, 2, 3]);
    expect(curves.learningRate).toEqual([0.01, 0.02, 0.03]);
    expect(curves.validationLoss).toEqual([NaN, NaN, 0.2]);
    expect(copy.trainLoss).toEqual([0.5, 0.4]);
  });

  it('are smoothed by a moving average that begins at the first value', () => {
    expect(smooth([4, 2, 8], 0)).toEqual([4, 2, 8]);
    // 0.5·4 / 0.5; (0.25·4 + 0.5·2) / 0.75; (0.125·4 + 0.25·2 + 0.5·8) / 0.875
    const smoothed = smooth([4, 2, 8], 0.5);
    [4, 8 / 3, 40 / 7].forEach((value, i) => expect(smoothed[i]).toBeCloseTo(value, 12));
    expect(smooth([NaN, 3, NaN, 3], 0.9)).toEqual([NaN, 3, NaN, 3]);
  });
});

describe('documents of several runs', () => {
  it('differ in the fields that differ, and in lists as a whole', () => {
    const a = engine.defaults();
    const b = engine.complete({ training: { learning_rate: 0.5 }, model: { layers: [{ units: 3 }] } });
    const found = differences([a, b, a], engine.fields());
    expect(found.map(({ path }) => path).sort()).toEqual(['model.layers', 'training.learning_rate']);
    expect(found.find(({ path }) => path === 'training.learning_rate')?.values).toEqual([0.01, 0.5, 0.01]);
    expect(differences([a, a], engine.fields())).toEqual([]);
  });
});
