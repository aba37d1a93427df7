// The data and the initial weights of a workload, the same for every implementation: whole in 32-bit floats, from fixed seeds.

import { curveOf } from './workload.mjs';

/** @typedef {import('./workload.mjs').Workload} Workload */
/** @typedef {import('./workload.mjs').TrainingWorkload} TrainingWorkload */
/** @typedef {{ name: string, shape: number[], values: Float32Array }} Weights */
/**
 * How weights begin: uniform within [-limit, limit), drawn from the seed; without a limit all at the value.
 * @typedef {{ name: string, shape: number[], seed: number, limit: number, value: number }} Start
 */
/** @typedef {{ features: Float32Array, targets: Float32Array, width: number, outputs: number }} Data rows one after another */

/**
 * Uniform in [0, 1), with 24 bits (Mulberry32, by Tommy Ettinger).
 * @param {number} seed
 */
export function uniforms(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 8) / 2 ** 24;
  };
}

/**
 * @param {number} count
 * @param {number} seed
 * @param {number} limit values are uniform within [-limit, limit)
 */
export function randomFloats(count, seed, limit = 1) {
  const next = uniforms(seed);
  return Float32Array.from({ length: count }, () => (2 * next() - 1) * limit);
}

/**
 * Whole numbers below `count`.
 * @param {number} length
 * @param {number} seed
 * @param {number} count
 */
function randomChoices(length, seed, count) {
  const next = uniforms(seed);
  return Int32Array.from({ length }, () => Math.floor(next() * count));
}

/**
 * Classes (rows), by chance: whatever learns them has to learn them by heart.
 * @param {{ rows: number }} workload
 * @param {number} classes
 */
export function classesOf({ rows }, classes) {
  return randomChoices(rows, 13, classes);
}

/**
 * @param {Int32Array} choices
 * @param {number} count
 */
function oneHot(choices, count) {
  const out = new Float32Array(choices.length * count);
  choices.forEach((choice, i) => (out[i * count + choice] = 1));
  return out;
}

/**
 * Features (rows, width) and targets (rows, outputs), classes as a 1 among zeros; of a language model tokens (rows, context) and
 * the tokens that follow each.
 * @param {TrainingWorkload} workload
 * @returns {Data}
 */
export function dataOf(workload) {
  const { rows } = workload;
  if (workload.kind === 'gpt') {
    const { context, vocabulary } = workload;
    // A walk over the vocabulary in small steps: there is something to learn.
    const steps = randomChoices(rows * (context + 1), 17, 4);
    const tokens = new Float32Array(rows * (context + 1));
    for (let i = 1; i < tokens.length; ++i) tokens[i] = (tokens[i - 1] + steps[i]) % vocabulary;
    /** @param {number} shift */
    const shifted = (shift) =>
      Float32Array.from(
        { length: rows * context },
        (_, i) => tokens[Math.floor(i / context) * (context + 1) + (i % context) + shift],
      );
    return { features: shifted(0), targets: shifted(1), width: context, outputs: context };
  }
  if (workload.kind === 'cnn') {
    const width = workload.side ** 2;
    const classes = classesOf(workload, workload.classes);
    const patterns = randomFloats(workload.classes * width, 12);
    // Each class has a picture of its own, under as much noise.
    const features = randomFloats(rows * width, 11).map(
      (noise, i) => noise + patterns[classes[Math.floor(i / width)] * width + (i % width)],
    );
    return { features, targets: oneHot(classes, workload.classes), width, outputs: workload.classes };
  }
  const { sizes, loss } = workload;
  const width = sizes[0];
  const outputs = sizes[sizes.length - 1];
  if (loss === 'squared_error') {
    const features = randomFloats(rows * width, 11);
    // A saddle under some noise.
    const noise = randomFloats(rows, 13, 0.1);
    const targets = Float32Array.from(
      noise,
      (n, row) => features[row * width] * features[row * width + 1] + n,
    );
    return { features, targets, width, outputs };
  }
  // As of an image of eight bits.
  const next = uniforms(11);
  const features = Float32Array.from({ length: rows * width }, () => Math.floor(256 * next()) / 256);
  return { features, targets: oneHot(classesOf(workload, outputs), outputs), width, outputs };
}

/**
 * @param {TrainingWorkload} workload
 * @returns {Weights[]}
 */
export function weightsOf(workload) {
  return startsOf(workload).map(({ name, shape, seed, limit, value }) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const values = limit > 0 ? randomFloats(count, seed, limit) : new Float32Array(count).fill(value);
    return { name, shape, values };
  });
}

/**
 * Uniform within sqrt(6 / (fan in + fan out)) (Glorot & Bengio 2010); biases are 0, gains 1. Matrices are (in, out).
 * @param {TrainingWorkload} workload
 * @returns {Start[]}
 */
function startsOf(workload) {
  /** @type {Start[]} */
  const weights = [];
  /** @param {string} name @param {number[]} shape @param {number} [fans] */
  const matrix = (name, shape, fans = shape[0] + shape[1]) =>
    weights.push({ name, shape, seed: 100 + weights.length, limit: Math.sqrt(6 / fans), value: 0 });
  /** @param {string} name @param {number} size @param {number} value */
  const vector = (name, size, value) =>
    weights.push({ name, shape: [size], seed: 100 + weights.length, limit: 0, value });

  if (workload.kind === 'mlp') {
    const { sizes } = workload;
    for (let i = 0; i + 1 < sizes.length; ++i) {
      const layer = i + 2 < sizes.length ? `layers.${i}` : 'output';
      matrix(`${layer}.weight`, [sizes[i], sizes[i + 1]]);
      vector(`${layer}.bias`, sizes[i + 1], 0);
    }
  } else if (workload.kind === 'cnn') {
    const { side, channels, classes } = workload;
    matrix('conv.0.weight', [channels[0], 1, 3, 3], 9 * (1 + channels[0]));
    vector('conv.0.bias', channels[0], 0);
    matrix('conv.1.weight', [channels[1], channels[0], 3, 3], 9 * (channels[0] + channels[1]));
    vector('conv.1.bias', channels[1], 0);
    matrix('output.weight', [channels[1] * (side / 4) ** 2, classes]);
    vector('output.bias', classes, 0);
  } else {
    const { layers, width, context, vocabulary } = workload;
    /** @param {string} name */
    const norm = (name) => {
      vector(`${name}.gain`, width, 1);
      vector(`${name}.bias`, width, 0);
    };
    matrix('tokens.weight', [vocabulary, width]);
    matrix('positions.weight', [context, width]);
    /** @param {string} name @param {number} from @param {number} to */
    const linear = (name, from, to) => {
      matrix(`${name}.weight`, [from, to]);
      vector(`${name}.bias`, to, 0);
    };
    for (let i = 0; i < layers; ++i) {
      norm(`blocks.${i}.norm1`);
      linear(`blocks.${i}.query_key_value`, width, 3 * width);
      linear(`blocks.${i}.projection`, width, width);
      norm(`blocks.${i}.norm2`);
      linear(`blocks.${i}.expand`, width, 4 * width);
      linear(`blocks.${i}.shrink`, 4 * width, width);
    }
    norm('norm');
    matrix('output.weight', [width, vocabulary]);
  }
  return weights;
}

/**
 * The operands of a product (a, b) or of an elementwise function (a).
 * @param {import('./workload.mjs').GemmWorkload | import('./workload.mjs').ElementwiseWorkload} workload
 */
export function operandsOf(workload) {
  if (workload.kind === 'gemm') {
    const { m, n, k } = workload;
    return { a: randomFloats(m * k, 21), b: randomFloats(k * n, 22) };
  }
  return { a: randomFloats(workload.rows * workload.columns, 21, 4), b: new Float32Array(0) };
}

/**
 * All of it as JSON, for programs in other languages. Of a point of a curve, which may have ten million weights, it says how they
 * begin instead of what they are.
 * @param {Workload} workload
 */
export function contentOf(workload) {
  /** @param {string} _ @param {unknown} value */
  const plain = (_, value) => (value instanceof Float32Array ? Array.from(value) : value);
  const parts =
    workload.kind === 'peak'
      ? {}
      : workload.kind === 'gemm' || workload.kind === 'elementwise'
        ? { operands: operandsOf(workload) }
        : {
            data: dataOf(workload),
            weights: curveOf(workload) === undefined ? weightsOf(workload) : startsOf(workload),
          };
  return JSON.stringify({ workload, ...parts }, plain);
}
