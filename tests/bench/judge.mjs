// Whether an implementation trains what it should: its first losses are held against a reference, or against the others'.
import { dataOf, weightsOf } from './data.mjs';
import { referenceLosses, ruleOf } from './reference.mjs';
import { median } from './statistics.mjs';
import { productFlops } from './workload.mjs';

/** Steps whose losses are compared, of which the reference does so many operations at most, if that leaves two. */
const kCheckedSteps = 8;
const kMostCheckedFlops = 4e9;
/** Single precision and other orders of summing move later losses; a wrong gradient moves them far more. */
const kTolerance = 2e-3;

/**
 * @typedef {object} Report what an implementation says of its first steps
 * @property {number[]} losses each before its update
 * @property {number[][]} [batches] the rows of each, where it chose them; else they are taken in order
 * @property {import('./reference.mjs').Rule} [rule] where it cannot train by the workload's
 */

/**
 * How many steps are checked: two at least, of which the second shows what the first has done.
 * @param {import('./workload.mjs').TrainingWorkload} workload
 */
export function checkedSteps(workload) {
  const flops = workload.kind === 'mlp' ? (productFlops(workload) ?? 0) : 0;
  return Math.min(kCheckedSteps, Math.max(2, Math.floor(kMostCheckedFlops / flops)));
}

/**
 * The rows of a step when they are taken in order, from the beginning again after the last.
 * @param {{ batch: number, rows: number }} workload
 * @param {number} step from 0
 */
export function batchInOrder({ batch, rows }, step) {
  const first = (step * batch) % rows;
  return Array.from({ length: batch }, (_, i) => first + i);
}

/**
 * What the losses should be; undefined where there is no reference of this kind.
 * @param {import('./workload.mjs').TrainingWorkload} workload
 * @param {Report} report
 */
export function expectedLosses(workload, { losses, batches, rule }) {
  if (workload.kind !== 'mlp') return undefined;
  const rows = batches ?? losses.map((_, step) => batchInOrder(workload, step));
  return referenceLosses(workload, rule ?? ruleOf(workload), dataOf(workload), weightsOf(workload), rows);
}

/**
 * The largest relative difference.
 * @param {readonly number[]} losses
 * @param {readonly number[]} expected
 */
export function deviation(losses, expected) {
  if (losses.length !== expected.length || !losses.every(Number.isFinite)) return Infinity;
  return Math.max(...losses.map((loss, i) => Math.abs(loss - expected[i]) / Math.abs(expected[i])));
}

/**
 * Of each implementation why its losses cannot be right, or undefined. Where there is no reference the middle of three or more that
 * train by the same rule is taken for one, and of the others the first loss, which comes before any update.
 * @param {import('./workload.mjs').TrainingWorkload} workload
 * @param {readonly Report[]} reports
 */
export function judge(workload, reports) {
  const same = reports.filter(({ rule }) => rule === undefined);
  const middle =
    same.length < 3 ? undefined : same[0].losses.map((_, i) => median(same.map(({ losses }) => losses[i])));
  /** Several take the same rows by the same rule, and the reference is slow. @type {Map<string, number[] | undefined>} */
  const known = new Map();
  /** @param {Report} report */
  const reference = (report) => {
    const key = JSON.stringify([report.losses.length, report.batches, report.rule]);
    if (!known.has(key)) known.set(key, expectedLosses(workload, report));
    return known.get(key);
  };
  return reports.map((report) => {
    const { losses, rule } = report;
    const expected = reference(report) ?? (rule ? middle?.slice(0, 1) : middle);
    const compared = losses.slice(0, expected?.length);
    const far = expected === undefined ? 0 : deviation(compared, expected);
    if (expected !== undefined && far > kTolerance) {
      return `its losses are not right: ${percent(far)} from the expected ones (${list(compared)} instead of ${list(expected)})`;
    }
    if (expected?.length === losses.length) return undefined;
    const isFalling = losses.every(Number.isFinite) && losses[losses.length - 1] < losses[0];
    return isFalling ? undefined : `its loss does not fall: ${list(losses)}`;
  });
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toPrecision(2)} %`;
}

/** @param {readonly number[]} losses */
function list(losses) {
  return [losses[0], losses[losses.length - 1]].map((loss) => loss.toPrecision(5)).join(' … ');
}
