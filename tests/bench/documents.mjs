// A workload as Athanor has it: an experiment document with the data as a table.
import { dataOf } from './data.mjs';
import { curveOf } from './workload.mjs';

/** @typedef {import('./workload.mjs').MlpWorkload} MlpWorkload */

/** What the first step is taken with, before the weights are put in; a change of optimiser then begins with empty sums. */
export const kBefore = { optimizer: 'sgd', momentum: 0, learning_rate: 1e-6 };

/**
 * The workload's own settings, path and value, for once the weights are in.
 * @param {MlpWorkload} workload
 * @returns {[string, unknown][]}
 */
export function liveSettings({ learning_rate }) {
  return [
    ['training.optimizer', 'adam'],
    ['training.learning_rate', learning_rate],
  ];
}

/**
 * Whether a document is to hold it: a table has at most 256 columns, a layer at most 512 neurons; all points of a curve are taken
 * alike.
 * @param {import('./workload.mjs').Workload} workload
 * @returns {workload is MlpWorkload}
 */
export function hasDocument(workload) {
  return workload.kind === 'mlp' && workload.sizes[0] <= 256 && curveOf(workload) === undefined;
}

/**
 * Nothing is cleaned, scaled, held out or adjusted on the way; it does not end by itself.
 * @param {MlpWorkload} workload
 */
export function documentOf(workload) {
  const { sizes, activation, loss, batch } = workload;
  const isClasses = loss === 'cross_entropy';
  return {
    data: {
      source: 'table',
      table: {
        csv: tableOf(workload),
        target: 'target',
        task: isClasses ? 'classification' : 'regression',
      },
    },
    prepare: { scaling: 'none', target_scaling: 'none' },
    clean: { duplicates: 'keep' },
    split: { validation: 0, test: 0 },
    model: { layers: sizes.slice(1, -1).map((units) => ({ units, activation })) },
    training: { ...kBefore, loss, batch_size: batch },
    optimise: { plateau: false },
    done: { max_epochs: 100_000, patience: 0 },
  };
}

/**
 * Numbers as texts that read as the same floats.
 * @param {MlpWorkload} workload
 */
function tableOf(workload) {
  const { features, targets, width, outputs } = dataOf(workload);
  const lines = Array.from({ length: workload.rows }, (_, row) => {
    const target = targets.subarray(row * outputs, (row + 1) * outputs);
    // Classes have names whose order is that of the outputs.
    const name =
      workload.loss === 'cross_entropy' ? `c${String(target.indexOf(1)).padStart(3, '0')}` : target[0];
    return [...features.subarray(row * width, (row + 1) * width), name].join(',');
  });
  const names = Array.from({ length: width }, (_, i) => `x${i}`);
  return [[...names, 'target'].join(','), ...lines, ''].join('\n');
}
