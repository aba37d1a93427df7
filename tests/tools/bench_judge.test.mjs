// The benchmark's judge: a reference that is right, and implementations that are wrong and are seen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataOf, weightsOf } from '../bench/data.mjs';
import { batchInOrder, deviation, judge } from '../bench/judge.mjs';
import { lossAndGradients, referenceLosses, ruleOf } from '../bench/reference.mjs';
import { make as makePlayground } from '../bench/implementations/tensorflow_playground.mjs';

/** @typedef {import('../bench/workload.mjs').MlpWorkload} MlpWorkload */

/** @type {MlpWorkload} */
const kSmall = {
  kind: 'mlp',
  name: 'small',
  title: '',
  batch: 4,
  rows: 12,
  sizes: [3, 5, 4, 2],
  activation: 'tanh',
  loss: 'squared_error',
  learning_rate: 0.01,
};
/** @type {MlpWorkload[]} */
const kAll = [
  kSmall,
  { ...kSmall, loss: 'cross_entropy' },
  { ...kSmall, activation: 'relu', loss: 'cross_entropy' },
];

/** Targets for two outputs, which the workload's own data of a squared error have not in view. @param {MlpWorkload} workload */
const dataFor = (workload) => dataOf({ ...workload, loss: 'cross_entropy' });

for (const workload of kAll) {
  test(`the reference's gradients are those of finite differences: ${workload.activation}, ${workload.loss}`, () => {
    const data = dataFor(workload);
    const rows = [0, 3, 7];
    const parameters = weightsOf(workload).map(({ values }) =>
      Float64Array.from(values, (v, i) => v + 0.01 * i),
    );
    const { gradients } = lossAndGradients(workload, workload.loss, data, rows, parameters);
    const h = 1e-6;
    parameters.forEach((values, at) => {
      values.forEach((value, i) => {
        /** @param {number} to */
        const lossAt = (to) => {
          values[i] = to;
          const { loss } = lossAndGradients(workload, workload.loss, data, rows, parameters);
          values[i] = value;
          return loss;
        };
        const numeric = (lossAt(value + h) - lossAt(value - h)) / (2 * h);
        assert.ok(
          Math.abs(numeric - gradients[at][i]) < 1e-7,
          `${at}[${i}]: ${numeric}, not ${gradients[at][i]}`,
        );
      });
    });
  });
}

test('half the squared error is half of it', () => {
  const parameters = weightsOf(kSmall).map(({ values }) => Float64Array.from(values));
  const whole = lossAndGradients(kSmall, 'squared_error', dataFor(kSmall), [1, 2], parameters);
  const half = lossAndGradients(kSmall, 'half_squared_error', dataFor(kSmall), [1, 2], parameters);
  assert.ok(Math.abs(whole.loss - 2 * half.loss) < 1e-12);
  assert.ok(Math.abs(whole.gradients[0][0] - 2 * half.gradients[0][0]) < 1e-12);
});

test('each optimiser of the reference takes the first step its formula says', () => {
  const data = dataFor(kSmall);
  const weights = weightsOf(kSmall);
  const parameters = weights.map(({ values }) => Float64Array.from(values));
  const { gradients } = lossAndGradients(kSmall, 'squared_error', data, [0], parameters);
  /** @type {Record<string, (g: number) => number>} */
  const steps = {
    sgd: (g) => -0.1 * g,
    adam: (g) => (-0.1 * g) / (Math.abs(g) + 1e-8),
    adadelta: (g) => -Math.sqrt(1e-6 / (0.05 * g * g + 1e-6)) * g,
  };
  for (const optimizer of /** @type {const} */ (['sgd', 'adam', 'adadelta'])) {
    const rule = /** @type {const} */ ({ loss: 'squared_error', optimizer, learning_rate: 0.1 });
    const moved = parameters.map((values, at) =>
      values.map((value, i) => value + steps[optimizer](gradients[at][i])),
    );
    const expected = lossAndGradients(kSmall, 'squared_error', data, [0], moved).loss;
    const [, second] = referenceLosses(kSmall, rule, data, weights, [[0], [0]]);
    assert.ok(Math.abs(second - expected) < 1e-12, optimizer);
  }
});

/** @param {MlpWorkload} workload @param {import('../bench/reference.mjs').Rule} [rule] */
function lossesInOrder(workload, rule = ruleOf(workload)) {
  const batches = Array.from({ length: 8 }, (_, step) => batchInOrder(workload, step));
  return referenceLosses(workload, rule, dataOf(workload), weightsOf(workload), batches);
}

/** @type {MlpWorkload} */
const kClasses = { ...kSmall, loss: 'cross_entropy' };

test('losses in single precision pass; those of another optimiser, rate, batch, data or of NaN do not', () => {
  const right = lossesInOrder(kClasses);
  const rule = ruleOf(kClasses);
  /** @param {number[]} losses @param {number[][]} [batches] */
  const verdict = (losses, batches) => judge(kClasses, [{ losses, batches }])[0];
  assert.equal(verdict([...new Float32Array(right)]), undefined);
  assert.match(verdict(lossesInOrder(kClasses, { ...rule, optimizer: 'sgd' })) ?? '', /losses are not right/);
  assert.match(
    verdict(lossesInOrder(kClasses, { ...rule, learning_rate: 0.02 })) ?? '',
    /losses are not right/,
  );
  assert.match(verdict(right.map((loss) => 2 * loss)) ?? '', /losses are not right: 1\.0e\+2 %/);
  assert.match(verdict([NaN, ...right.slice(1)]) ?? '', /losses are not right/);
  assert.match(verdict([...right.slice(1), NaN]) ?? '', /losses are not right/);
  // With the rows it says it took.
  const batches = Array.from({ length: 8 }, (_, step) => batchInOrder(kClasses, step + 1));
  const shifted = referenceLosses(kClasses, rule, dataOf(kClasses), weightsOf(kClasses), batches);
  assert.equal(verdict(shifted, batches), undefined);
  assert.match(verdict(shifted) ?? '', /losses are not right/);
  // Together: each is held to its own rows and its own rule.
  const sgd = /** @type {const} */ ({ ...rule, optimizer: 'sgd' });
  assert.deepEqual(
    judge(kClasses, [
      { losses: right },
      { losses: shifted, batches },
      { losses: right, batches },
      { losses: lossesInOrder(kClasses, sgd), rule: sgd },
      { losses: right.slice(0, 3) },
      { losses: right },
    ]).map((why) => why === undefined),
    [true, true, false, true, true, true],
  );
});

test('without a reference three and more are held against their middle, fewer must fall', () => {
  /** @type {import('../bench/workload.mjs').TrainingWorkload} */
  const cnn = {
    kind: 'cnn',
    name: 'cnn',
    title: '',
    batch: 1,
    rows: 1,
    side: 4,
    channels: [1, 1],
    classes: 2,
    learning_rate: 0.1,
  };
  const good = { losses: [2, 1.5, 1] };
  const wrong = { losses: [2, 1.4, 1] };
  const own = /** @type {const} */ ({ loss: 'cross_entropy', optimizer: 'adadelta', learning_rate: 0 });
  assert.deepEqual(
    judge(cnn, [good, wrong, good, good]).map((why) => why?.slice(0, 27)),
    [undefined, 'its losses are not right: 6', undefined, undefined],
  );
  // Another optimiser: only what comes before the first update can be the same.
  const [, , , other, false_] = judge(cnn, [
    good,
    good,
    good,
    { losses: [2, 1.9, 1.8], rule: own },
    { losses: [3, 1.9, 1.8], rule: own },
  ]);
  assert.equal(other, undefined);
  assert.match(false_ ?? '', /losses are not right/);
  assert.deepEqual(judge(cnn, [good]), [undefined]);
  assert.match(judge(cnn, [{ losses: [1, 1, 1] }])[0] ?? '', /loss does not fall/);
});

test('the deviation is the largest one, relative', () => {
  assert.equal(deviation([1, 2.2], [1, 2]).toFixed(6), '0.100000');
  assert.equal(deviation([1], [1, 2]), Infinity);
  assert.equal(deviation([NaN, 1], [1, 1]), Infinity);
});

test("the algorithm of TensorFlow Playground has the reference's losses", async () => {
  const workload = { ...kSmall, sizes: [2, 8, 8, 1] };
  const runner = await makePlayground(workload);
  assert.ok(typeof runner !== 'string' && runner.check);
  const report = await runner.check(8);
  assert.equal(report.rule?.optimizer, 'sgd');
  assert.deepEqual(judge(workload, [report]), [undefined]);
  assert.match(judge(workload, [{ losses: report.losses }])[0] ?? '', /losses are not right/);
});
