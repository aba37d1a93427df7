import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../bindings/index';
import { copyOf, emptyCurves, pushMeasures, pushRows, smooth } from '../../web/src/state/curves';
import { effectOf } from '../../web/src/state/effect';
import { differences, isComparable, marked } from '../../web/src/state/differences';
import { storable, type KeptRun } from '../../web/src/state/keptrun';

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

  it('have the measures in pairs, which may come later than the epochs', () => {
    const curves = emptyCurves();
    const names = ['accuracy' as const, 'f1' as const];
    pushMeasures(curves, { names, rows: new Float64Array([0.5, 0.4, 0.3, NaN, 0.6, 0.5, 0.4, 0.2]) });
    const copy = copyOf(curves);
    pushMeasures(curves, { names, rows: new Float64Array([1, 1, 1, 1]) });
    expect(curves.measured).toBe(3);
    expect(curves.measures.accuracy).toEqual({ train: [0.5, 0.6, 1], validation: [0.4, 0.5, 1] });
    expect(curves.measures.f1?.validation).toEqual([NaN, 0.2, 1]);
    expect(copy.measured).toBe(2);
    expect(copy.measures.f1?.train).toEqual([0.3, 0.4]);
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
  const fields = engine.fields();
  const paths = (...documents: object[]) =>
    differences(
      documents.map((document) => marked(engine.complete(document))),
      fields,
    ).map(({ path, values }) => [path, ...values]);
  const layers = (...list: object[]) => ({ model: { layers: list } });

  it('differ in the fields that differ, and in lists of another length as a whole', () => {
    const a = engine.defaults();
    const b = engine.complete({ training: { learning_rate: 0.5 }, model: { layers: [{ units: 3 }] } });
    const found = differences([a, b, a].map(marked), fields);
    expect(found.map(({ path }) => path).sort()).toEqual(['model.layers', 'training.learning_rate']);
    expect(found.find(({ path }) => path === 'training.learning_rate')?.values).toEqual([0.01, 0.5, 0.01]);
    expect(differences([a, a].map(marked), fields)).toEqual([]);
  });

  it('name the field of the layer in which they differ', () => {
    expect(
      paths(
        layers({ units: 8 }, { units: 8, activation: 'tanh' }),
        layers({ units: 8 }, { units: 8, activation: 'relu' }),
      ),
    ).toEqual([['model.layers[1].activation', 'tanh', 'relu']]);
    expect(paths(layers({ units: 8, dropout: 0.2 }), layers({ units: 8 }, { units: 4 }))).toMatchObject([
      ['model.layers', [{ units: 8 }], [{ units: 8 }, { units: 4 }]],
      ['model.layers[0].dropout', 0.2, 0],
    ]);
  });

  it('differ in their tables by what is in them, whatever they are called', () => {
    const table = (csv: string) => ({ data: { source: 'table', table: { name: 'own points', csv } } });
    const [one, other] = ['x,y,k\n1,2,a\n3,4,b\n', 'x,y,k\n1,2,a\n3,5,b\n'];
    expect(paths(table(one), table(one))).toEqual([]);
    const [row, ...more] = paths(table(one), table(other), table(one));
    expect(more).toEqual([]);
    expect(row?.[0]).toBe('data.table.csv');
    expect(row?.slice(1)).toMatchObject([{ rows: 2 }, { rows: 2 }, { rows: 2 }]);
    expect(row?.[1]).toEqual(row?.[3]);
    expect(row?.[1]).not.toEqual(row?.[2]);
  });

  it('share an axis only where they measure the same', () => {
    const document = marked(engine.complete({ training: { loss: 'cross_entropy' } }));
    const run = { task: 'classification' as const, document };
    const now = { task: 'classification' as const, loss: 'cross_entropy' };
    expect(isComparable('loss', run, now)).toBe(true);
    expect(isComparable('loss', run, { ...now, loss: 'squared_error' })).toBe(false);
    expect(isComparable('f1', run, { ...now, loss: 'squared_error' })).toBe(true);
    expect(isComparable('r2', run, { task: 'regression', loss: 'squared_error' })).toBe(false);
    expect(isComparable('rate', run, { task: 'regression', loss: 'squared_error' })).toBe(true);
  });
});

describe('kept runs', () => {
  const run = (id: number, epochs: number): KeptRun => {
    const curves = emptyCurves();
    pushRows(curves, new Float64Array(6 * epochs));
    const document = marked(engine.defaults());
    return { id, name: `run ${id}`, colour: id, task: 'classification', document, curves };
  };
  it('are stored as far as there is room, the newest first', () => {
    const runs = [run(1, 10), run(2, 30), run(3, 10)];
    expect(storable(runs, 6 * 50).map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(storable(runs, 6 * 20).map(({ id }) => id)).toEqual([1, 3]);
    expect(storable(runs, 6 * 5)).toEqual([]);
  });
});

describe('the effect of a cure', () => {
  const curvesOf = (...losses: [number, number][]) => {
    const curves = emptyCurves();
    losses.forEach(([train, validation], i) =>
      pushRows(curves, new Float64Array([i + 1, train, validation, 0, 0, 0.1])),
    );
    return curves;
  };
  const before = curvesOf([1, 1], [0.5, 0.9], [0.2, 0.8]);

  it('of a run that began anew is told at the same epoch of both', () => {
    expect(effectOf({ before, run: 1 }, emptyCurves(), 2)).toBeNull();
    const found = effectOf({ before, run: 1 }, curvesOf([1, 1], [0.6, 0.7]), 2);
    expect(found).toMatchObject({ compares: 'runs', epoch: 2 });
    expect(found?.before.validation).toBeCloseTo(0.95, 12);
    expect(found?.now.validation).toBeCloseTo(0.85, 12);
    expect(found?.now.train).toBeCloseTo(0.8, 12);
  });

  it('of a run that goes on is told since it was taken', () => {
    expect(effectOf({ before, run: 1 }, before, 1)).toBeNull();
    const more = curvesOf([1, 1], [0.5, 0.9], [0.2, 0.8], [0.2, 0.2]);
    expect(effectOf({ before, run: 1 }, more, 1)).toMatchObject({ compares: 'epochs', epoch: 3 });
  });
});
