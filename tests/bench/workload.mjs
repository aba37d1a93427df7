// What a workload is, and the list of them: every file in workloads/ adds one or several.
import { readdirSync } from 'node:fs';

/**
 * What a workload is a point of, and where on it. Curves are of Athanor alone, in time and in memory; there is one for each axis, of
 * the network that is the same all along it.
 * @typedef {{ axis: Axis, at: number, network: string }} Curve
 */
/** @typedef {'parameters' | 'batch' | 'context'} Axis */

/**
 * A multi-layer perceptron that is trained by full forward and backward passes and an Adam step.
 * @typedef {object} MlpWorkload
 * @property {'mlp'} kind
 * @property {string} name as `--workload` and the results have it
 * @property {string} title
 * @property {number} batch rows of a step
 * @property {number} rows of the data: whole batches
 * @property {number[]} sizes of the layers: inputs first, outputs last
 * @property {'tanh' | 'relu'} activation of hidden layers
 * @property {'squared_error' | 'cross_entropy'} loss mean over the batch of the squared distance, or of the cross-entropy of
 *   softmax
 * @property {number} learning_rate
 * @property {Curve} [curve]
 */

/**
 * Convolution 3×3, ReLU, pooling 2×2 by the largest, twice; a dense layer; cross-entropy; Adam. Convolutions keep the size.
 * @typedef {object} CnnWorkload
 * @property {'cnn'} kind
 * @property {string} name
 * @property {string} title
 * @property {number} batch
 * @property {number} rows
 * @property {number} side of the square image of one channel
 * @property {[number, number]} channels
 * @property {number} classes
 * @property {number} learning_rate
 */

/**
 * A decoder-only transformer that predicts the next token, with pre-norm blocks, learnt positions and AdamW.
 * @typedef {object} GptWorkload
 * @property {'gpt'} kind
 * @property {string} name
 * @property {string} title
 * @property {number} batch sequences of a step
 * @property {number} rows sequences in all
 * @property {number} layers
 * @property {number} heads
 * @property {number} width
 * @property {number} context
 * @property {number} vocabulary
 * @property {number} learning_rate
 * @property {number} weight_decay of weight matrices
 * @property {Curve} [curve]
 */

/**
 * c (m, n) = a (m, k) b (k, n).
 * @typedef {object} GemmWorkload
 * @property {'gemm'} kind
 * @property {string} name
 * @property {string} title
 * @property {number} m
 * @property {number} n
 * @property {number} k
 * @property {boolean} transpose_a a is stored (k, m)
 * @property {boolean} transpose_b b is stored (n, k)
 */

/**
 * @typedef {object} ElementwiseWorkload
 * @property {'elementwise'} kind
 * @property {string} name
 * @property {string} title
 * @property {'relu' | 'exp' | 'tanh' | 'sigmoid' | 'gelu' | 'softmax'} op
 * @property {number} rows
 * @property {number} columns softmax is taken over them
 */

/**
 * The micro-kernel of Athanor's matrix product alone, on operands that stay in the nearest cache: what its product could
 * reach at most.
 * @typedef {object} PeakWorkload
 * @property {'peak'} kind
 * @property {string} name
 * @property {string} title
 */

/** @typedef {MlpWorkload | CnnWorkload | GptWorkload} TrainingWorkload */
/** @typedef {TrainingWorkload | GemmWorkload | ElementwiseWorkload | PeakWorkload} Workload */

/**
 * @param {Workload} workload
 * @returns {workload is TrainingWorkload}
 */
export function isTraining(workload) {
  return workload.kind === 'mlp' || workload.kind === 'cnn' || workload.kind === 'gpt';
}

/** @param {Workload} workload */
export function curveOf(workload) {
  return 'curve' in workload ? workload.curve : undefined;
}

/**
 * All workloads with the file each comes from, in the order of the files' names.
 * @returns {Promise<{ family: string, workload: Workload }[]>}
 */
export async function readWorkloads() {
  const folder = new URL('workloads/', import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith('.mjs'));
  const lists = files.sort().map(async (file) => {
    /** @type {{ workloads: Workload[] }} */
    const { workloads } = await import(new URL(file, folder).href);
    return workloads.map((workload) => ({ family: file.replace(/^\d+_|\.mjs$/g, ''), workload }));
  });
  return (await Promise.all(lists)).flat();
}

/** @param {string} name */
export async function findWorkload(name) {
  const found = (await readWorkloads()).find(({ workload }) => workload.name === name);
  if (!found) throw new Error(`there is no workload called "${name}"`);
  return found.workload;
}

/**
 * Floating-point operations of the matrix products of one step or call, a multiplication with its addition as two; undefined
 * where there are none, or where only the implementation knows.
 * @param {Workload} workload
 * @returns {number | undefined}
 */
export function productFlops(workload) {
  switch (workload.kind) {
    case 'gemm':
      return 2 * workload.m * workload.n * workload.k;
    case 'mlp': {
      const { batch, sizes } = workload;
      const forward = sizes.slice(1).map((units, i) => 2 * batch * sizes[i] * units);
      // Backward the gradients of weights cost the same, those of inputs too; nobody needs the gradient of the data.
      return 3 * forward.reduce((sum, flops) => sum + flops, 0) - forward[0];
    }
    case 'cnn': {
      const { batch, side, channels, classes } = workload;
      const first = 2 * batch * side ** 2 * 9 * channels[0];
      const second = 2 * batch * (side / 2) ** 2 * 9 * channels[0] * channels[1];
      const dense = 2 * batch * (side / 4) ** 2 * channels[1] * classes;
      return 2 * first + 3 * second + 3 * dense;
    }
    case 'gpt': {
      const { batch, context, width, layers, vocabulary } = workload;
      const tokens = batch * context;
      // Queries, keys, values and their projection are four squares, the two dense layers eight.
      const block = 2 * tokens * 12 * width ** 2 + 2 * 2 * tokens * context * width;
      return 3 * (layers * block + 2 * tokens * width * vocabulary);
    }
    default:
      return undefined;
  }
}
