// The curves of time and memory: their tables, what is to be said of the memory, and the plots.
import { plots } from './plot.mjs';
import { labelOf, markdownTable, number } from './table.mjs';
import { curveOf } from './workload.mjs';

/** @typedef {import('./table.mjs').Measured} Measured */
/** @typedef {import('./workload.mjs').Axis} Axis */
/** @typedef {import('./workload.mjs').Workload} Workload */

/**
 * Bytes of the engine's blocks of numbers, which are all that grows with a network; the data come in addition.
 * @typedef {object} Memory
 * @property {number} parameters trained ones
 * @property {number} reported_bytes what is told, and refused where it is too much, before any of it is taken
 * @property {number} used_bytes the most that was held at any one time, as the allocator counted it
 * @property {number} training_bytes parameters, gradients and the optimiser's state (16 bytes a parameter) with one arena
 */
/** @typedef {{ workload: Workload, at: number, found: Measured[] }} Point of a curve, with who was measured there */

/** @type {Record<Axis, string>} */
const kAxes = { parameters: 'parameters', batch: 'batch (rows)', context: 'context (tokens)' };
const kBound = 'parameters × 16 B + arena';
const kByteUnits = ['B', 'kB', 'MB', 'GB'];
const kTimeUnits = ['µs', 'ms', 's'];

/**
 * @param {readonly Workload[]} workloads
 * @param {readonly Measured[]} all
 * @returns {[Axis, Point[]][]} by rising places on the axis; curves of which nothing was measured are left out
 */
function curvesOf(workloads, all) {
  return /** @type {Axis[]} */ (Object.keys(kAxes)).flatMap((axis) => {
    const points = workloads.flatMap((workload) => {
      const curve = curveOf(workload);
      const found = all.filter(({ result }) => result.workload === workload.name);
      if (curve?.axis !== axis || found.length === 0) return [];
      // A width is a whole number, so that a network has about as many parameters as its place says; it is shown where it is.
      const counted = axis === 'parameters' ? memoryOf(found)?.parameters : undefined;
      return [{ workload, at: counted ?? curve.at, found }];
    });
    return points.length === 0 ? [] : [[axis, points.sort((a, b) => a.at - b.at)]];
  });
}

/** @param {readonly Point[]} points */
function networkOf(points) {
  return curveOf(points[0].workload)?.network;
}

/** @param {readonly Measured[]} found */
function memoryOf(found) {
  return found.find(({ result }) => result.memory)?.result.memory;
}

/**
 * Three digits: 832 B, 33.2 kB, 320 MB.
 * @param {number} bytes
 */
export function bytesText(bytes) {
  const power = bytes < 1e3 ? 0 : bytes < 999.5e3 ? 1 : bytes < 999.5e6 ? 2 : 3;
  return `${power === 0 ? bytes : number(bytes / 1000 ** power)} ${kByteUnits[power]}`;
}

/**
 * Of a power of ten, as an axis has it: 0.1 µs, 1 ms, 100 kB.
 * @param {readonly string[]} units each a thousand times the one before
 * @returns {(value: number) => string}
 */
function powerText(units) {
  return (value) => {
    const digits = Math.round(Math.log10(value));
    const unit = Math.min(Math.max(Math.floor(digits / 3), 0), units.length - 1);
    return `${Number((10 ** (digits - 3 * unit)).toPrecision(1))} ${units[unit]}`;
  };
}

/**
 * A table for each curve, and what is to be said of its memory; nothing where no point was measured.
 * @param {readonly Workload[]} workloads
 * @param {readonly Measured[]} all
 * @param {readonly string[]} labels of implementations, in order
 * @returns {string[]} lines
 */
export function scalingTables(workloads, all, labels) {
  const curves = curvesOf(workloads, all);
  const shown = labels.filter((label) =>
    curves.some(([, points]) =>
      points.some(({ found }) => found.some(({ result }) => labelOf(result) === label)),
    ),
  );
  const tables = curves.flatMap(([axis, points]) => {
    const rows = points.map(({ at, found }) => {
      const times = shown.map((label) => {
        const result = found.find((each) => labelOf(each.result) === label)?.result;
        if (result === undefined) return '–';
        return `${number(result.us_per_step_median)} (${number(result.min)} … ${number(result.max)})`;
      });
      const memory = memoryOf(found);
      const bytes = memory
        ? [memory.reported_bytes, memory.used_bytes, memory.training_bytes].map(bytesText)
        : ['–', '–', '–'];
      return [at.toLocaleString('en'), ...times, ...bytes];
    });
    const head = [kAxes[axis], ...shown.map((label) => `${label}, µs a step`)];
    return [`${networkOf(points)}:`, '', markdownTable([...head, 'reported', 'used', kBound], rows), ''];
  });
  return tables.length === 0 ? [] : [...tables, ...remarks(all)];
}

/**
 * Whether what is told is what is taken, and what is taken beside training itself.
 * @param {readonly Measured[]} all
 */
function remarks(all) {
  const results = all.flatMap(({ result }) => (result.memory ? [{ ...result, memory: result.memory }] : []));
  const odd = results.filter(({ memory }) => memory.reported_bytes !== memory.used_bytes);
  const beyond = results.filter(({ memory }) => memory.used_bytes > memory.training_bytes);
  /** @param {(typeof results)[number]} result */
  const name = (result) => `${result.workload} with ${labelOf(result)}`;
  return [
    odd.length === 0
      ? `The memory reported before training is what the allocator then counted, to the byte, in all ${results.length} measurements.`
      : `**Reported is not what was used:** ${odd.map((each) => `${name(each)} (${each.memory.reported_bytes} B and ${each.memory.used_bytes} B)`).join(', ')}.`,
    '',
    'Counted are all blocks of numbers, at their most; the data come in addition. Training itself is parameters, gradients and the ' +
      `two numbers of Adam, with one arena of activations: “${kBound}”. ` +
      (beyond.length === 0
        ? 'Nothing takes more.'
        : 'A trainer, which is what runs here but for the GPT, also keeps parameters and Adam’s numbers of the beginning of the epoch, to ' +
          'return to when a run diverges (12 bytes a parameter), and the arena of evaluation.'),
  ];
}

/**
 * Time above, memory below, a column for each curve.
 * @param {readonly Workload[]} workloads
 * @param {readonly Measured[]} all
 * @param {readonly string[]} labels
 * @returns {string | undefined} an SVG file; nothing where no point was measured
 */
export function scalingPlots(workloads, all, labels) {
  const curves = curvesOf(workloads, all);
  if (curves.length === 0) return undefined;
  const times = curves.map(([axis, points]) =>
    panel(axis, points, 'Time of a step', powerText(kTimeUnits), timesOf(points, labels)),
  );
  const bytes = curves.flatMap(([axis, points]) => {
    const series = memorySeries(points);
    return series.length === 0 ? [] : [panel(axis, points, 'Memory', powerText(kByteUnits), series)];
  });
  const description =
    'Median time of a training step, with the least and the most, and memory, against ' +
    `${curves.map(([axis]) => kAxes[axis]).join(', ')}; all axes are logarithmic. The tables beside it have the numbers.`;
  return plots('Time and memory of a training step', description, [...times, ...bytes], curves.length);
}

/**
 * @param {Axis} axis
 * @param {Point[]} points
 * @param {string} what
 * @param {(y: number) => string} yText
 * @param {import('./plot.mjs').Series[]} series
 * @returns {import('./plot.mjs').Panel}
 */
function panel(axis, points, what, yText, series) {
  const title = `${what}: ${networkOf(points)}`;
  const places = points.flatMap(({ workload }) => curveOf(workload)?.at ?? []);
  /** @param {number} place */
  const text = (place) =>
    axis === 'parameters' ? `10${superscript(Math.round(Math.log10(place)))}` : String(place);
  return { title, xLabel: kAxes[axis], xTicks: places.map((place) => [place, text(place)]), yText, series };
}

/** @param {number} value a whole number */
function superscript(value) {
  return [...String(value)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}

/**
 * @param {Point[]} points
 * @param {readonly string[]} labels
 * @returns {import('./plot.mjs').Series[]}
 */
function timesOf(points, labels) {
  return labels.flatMap((label) => {
    const own = points.flatMap(({ at, found }) => {
      const result = found.find((each) => labelOf(each.result) === label)?.result;
      if (result === undefined) return [];
      const { us_per_step_median, min, max } = result;
      return [{ x: at, y: us_per_step_median, range: /** @type {[number, number]} */ ([min, max]) }];
    });
    return own.length === 0 ? [] : [{ label, points: own }];
  });
}

/**
 * @param {Point[]} points
 * @returns {import('./plot.mjs').Series[]}
 */
function memorySeries(points) {
  const own = points.flatMap(({ at, found }) => {
    const memory = memoryOf(found);
    return memory ? [{ at, memory }] : [];
  });
  if (own.length === 0) return [];
  /** @param {'used_bytes' | 'reported_bytes' | 'training_bytes'} which */
  const curve = (which) => own.map(({ at, memory }) => ({ x: at, y: memory[which] }));
  const isTold = own.every(({ memory }) => memory.used_bytes === memory.reported_bytes);
  return [
    { label: isTold ? 'used, as reported' : 'used', points: curve('used_bytes') },
    ...(isTold ? [] : [{ label: 'reported', points: curve('reported_bytes') }]),
    { label: kBound, points: curve('training_bytes'), isBound: true },
  ];
}
