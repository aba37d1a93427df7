// What is printed: Markdown tables, aligned so that they read as text too.
import { medianRatio } from './statistics.mjs';

/**
 * What results.json has a list of.
 * @typedef {object} Result
 * @property {string} workload
 * @property {string} implementation
 * @property {string} variant
 * @property {number} threads
 * @property {number} us_per_step_median
 * @property {number} min
 * @property {number} max
 * @property {number} runs
 * @property {import('./scaling.mjs').Memory} [memory] of points of curves
 */
/** @typedef {{ result: Result, microseconds: number[] }} Measured with the rounds it was made of */

/**
 * The first column to the left, the others to the right.
 * @param {string[]} head
 * @param {string[][]} rows
 */
export function markdownTable(head, rows) {
  const widths = head.map((title, i) =>
    Math.max(3, ...[title, ...rows.map((row) => row[i])].map((cell) => cell.length)),
  );
  /** @param {string[]} cells */
  const line = (cells) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`;
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

/**
 * Three digits at least, thousands apart: 0.123, 12.3, 12,345.
 * @param {number} value
 */
export function number(value) {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toPrecision(3);
}

/** @param {number} ratio */
export function times(ratio) {
  return `×${ratio >= 100 ? Math.round(ratio).toLocaleString('en') : ratio.toPrecision(2)}`;
}

/** @param {Pick<Result, 'implementation' | 'variant'>} result */
export function labelOf({ implementation, variant }) {
  return `${implementation} ${variant}`;
}

/**
 * A row for each workload, a column for each implementation: the median in µs, and how many times that of the base it is (the
 * median of the rounds' ratios).
 * @param {readonly Measured[]} all
 * @param {readonly string[]} labels of implementations, in order; the first of each row that was measured is its base
 */
export function resultsTable(all, labels) {
  const shown = labels.filter((label) => all.some(({ result }) => labelOf(result) === label));
  const workloads = [...new Set(all.map(({ result }) => result.workload))];
  const rows = workloads.map((workload) => {
    const row = all.filter(({ result }) => result.workload === workload);
    const found = shown.map((label) => row.find(({ result }) => labelOf(result) === label));
    const base = found.find((each) => each !== undefined);
    const cells = found.map((each) => {
      if (each === undefined || base === undefined) return '–';
      const median = number(each.result.us_per_step_median);
      return each === base ? median : `${median} ${times(medianRatio(each.microseconds, base.microseconds))}`;
    });
    return [workload, ...cells];
  });
  return markdownTable(['µs a step', ...shown], rows);
}

/**
 * Nanoseconds for each element.
 * @param {readonly Measured[]} all
 * @param {readonly string[]} labels
 * @param {ReadonlyMap<string, number>} elements by workload; others are not shown
 * @returns {string | undefined} nothing where there is nothing to show
 */
export function elementsTable(all, labels, elements) {
  const measured = all.filter(({ result }) => elements.has(result.workload));
  const shown = labels.filter((label) => measured.some(({ result }) => labelOf(result) === label));
  if (shown.length === 0) return undefined;
  const workloads = [...new Set(measured.map(({ result }) => result.workload))];
  const rows = workloads.map((workload) => {
    const cells = shown.map((label) => {
      const found = measured.find(({ result }) => result.workload === workload && labelOf(result) === label);
      return found ? number((1000 * found.result.us_per_step_median) / (elements.get(workload) ?? NaN)) : '–';
    });
    return [workload, ...cells];
  });
  return markdownTable(['ns an element', ...shown], rows);
}

/**
 * Billions of floating-point operations a second, and what share of the peak that is.
 * @param {readonly Measured[]} all
 * @param {readonly string[]} labels
 * @param {(workload: string, label: string) => number | undefined} flopsOf of the matrix products of one step
 * @param {string} peak the workload that is the most that can be reached
 * @param {(workload: string) => boolean} isShown
 * @returns {string | undefined} nothing where there is nothing to show
 */
export function flopsTable(all, labels, flopsOf, peak, isShown) {
  /** @param {string} workload @param {string} label */
  const rate = (workload, label) => {
    const found = all.find(({ result }) => result.workload === workload && labelOf(result) === label);
    const flops = flopsOf(workload, label);
    return found && flops ? flops / found.result.us_per_step_median / 1000 : undefined;
  };
  const workloads = [...new Set(all.map(({ result }) => result.workload))].filter(isShown);
  const shown = labels.filter((label) => workloads.some((workload) => rate(workload, label) !== undefined));
  if (shown.length === 0) return undefined;
  const rows = workloads.map((workload) => {
    const cells = shown.map((label) => {
      const reached = rate(workload, label);
      const most = rate(peak, label);
      if (reached === undefined) return '–';
      const share = most === undefined || workload === peak ? '' : ` ${Math.round((100 * reached) / most)} %`;
      return `${reached.toFixed(1)}${share}`;
    });
    return [workload, ...cells];
  });
  return markdownTable(['GFLOP/s', ...shown], rows);
}
