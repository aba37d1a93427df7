// The engine as JavaScript sees it: loading, conversions, errors.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  detectVariant,
  loadEngine,
  type ClassMeasures,
  type Engine,
  type Measures,
} from '../../bindings/index';
import { thrown } from './thrown';

const engine: Engine = await loadEngine({ variant: 'simd' });

/** The measures of a part whose classes were learned. */
function ofClasses(measures: Measures | null): ClassMeasures {
  if (measures === null || !('accuracy' in measures)) throw new Error('these are not measures of classes');
  return measures;
}

describe('loader', () => {
  it('picks a variant that this Node can run', async () => {
    const detected = await loadEngine();
    expect(detected.variant).toBe(await detectVariant());
    expect(detected.version()).toBe(engine.version());
  });

  it('gives two engines that share nothing', async () => {
    const other = await loadEngine({ variant: 'simd' });
    const a = engine.createSession({});
    const b = other.createSession({});
    a.stepEpoch();
    expect(a.status().epoch).toBe(1);
    expect(b.status().epoch).toBe(0);
    a.delete();
    b.delete();
  });
});

describe('documents', () => {
  it('come complete, and the table of fields says what they hold', () => {
    const document = engine.defaults();
    expect(engine.validate(document)).toEqual([]);
    for (const field of engine.fields().filter((row) => !row.path.includes('[]'))) {
      const value = field.path
        .split('.')
        .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);
      expect(value, field.path).toEqual(field.default);
    }
  });

  it('are refused with code, path, value and range', () => {
    const error = thrown(() => engine.createSession({ training: { learning_rate: 99 } }));
    expect(error.code).toBe('out_of_range');
    expect(error.path).toBe('training.learning_rate');
    expect(error.params).toEqual({ path: 'training.learning_rate', value: '99', min: '1e-6', max: '10' });
    expect(error.message).toContain('99');
    expect(engine.validate({ seed: -1, nonsense: 1 }).map((problem) => problem.code)).toEqual([
      'out_of_range',
      'unknown_field',
    ]);
  });

  it('of any JavaScript type are refused, not crashed on', () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    for (const value of [undefined, null, 3, 'text', [], () => 1, Symbol('x')]) {
      expect(thrown(() => engine.createSession(value)).code, String(value)).toBe('wrong_type');
    }
    expect(() => engine.createSession(circular)).toThrow();
    expect(engine.createSession({}).status().epoch).toBe(0);
  });
});

describe('a session', () => {
  it('trains, predicts and reports with typed arrays that are copies', () => {
    const session = engine.createSession({ data: { generator: 'moons' }, done: { max_epochs: 60 } });
    const steps = session.advance(60_000, 1000);
    const status = session.status();
    expect(status.finished).toBe(true);
    expect(steps).toBe(status.step);
    expect(ofClasses(status.measures.test).accuracy).toBeGreaterThan(0.9);
    const history = session.history(0);
    expect(history).toBeInstanceOf(Float64Array);
    expect(history.length).toBe(60 * 6);
    expect(session.history(58).length).toBe(2 * 6);
    // Of the same epochs a pair for each name, the score first.
    const names = session.tracked();
    const pairs = session.measureHistory(0);
    expect(names[0]).toBe('accuracy');
    expect(pairs.length).toBe(60 * 2 * names.length);
    expect(session.measureHistory(58).length).toBe(2 * 2 * names.length);
    const last = 59 * 2 * names.length;
    expect([...pairs.slice(last, last + 2)]).toEqual([...history.slice(59 * 6 + 3, 59 * 6 + 5)]);
    const f1 = last + 2 * names.indexOf('f1');
    expect(pairs[f1 + 1]).toBe(ofClasses(status.measures.validation).f1);
    const grid = session.grid(20, 0, 1);
    expect(grid.predictions.length).toBe(20 * 20 * 2);
    const copy = grid.predictions.slice();
    session.rewind();
    session.stepEpoch();
    session.grid(20, 0, 1);
    expect(grid.predictions).toEqual(copy);
    const [first, second] = session.predict(new Float32Array([0.5, 0.5]));
    expect((first ?? 0) + (second ?? 0)).toBeCloseTo(1, 6);
    session.delete();
  });

  it('shows the next step, the neurons, the histograms and all measures as plain values', () => {
    const session = engine.createSession({
      data: { samples: 60 },
      model: { layers: [{ units: 3 }] },
      training: { batch_size: 4 },
    });
    session.stepBatch();
    const step = session.nextStep();
    expect(step).toMatchObject({ step: 2, epoch: 1, batch: 2, update: true, columns: 2, outputs: 2 });
    expect(step.rows).toHaveLength(4);
    expect(step.layers.map(({ name, sums }) => [name, sums.length])).toEqual([
      ['1', 12],
      ['output', 8],
    ]);
    expect(step.parameters.map(({ name, shape }) => [name, shape])).toEqual([
      ['layers.0.weight', [2, 3]],
      ['layers.0.bias', [3]],
      ['output.weight', [3, 2]],
      ['output.bias', [2]],
    ]);
    session.stepBatch();
    expect(session.status().loss).toBe(step.loss);
    expect(session.nextStep().parameters[0]?.before).toEqual(step.parameters[0]?.after);

    const maps = session.neuronMaps(6, 0, 1);
    expect(maps.units).toEqual([3]);
    expect(maps.values).toHaveLength(3 * 36);
    const weights = session.histograms(5).find(({ quantity }) => quantity === 'weights');
    expect(weights?.counts.reduce((sum, count) => sum + count, 0)).toBe(6);
    const report = session.measures('train');
    expect(report.rows).toBe(36);
    expect(report.classification?.classes).toHaveLength(2);
    expect(Math.abs(report.classification?.kappa ?? 2)).toBeLessThanOrEqual(1);
    expect(report.probability?.rocAuc).toBeGreaterThanOrEqual(0);
    const at = session.atThreshold('train', 1, 0.5);
    expect(at.truePositives + at.falsePositives + at.falseNegatives + at.trueNegatives).toBe(36);
    expect(at.f1).toBeGreaterThanOrEqual(0);
    expect(session.decisions('train', -1).predicted).toEqual(new Int32Array(36).fill(1));
    const decided = session.decisions('train', null);
    expect(decided.rows).toHaveLength(36);
    expect(decided.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(36);
    expect(decided.confusion[1]?.[0]).toBe(
      decided.truths.filter((truth, i) => truth === 1 && decided.predicted[i] === 0).length,
    );
    expect(thrown(() => session.atThreshold('train', 1, NaN)).code).toBe('bad_input');
    expect(thrown(() => session.measures('test')).code).toBe('bad_input');
    expect(thrown(() => session.measures('all')).code).toBe('not_a_choice');
    expect(Array.from(session.lossLog(2)).filter((_, i) => i % 2 === 0)).toEqual([1, 2]);
    session.delete();
  });

  it('cross-validates a document fold by fold', () => {
    const document = { data: { samples: 60 }, done: { max_epochs: 3 }, split: { folds: 2 } };
    const validation = engine.createCrossValidation(document);
    expect(validation.report()).toMatchObject({
      folds: 2,
      fold: 1,
      finished: false,
      results: [],
      mean: null,
    });
    while (validation.advance(5));
    const { results, mean, finished } = validation.report();
    expect(finished).toBe(true);
    expect(results.map(({ fold, epochs }) => [fold, epochs])).toEqual([
      [1, 3],
      [2, 3],
    ]);
    expect(mean).toBeCloseTo(((results[0]?.score ?? NaN) + (results[1]?.score ?? NaN)) / 2, 12);
    validation.delete();
    expect(thrown(() => engine.createCrossValidation({})).path).toBe('split.folds');
  });

  it('gives the weights as they are drawn, a neuron in numbers, and changes a weight under way', () => {
    const session = engine.createSession({ data: { samples: 60 }, model: { layers: [{ units: 70 }] } });
    expect(thrown(() => session.weights(8)).code).toBe('bad_input');
    session.stepBatch();
    const [hidden, output] = session.weights(8);
    expect(hidden).toMatchObject({
      parameter: 'layers.0',
      inputs: 2,
      units: 70,
      shownInputs: 2,
      shownUnits: 8,
    });
    expect(hidden?.weights).toBeInstanceOf(Float32Array);
    expect(hidden?.weights).toHaveLength(16);
    expect(output).toMatchObject({ parameter: 'output', inputs: 70, units: 2, shownInputs: 8 });
    expect(output?.biases).toHaveLength(2);

    const unit = session.unit(0, 3);
    expect(unit.weights).toEqual([hidden?.weights[3], hidden?.weights[11]]);
    expect(unit.bias).toBe(hidden?.biases[3]);
    expect(unit.sum.mean).toBeGreaterThan(unit.sum.low ?? Infinity);
    expect(thrown(() => session.unit(0, 70)).params['expected']).toBe('0 to 69');

    const before = session.measures('train').loss;
    session.setParameter('layers.0.weight', 70 + 3, -2.5);
    expect(session.unit(0, 3).weights[1]).toBe(-2.5);
    expect(session.measures('train').loss).not.toBe(before);
    expect(thrown(() => session.setParameter('layers.7.weight', 0, 1)).code).toBe('not_a_choice');
    expect(thrown(() => session.setParameter('output.bias', 2, 1)).path).toBe('index');
    expect(thrown(() => session.setParameter('output.bias', 0, NaN)).code).toBe('bad_input');
    session.delete();
  });

  it('offers the last sound epoch of a diverged run', () => {
    const session = engine.createSession({
      optimise: { plateau: false },
      training: { optimizer: 'sgd', momentum: 0, learning_rate: 0.01, loss: 'squared_error' },
    });
    session.stepEpoch();
    expect(thrown(() => session.recover()).code).toBe('bad_input');
    session.set('training.learning_rate', 10);
    expect(thrown(() => session.advance(60_000, 10_000)).code).toBe('not_finite');
    expect(session.status().recoverable).toBe(true);
    session.set('training.learning_rate', 0.01);
    session.recover();
    expect(session.status().failure).toBeNull();
    session.stepEpoch();
    expect(session.status().loss).toBeGreaterThan(0);
    session.delete();
  });

  it('keeps the bits of UTF-8 names', () => {
    const session = engine.createSession({
      data: {
        source: 'table',
        table: {
          csv:
            '长度,类别\n' + Array.from({ length: 20 }, (_, i) => `${i},${i % 2 ? '猫🐈' : '狗'}`).join('\n'),
        },
      },
    });
    session.stepStage();
    expect(session.status().columns).toEqual(['长度']);
    expect(session.status().classes).toEqual(['狗', '猫🐈']);
    session.delete();
  });

  it('goes on bit for bit from a checkpoint, also in another engine', async () => {
    const session = engine.createSession({});
    for (let i = 0; i < 40; ++i) session.stepBatch();
    const bytes = session.checkpoint();
    const restored = (await loadEngine({ variant: 'simd' })).restoreSession(bytes);
    for (let i = 0; i < 40; ++i) {
      session.stepBatch();
      restored.stepBatch();
      expect(restored.status().loss).toBe(session.status().loss);
    }
    bytes[bytes.length >> 1] ^= 1;
    expect(thrown(() => engine.restoreSession(bytes)).code).toBe('bad_checkpoint');
    session.delete();
    restored.delete();
  });

  it('survives an error: a bad field changes nothing, a diverged run can be rewound', () => {
    const session = engine.createSession({
      prepare: { scaling: 'none' },
      training: { optimizer: 'sgd', learning_rate: 10, momentum: 0.99, loss: 'squared_error' },
    });
    const before = session.document();
    expect(thrown(() => session.set('training.batch_size', 0)).path).toBe('training.batch_size');
    expect(session.document()).toEqual(before);
    const error = thrown(() => session.advance(10_000, 1000));
    expect(error.code).toBe('not_finite');
    expect(session.status().failure?.code).toBe('not_finite');
    expect(session.status().stages.find((stage) => stage.id === 'train')?.state).toBe('failed');
    session.set('training.learning_rate', 0.01);
    session.rewind();
    session.stepEpoch();
    expect(session.status().epoch).toBe(1);
    session.delete();
  });

  it('reads iris', () => {
    const csv = readFileSync('web/public/data/iris.csv', 'utf8');
    expect(engine.readCsv(csv, {})).toMatchObject({
      rows: 150,
      task: 'classification',
      problemCount: 0,
      classes: ['setosa', 'versicolor', 'virginica'],
    });
    const session = engine.createSession({ data: { source: 'table', table: { csv } } });
    session.advance(60_000, 1000);
    expect(ofClasses(session.status().measures.test).accuracy).toBeGreaterThanOrEqual(0.93);
    expect(session.axes()).toEqual([2, 3]);
    session.delete();
  });
});

describe('a table', () => {
  const csv = [
    'size,colour,weight,price',
    ...Array.from({ length: 24 }, (_, i) =>
      [['small', 'large', 'medium'][i % 3], ['red', 'blue'][i % 2], i + 0.5, i * 1.25 + (i % 3)].join(),
    ),
  ].join('\n');

  it('is read as the document says of it, and the rest is found out', () => {
    const found = engine.readCsv(csv, { target: 'price', task: 'regression' });
    expect(found.columns).toMatchObject([
      { name: 'size', role: 'feature', kind: 'categorical', levels: ['large', 'medium', 'small'] },
      { name: 'colour', role: 'feature', kind: 'categorical', levels: ['blue', 'red'] },
      { name: 'weight', role: 'feature', kind: 'numeric', levels: [] },
      { name: 'price', role: 'target', kind: 'numeric' },
    ]);
    const size = { name: 'size', kind: 'ordinal', order: 'small|medium|large' };
    const weight = { name: 'weight', role: 'ignored' };
    const said = engine.readCsv(csv, { target: 'price', task: 'regression', columns: [size, weight] });
    expect(said).toMatchObject({ task: 'regression', rows: 24, problemCount: 0 });
    expect(said.columns).toMatchObject([
      { kind: 'ordinal', levels: ['small', 'medium', 'large'] },
      { kind: 'categorical' },
      { role: 'ignored' },
      { role: 'target' },
    ]);
    expect(engine.readCsv(csv, { target: 'shape' }).error?.code).toBe('csv_no_such_column');
    expect(thrown(() => engine.readCsv(csv, 'price')).code).toBe('wrong_type');
  });
});

describe('what a learner looks at', () => {
  it('a single neuron shows its next step in six steps, which is then taken with these very numbers', () => {
    const preset = engine.presets().find(({ name }) => name === 'neuron');
    const session = engine.createSession(preset?.document);
    session.stepBatch();
    const next = session.neuronStep();
    expect(next.phases.map(({ id }) => id)).toEqual([
      'initialise',
      'sum',
      'activate',
      'loss',
      'gradient',
      'update',
    ]);
    expect(next.phases[1]?.lines[0]?.formula).toBe('z = w1 * x1 + w2 * x2 + b');
    session.stepBatch();
    expect(session.status().loss).toBe(next.loss);
    expect(session.neuronStep().before).toEqual(next.after);
    session.delete();
    expect(thrown(() => engine.createSession({}).neuronStep()).code).toBe('bad_input');
  });

  it('every example can be run, with its table where it has one', () => {
    for (const { name, document, table } of engine.presets()) {
      const given = document as { data?: { table?: object } };
      const csv = table === '' ? '' : readFileSync(`web/public/data/${table}`, 'utf8');
      const session = engine.createSession({
        ...given,
        data: { ...given.data, table: { ...given.data?.table, csv } },
      });
      for (let stage = 0; stage < 4; ++stage) session.stepStage();
      expect(session.status().rows.train, name).toBeGreaterThan(0);
      session.delete();
    }
  });

  it('cleaning says which rows it dropped and why', () => {
    const iris = readFileSync('web/public/data/iris.csv', 'utf8');
    const session = engine.createSession({
      data: { source: 'table', table: { csv: iris } },
      clean: { labels: 'relabel' },
    });
    session.stepStage();
    session.stepStage();
    const cleaned = session.cleaned();
    expect(cleaned[0]).toMatchObject({ reason: 'duplicate', target: 2 });
    expect(cleaned[0]?.values).toHaveLength(4);
    expect(cleaned.some(({ reason }) => reason === 'relabelled')).toBe(true);
    session.delete();
  });
});
