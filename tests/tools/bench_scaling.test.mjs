// The benchmark's curves: their points, tables, what is said of memory, and the plots.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentOf, randomFloats, weightsOf } from '../bench/data.mjs';
import { hasDocument } from '../bench/documents.mjs';
import { checkedSteps } from '../bench/judge.mjs';
import { Notes } from '../bench/notes.mjs';
import { decades, plots } from '../bench/plot.mjs';
import { bytesText, scalingPlots, scalingTables } from '../bench/scaling.mjs';
import { curveOf, isTraining, readWorkloads } from '../bench/workload.mjs';

const kAll = (await readWorkloads()).map(({ workload }) => workload);
const kPoints = kAll.filter((workload) => curveOf(workload) !== undefined);

/** @param {string} name */
function point(name) {
  const found = kPoints.find((workload) => workload.name === name);
  assert.ok(found && isTraining(found));
  return found;
}

/** @param {number[]} sizes */
const countOf = (sizes) => sizes.slice(1).reduce((sum, units, i) => sum + (sizes[i] + 1) * units, 0);

test('points: what a curve is of is what changes along it, and nothing else', () => {
  /** @param {string} axis */
  const along = (axis) => kPoints.filter((workload) => curveOf(workload)?.axis === axis);
  assert.deepEqual(
    along('parameters').map((workload) => curveOf(workload)?.at),
    [1e2, 1e3, 1e4, 1e5, 1e6, 1e7],
  );
  for (const workload of along('parameters')) {
    assert.ok(workload.kind === 'mlp' && workload.batch === 32);
    const at = curveOf(workload)?.at ?? NaN;
    const [inputs, width, again, outputs] = workload.sizes;
    assert.equal(width, again);
    /** @param {number} other */
    const far = (other) => Math.abs(countOf([inputs, other, other, outputs]) - at);
    assert.ok(far(width) <= Math.min(far(width - 1), far(width + 1)), workload.name);
  }
  for (const [axis, places] of /** @type {const} */ ([
    ['batch', [1, 4, 16, 64, 256, 1024]],
    ['context', [16, 32, 64, 128, 256, 512]],
  ])) {
    const points = along(axis);
    assert.deepEqual(
      points.map((workload) => Object.entries(workload).find(([name]) => name === axis)?.[1]),
      places,
    );
    const rest = points.map((workload) =>
      JSON.stringify({ ...workload, name: '', title: '', curve: 0, [axis]: 0 }),
    );
    assert.equal(new Set(rest).size, 1, axis);
  }
});

test('points: all are taken alike, below a document, and told how their weights begin', () => {
  for (const workload of kPoints) assert.equal(hasDocument(workload), false);
  const workload = point('parameters-1000');
  const { weights } = JSON.parse(contentOf(workload));
  const values = weightsOf(workload);
  assert.equal(weights.length, values.length);
  weights.forEach((/** @type {import('../bench/data.mjs').Start} */ start, /** @type {number} */ i) => {
    assert.ok(!('values' in start));
    const count = start.shape.reduce((product, size) => product * size, 1);
    const begun =
      start.limit > 0
        ? randomFloats(count, start.seed, start.limit)
        : new Float32Array(count).fill(start.value);
    assert.deepEqual(begun, values[i].values);
  });
  // Ten million weights as text would be two hundred megabytes.
  assert.ok(contentOf(point('parameters-10000000')).length < 1e6);
});

test('checked are eight steps, of what is large as few as two', () => {
  const steps = kAll.filter(isTraining).map((workload) => [workload.name, checkedSteps(workload)]);
  const of = Object.fromEntries(steps);
  assert.equal(of.tiny, 8);
  assert.equal(of['digits-128'], 8);
  assert.equal(of.gpt, 8);
  assert.equal(of['parameters-10000000'], 2);
  assert.ok(steps.every(([, count]) => Number(count) >= 2));
});

test('what all points lack is said of them together, what some lack of each', () => {
  const notes = new Notes({ scaling: ['parameters-100', 'parameters-1000'], none: [] });
  for (const name of ['tiny', 'parameters-100', 'parameters-1000'])
    notes.leaveOut('x threads', 'no build', name);
  notes.leaveOut('x simd', 'too large', 'parameters-1000');
  assert.deepEqual(notes.lines, [
    'x threads is not in tiny, scaling: no build',
    'x simd is not in parameters-1000: too large',
  ]);
});

/**
 * @param {string} workload
 * @param {string} variant
 * @param {number} median
 * @param {Partial<import('../bench/scaling.mjs').Memory>} [memory]
 */
function measured(workload, variant, median, memory) {
  const result = {
    workload,
    implementation: 'athanor',
    variant,
    threads: 1,
    us_per_step_median: median,
    min: median / 2,
    max: 2 * median,
    runs: 3,
    memory: {
      parameters: 103,
      reported_bytes: 33_200,
      used_bytes: 33_200,
      training_bytes: 20_000,
      ...memory,
    },
  };
  return { result, microseconds: [median] };
}

const kLabels = ['athanor simd', 'tfjs cpu', 'athanor native'];
const kMeasured = [
  measured('parameters-1000', 'simd', 20, { parameters: 970 }),
  measured('parameters-100', 'simd', 10),
  measured('parameters-100', 'native', 5),
  measured('context-16', 'simd', 700, { parameters: 209_408, used_bytes: 20_000, reported_bytes: 20_000 }),
];

test('tables: a curve each, by what it is against, with the extent of times and the memory', () => {
  const lines = scalingTables(kPoints, kMeasured, kLabels);
  const [parameters, context] = lines.filter((line) => line.startsWith('|')).map((line) => line.split('\n'));
  assert.match(
    parameters[0],
    /^\| parameters \| +athanor simd, µs a step \| athanor native, µs a step \| reported \| +used \| parameters × 16 B \+ arena \|$/,
  );
  assert.match(
    parameters[2],
    /^\| 103 +\| +10\.0 \(5\.00 … 20\.0\) \| +5\.00 \(2\.50 … 10\.0\) \| +33\.2 kB \| 33\.2 kB \| +20\.0 kB \|$/,
  );
  assert.match(parameters[3], /^\| 970 +\| +20\.0 \(10\.0 … 40\.0\) \| +– \|/);
  assert.match(context[2], /^\| 16 +\| +700 \(350 … 1,400\)/);
  assert.equal(lines[0], '16-w-w-10, batch 32:');
  assert.match(lines.join('\n'), /to the byte, in all 4 measurements/);
  assert.match(lines.join('\n'), /A trainer.* also keeps/);
  assert.deepEqual(scalingTables(kAll, [], kLabels), []);
  assert.deepEqual(['832', '33200', '319872000', '1e9'].map(Number).map(bytesText), [
    '832 B',
    '33.2 kB',
    '320 MB',
    '1.00 GB',
  ]);
});

test('tables: memory that was not what was reported is named, whoever took it', () => {
  const wrong = measured('parameters-100', 'native', 5, { used_bytes: 33_204 });
  const text = scalingTables(kPoints, [...kMeasured.slice(0, 2), wrong], kLabels).join('\n');
  assert.match(
    text,
    /Reported is not what was used.*parameters-100 with athanor native \(33200 B and 33204 B\)/,
  );
  assert.doesNotMatch(text, /to the byte/);
  const within = scalingTables(kPoints, kMeasured.slice(3), kLabels).join('\n');
  assert.match(within, /Nothing takes more/);
});

test('plots: time and memory for each curve, with what they are called', () => {
  const svg = scalingPlots(kPoints, kMeasured, kLabels) ?? '';
  assert.equal(svg.match(/>Time of a step: /g)?.length, 2);
  assert.equal(svg.match(/>Memory: /g)?.length, 2);
  for (const text of [
    'athanor simd',
    'athanor native',
    'parameters',
    'context (tokens)',
    '10³',
    '100 µs',
    '1 ms',
    '10 kB',
  ]) {
    assert.ok(svg.includes(`>${text}</text>`), text);
  }
  assert.ok(!svg.includes('tfjs'));
  assert.match(svg, />used, as reported</);
  const wrong = measured('parameters-100', 'simd', 5, { used_bytes: 1 });
  assert.match(scalingPlots(kPoints, [wrong], kLabels) ?? '', />reported</);
  assert.equal(scalingPlots(kAll, [], kLabels), undefined);
});

test('decades hold what they are of, two powers at least', () => {
  assert.deepEqual(decades([3, 2500]), [0, 1, 2, 3, 4]);
  assert.deepEqual(decades([10, 1000]), [1, 2, 3]);
  assert.deepEqual(decades([0.02]), [-2, -1]);
  assert.deepEqual(decades([10]), [1, 2]);
});

test('a power law is a straight line, ten times is as far wherever it is, and larger is higher', () => {
  const points = [1, 10, 100].map((x) => ({ x, y: 5 * x * x }));
  const panel = {
    title: 'a <b> & "c"',
    xLabel: 'x',
    xTicks: points.map(({ x }) => /** @type {[number, string]} */ ([x, String(x)])),
    yText: String,
    series: [
      {
        label: 'squares',
        points: points.map((each) => ({
          ...each,
          range: /** @type {[number, number]} */ ([each.y / 2, each.y]),
        })),
      },
      { label: 'bound', points, isBound: true },
    ],
  };
  const svg = plots('title', 'description', [panel], 1);
  const paths = [...svg.matchAll(/<path d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"/g)];
  assert.equal(paths.length, 2);
  const [x0, y0, x1, y1, x2, y2] = paths[0].slice(1).map(Number);
  assert.ok(Math.abs(x1 - x0 - (x2 - x1)) < 0.2 && x1 > x0);
  assert.ok(Math.abs(y1 - y0 - (y2 - y1)) < 0.2 && y1 < y0);
  assert.equal(svg.match(/stroke-dasharray/g)?.length, 2); // the bound and its legend
  assert.ok(svg.includes('a &#60;b&#62; &#38; &#34;c&#34;'));
  assert.match(
    svg,
    /^<svg [^>]*role="img"[^>]*>\n<title>title<\/title>\n<desc>description<\/desc>\n<rect [^>]*fill="#ffffff"/,
  );
  // Whiskers go down by a factor of two, everywhere as far.
  const whiskers = [...svg.matchAll(/<path d="M[\d.]+ ([\d.]+)V([\d.]+)" stroke="#0072b2"\/>/g)];
  assert.equal(whiskers.length, 3);
  const lengths = whiskers.map(([, from, to]) => Number(from) - Number(to));
  assert.ok(Math.max(...lengths) - Math.min(...lengths) < 0.2 && lengths[0] > 0);
});
