// What a run of the suite leaves behind: Markdown tables, plots, and the figures as JSON.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../tools/common/failure.mjs';
import { build } from '../../tools/common/paths.mjs';
import { say } from '../../tools/common/say.mjs';
import { kBrowserVariants } from './browser.mjs';
import { scalingPlots, scalingTables } from './scaling.mjs';
import { elementsTable, flopsTable, labelOf, resultsTable } from './table.mjs';
import { curveOf, isTraining, productFlops } from './workload.mjs';

/** @typedef {import('./workload.mjs').Workload} Workload */
/** @typedef {import('./implementation.mjs').Implementation} Implementation */
/** @typedef {import('./notes.mjs').Notes} Notes */
/** @typedef {import('./table.mjs').Measured} Measured */

const kFolder = join(build, 'bench');
const kPicture = 'scaling.svg';

/**
 * @param {Workload[]} every
 * @param {Implementation[]} implementations
 * @param {Measured[]} measured
 * @param {Map<string, number>} ownFlops
 * @param {Notes} notes
 * @param {number} loadBefore
 */
export function report(every, implementations, measured, ownFlops, notes, loadBefore) {
  if (measured.length === 0) throw new Failure('Nothing could be measured.', { lines: notes.lines });
  const labels = [
    ...implementations.map(({ label }) => label),
    ...kBrowserVariants.map((variant) => labelOf({ implementation: 'athanor', variant })),
  ];
  // Points of curves have tables of their own.
  const workloads = every.filter((workload) => curveOf(workload) === undefined);
  const all = measured.filter(({ result }) => workloads.some(({ name }) => name === result.workload));
  /** @param {string} name @param {string} label */
  const flopsOf = (name, label) => {
    const workload = workloads.find((each) => each.name === name);
    return ownFlops.get(`${name} ${label}`) ?? (workload && productFlops(workload));
  };
  /** @param {...Workload['kind']} kinds */
  const only = (...kinds) => {
    const names = workloads.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
    return (/** @type {string} */ name) => names.includes(name);
  };
  const own = labels.filter((label) => label.startsWith('athanor '));
  const hasSteps = workloads.some(isTraining);
  const hasProducts = !hasSteps || workloads.some(({ kind }) => kind === 'gemm');
  const products = hasProducts ? flopsTable(all, labels, flopsOf, 'peak', only('gemm', 'peak')) : undefined;
  const shares = hasSteps
    ? flopsTable(all, own, flopsOf, 'peak', only('mlp', 'cnn', 'gpt', 'peak'))
    : undefined;
  const sizes = workloads.flatMap((each) =>
    each.kind === 'elementwise' ? [/** @type {const} */ ([each.name, each.rows * each.columns])] : [],
  );
  const elements = elementsTable(all, labels, new Map(sizes));
  const curves = scalingTables(every, measured, labels);
  const picture = scalingPlots(every, measured, labels);
  const kept = notes.lines.length === 0 ? [] : ['', ...notes.lines.map((line) => `- ${line}`)];
  /** @param {string} title @param {string | undefined} table */
  const section = (title, table) => (table === undefined ? [] : ['', title, '', table]);
  const lines = [
    `${cpus()[0]?.model ?? 'an unknown processor'}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}; ` +
      `other work before and after: a load of ${loadBefore.toFixed(1)} and ${loadavg()[0].toFixed(1)} on ${cpus().length} cores.`,
    ...section(
      'Medians; × is the ratio to the first of the row.',
      all.length === 0 ? undefined : resultsTable(all, labels),
    ),
    ...section('Products, and what share of the speed of the micro-kernel alone they reach:', products),
    ...section(
      "A step's products, and what share of the step they would take at the speed of the micro-kernel alone:",
      shares,
    ),
    ...section('Functions of single numbers, and softmax:', elements),
    ...(picture === undefined
      ? []
      : [
          '',
          `How a step scales: medians, with the least and the most, and memory; as [plots](${kPicture}):`,
          '',
          `![Time and memory against parameters, batch and context, on logarithmic axes](${kPicture})`,
          '',
          ...curves,
        ]),
    ...kept,
  ];
  const results = measured.map(({ result }) => result);
  mkdirSync(kFolder, { recursive: true });
  if (picture === undefined) rmSync(join(kFolder, kPicture), { force: true });
  else writeFileSync(join(kFolder, kPicture), picture);
  writeFileSync(join(kFolder, 'results.json'), `${JSON.stringify(results, undefined, 2)}\n`);
  writeFileSync(join(kFolder, 'results.md'), `${lines.join('\n')}\n`);
  say(`\n${lines.join('\n')}\n\nAlso in ${join(kFolder, 'results.json')} and results.md beside it.`);
}
