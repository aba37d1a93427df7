// The benchmark's pure parts: statistics, options, tables, rounds, and the lists it is made of.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { contentOf, dataOf, weightsOf } from '../bench/data.mjs';
import { namesOf, readImplementations } from '../bench/implementation.mjs';
import { choose, parseOptions } from '../bench/options.mjs';
import { stepsForBlock, timeInTurns, warmUp } from '../bench/rounds.mjs';
import { median, medianRatio, summarize } from '../bench/statistics.mjs';
import { elementsTable, flopsTable, markdownTable, number, resultsTable } from '../bench/table.mjs';
import { isTraining, productFlops, readWorkloads } from '../bench/workload.mjs';

test('statistics: the middle of an odd and an even number, which stay as they were; the ratio is that of each round', () => {
  const values = [5, 1, 3];
  assert.equal(median(values), 3);
  assert.deepEqual(values, [5, 1, 3]);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.throws(() => median([]));
  assert.deepEqual(summarize([3, 1, 2, 10]), { median: 2.5, min: 1, max: 10, runs: 4 });
  // The machine was ten times slower in the second round; the ratio of the medians would be 2.2.
  assert.equal(medianRatio([2, 20, 2.2], [1, 10, 1]), 2);
});

test('options: defaults, names with commas, an equals sign, quick without and with rounds', () => {
  assert.deepEqual(parseOptions([]), {
    workloads: [],
    only: [],
    rounds: 9,
    blockSeconds: 0.2,
    warmSeconds: 0.5,
    browser: true,
  });
  const some = parseOptions(['--workload', 'tiny, gemm', '--workload=cnn', '--only=tfjs', '--no-browser']);
  assert.deepEqual(some.workloads, ['tiny', 'gemm', 'cnn']);
  assert.deepEqual(some.only, ['tfjs']);
  assert.equal(some.browser, false);
  assert.equal(parseOptions(['--quick']).rounds, 3);
  assert.equal(parseOptions(['--quick', '--rounds', '5']).rounds, 5);
  assert.equal(parseOptions(['--rounds', '5', '--quick']).rounds, 5);
});

test('options: what cannot be meant is refused with the value', () => {
  for (const [args, pattern] of /** @type {[string[], RegExp][]} */ ([
    [['--fast'], /Unknown argument "--fast"/],
    [['tiny'], /Unknown argument "tiny"/],
    [['--rounds', '0'], /"0" is not a number of rounds/],
    [['--rounds', '1e3'], /"1e3" is not a number of rounds/],
    [['--workload'], /--workload needs a value/],
    [['--only', '--quick'], /--only needs a value/],
  ])) {
    assert.throws(() => parseOptions(args), pattern);
  }
});

test('choosing: by a family or a single name, in the order of the list; an unknown one is refused', () => {
  const all = [
    { family: 'gemm', name: 'a' },
    { family: 'gemm', name: 'b' },
    { family: 'rest', name: 'c' },
  ];
  /** @param {string[]} wanted */
  const chosen = (wanted) =>
    choose(all, wanted, ({ family, name }) => [family, name], 'workload').map(({ name }) => name);
  assert.deepEqual(chosen([]), ['a', 'b', 'c']);
  assert.deepEqual(chosen(['c', 'gemm']), ['a', 'b', 'c']);
  assert.deepEqual(chosen(['b']), ['b']);
  assert.throws(() => chosen(['d']), /no workload called "d"/);
});

/**
 * @param {string} workload
 * @param {string} label
 * @param {number[]} microseconds
 */
function measured(workload, label, microseconds) {
  const [implementation, variant] = label.split(' ');
  const { median: middle, min, max, runs } = summarize(microseconds);
  const result = {
    workload,
    implementation,
    variant,
    threads: 1,
    us_per_step_median: middle,
    min,
    max,
    runs,
  };
  return { result, microseconds };
}

test('tables: columns line up, numbers have three digits, ratios are to the first that was measured', () => {
  assert.equal(
    markdownTable(['a', 'bcd'], [['row', '1']]),
    ['| a   | bcd |', '| --- | --: |', '| row |   1 |'].join('\n'),
  );
  assert.deepEqual([0.01234, 1.5, 99.4, 1234567].map(number), ['0.0123', '1.50', '99.4', '1,234,567']);
  const all = [
    measured('tiny', 'athanor simd', [2, 2, 2]),
    measured('tiny', 'tfjs cpu', [1000, 1200, 1000]),
    measured('cnn', 'tfjs cpu', [7, 8, 9]),
  ];
  const lines = resultsTable(all, ['athanor simd', 'nobody js', 'tfjs cpu']).split('\n');
  assert.match(lines[0], /^\| µs a step +\| +athanor simd +\| +tfjs cpu +\|$/);
  assert.match(lines[2], /^\| tiny +\| +2\.00 \| 1,000 ×500 \|$/);
  assert.match(lines[3], /^\| cnn +\| +– \| +8\.00 \|$/);
});

test('tables: operations a second and their share of the peak; time for an element', () => {
  const all = [
    measured('product', 'athanor simd', [2]),
    measured('peak', 'athanor simd', [1]),
    measured('product', 'tfjs cpu', [20]),
    measured('tanh', 'tfjs cpu', [50]),
  ];
  const flops = new Map([
    ['product', 80_000],
    ['peak', 60_000],
  ]);
  const table = flopsTable(
    all,
    ['athanor simd', 'tfjs cpu'],
    (name) => flops.get(name),
    'peak',
    (name) => flops.has(name),
  );
  const lines = table?.split('\n') ?? [];
  assert.match(lines[2], /^\| product +\| +40\.0 67 % \| +4\.0 \|$/);
  assert.match(lines[3], /^\| peak +\| +60\.0 \| +– \|$/);
  const nothing = () => undefined;
  assert.equal(
    flopsTable(all, ['athanor simd'], nothing, 'peak', () => true),
    undefined,
  );
  assert.match(elementsTable(all, ['tfjs cpu'], new Map([['tanh', 1000]])) ?? '', /\| tanh +\| +50\.0 \|$/);
  assert.equal(elementsTable(all, ['tfjs cpu'], new Map()), undefined);
});

const kTimes = { rounds: 3, blockSeconds: 0.1, warmSeconds: 0.05 };

test('rounds: everybody has its turn in each, beginning with another one; blocks are as long as asked for', async () => {
  assert.equal(stepsForBlock({ steps: 10, seconds: 1 }, 0.5), 5);
  assert.equal(stepsForBlock({ steps: 10, seconds: 100 }, 0.5), 1);
  assert.ok(Number.isSafeInteger(stepsForBlock({ steps: 1, seconds: 0 }, 0.5)));
  /** @type {string[]} */
  const calls = [];
  /** @param {string} label @param {number} each seconds of a step */
  const contender = (label, each) => ({
    label,
    run: (/** @type {number} */ steps) => {
      calls.push(`${label}${steps}`);
      return Promise.resolve({ steps, seconds: steps * each });
    },
  });
  assert.equal(await warmUp(contender('w', 0.001), kTimes), 100);
  calls.length = 0;
  const times = await timeInTurns([contender('a', 0.01), contender('b', 1)], kTimes, () => undefined);
  assert.deepEqual(
    times.map(({ label, microseconds }) => [label, microseconds.map(Math.round)]),
    [
      ['a', [10_000, 10_000, 10_000]],
      ['b', [1e6, 1e6, 1e6]],
    ],
  );
  assert.deepEqual(calls.slice(-6), ['a10', 'b1', 'b1', 'a10', 'a10', 'b1']);
});

test('rounds: one that fails on the way has no times at all, and the others go on', async () => {
  let left = 4;
  const failing = {
    label: 'failing',
    run: () =>
      left-- > 0 ? Promise.resolve({ steps: 1, seconds: 0.03 }) : Promise.reject(new Error('it broke')),
  };
  const sound = { label: 'sound', run: () => Promise.resolve({ steps: 1, seconds: 0.1 }) };
  const [first, second] = await timeInTurns([failing, sound], kTimes, () => undefined);
  assert.deepEqual(first, { label: 'failing', microseconds: [], fault: 'it broke' });
  assert.equal(second.microseconds.length, 3);
});

test('workloads: names are unlike each other, data are whole batches of floats and the same every time', async () => {
  const all = await readWorkloads();
  const names = all.flatMap(({ workload }) => workload.name);
  assert.equal(new Set(names).size, names.length);
  assert.deepEqual(
    new Set(all.map(({ workload }) => workload.kind)),
    new Set(['mlp', 'cnn', 'gpt', 'gemm', 'elementwise', 'peak']),
  );
  for (const { workload } of all.filter((each) => isTraining(each.workload))) {
    if (!isTraining(workload)) continue;
    const { features, targets, width, outputs } = dataOf(workload);
    assert.equal(workload.rows % workload.batch, 0, workload.name);
    assert.equal(features.length, workload.rows * width, workload.name);
    assert.equal(targets.length, workload.rows * outputs, workload.name);
    assert.ok([...features, ...targets].every(Number.isFinite), workload.name);
    assert.deepEqual(dataOf(workload), { features, targets, width, outputs });
    assert.ok((productFlops(workload) ?? 0) > 0);
  }
  const gpt = all.find(({ workload }) => workload.kind === 'gpt')?.workload;
  assert.ok(gpt && isTraining(gpt));
  const count = weightsOf(gpt).reduce((sum, { values }) => sum + values.length, 0);
  assert.equal(count, 212_480);
});

test('what programs in other languages read holds the very floats', async () => {
  const all = await readWorkloads();
  const tiny = all.find(({ workload }) => workload.name === 'tiny')?.workload;
  assert.ok(tiny && isTraining(tiny));
  const content = JSON.parse(contentOf(tiny));
  assert.deepEqual(Float32Array.from(content.data.features), dataOf(tiny).features);
  assert.deepEqual(content.data.features, Array.from(dataOf(tiny).features));
  assert.deepEqual(
    content.weights.map((/** @type {{ name: string }} */ { name }) => name),
    ['layers.0.weight', 'layers.0.bias', 'layers.1.weight', 'layers.1.bias', 'output.weight', 'output.bias'],
  );
});

test('operations of the products of a step: forward once, backward twice but for the data', async () => {
  const all = await readWorkloads();
  const digits = all.find(({ workload }) => workload.name === 'digits-32')?.workload;
  assert.ok(digits);
  assert.equal(productFlops(digits), 2 * 32 * (2 * 784 * 128 + 3 * 128 * 10));
});

test('implementations: names are unlike each other, Athanor comes first, each has something to run', async () => {
  const all = await readImplementations();
  assert.equal(all[0].label, 'athanor simd');
  assert.equal(new Set(all.map(({ label }) => label)).size, all.length);
  for (const each of all) {
    assert.ok(existsSync(new URL(`../bench/implementations/${each.file}`, import.meta.url)));
    const { make } = await import(`../bench/implementations/${each.file}`);
    assert.ok(each.program || typeof make === 'function', each.file);
    assert.deepEqual(namesOf(each), [each.name, `${each.name}-${each.variant}`]);
  }
});
