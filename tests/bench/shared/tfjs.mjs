// TensorFlow.js on one of its backends: eager operations, gradients by tape, its own Adam.
import { dataOf, operandsOf, weightsOf } from '../data.mjs';

/**
 * @param {import('../workload.mjs').Workload} workload
 * @param {() => Promise<any>} load the library with the backend chosen
 * @returns {Promise<import('../host.mjs').Runner | string>}
 */
export async function makeTfjs(workload, load) {
  if (workload.kind === 'gpt') return 'not written for it';
  if (workload.kind === 'peak') return 'it is about another library';
  const tf = await load();
  if (workload.kind === 'gemm' || workload.kind === 'elementwise') return kernel(tf, workload);
  const training = new Training(tf, workload);
  try {
    training.step().dispose(); // a kernel that is missing shows here
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0] : String(error);
  }
  training.begin();
  return {
    check: (steps) => ({ losses: Array.from({ length: steps }, () => training.step().dataSync()[0]) }),
    run(steps) {
      const started = performance.now();
      for (let i = 0; i < steps; ++i) training.step().dispose();
      return (performance.now() - started) / 1000;
    },
  };
}

class Training {
  /** @type {any[]} */
  #variables = [];
  #step = 0;

  /**
   * @param {any} tf
   * @param {import('../workload.mjs').MlpWorkload | import('../workload.mjs').CnnWorkload} workload
   */
  constructor(tf, workload) {
    this.tf = tf;
    this.workload = workload;
    const { features, targets, width, outputs } = dataOf(workload);
    const { batch, rows } = workload;
    const shape = workload.kind === 'cnn' ? [batch, workload.side, workload.side, 1] : [batch, width];
    this.batches = Array.from({ length: rows / batch }, (_, i) => ({
      x: tf.tensor(features.slice(i * batch * width, (i + 1) * batch * width), shape),
      t: tf.tensor(targets.slice(i * batch * outputs, (i + 1) * batch * outputs), [batch, outputs]),
    }));
    this.begin();
  }

  /** From the initial weights. */
  begin() {
    const { tf, workload } = this;
    this.#variables.forEach((variable) => variable.dispose());
    this.optimizer?.dispose();
    this.#variables = weightsOf(workload).map(({ shape, values }) => {
      const tensor = tf.tensor(values, shape);
      // Filters are (height, width, in, out) there.
      return tf.variable(shape.length === 4 ? tf.transpose(tensor, [2, 3, 1, 0]) : tensor);
    });
    this.optimizer = tf.train.adam(workload.learning_rate, 0.9, 0.999, 1e-8);
    this.#step = 0;
  }

  /** The loss, a tensor, before the update. */
  step() {
    const { x, t } = this.batches[this.#step++ % this.batches.length];
    return this.optimizer.minimize(() => this.#loss(x, t), true, this.#variables);
  }

  /** @param {any} x @param {any} t */
  #loss(x, t) {
    const { tf, workload } = this;
    if (workload.kind === 'mlp' && workload.loss === 'squared_error') {
      return tf.mean(tf.sum(tf.squaredDifference(this.#dense(x, 0), t), 1));
    }
    const logits = workload.kind === 'mlp' ? this.#dense(x, 0) : this.#convolutions(x);
    return tf.losses.softmaxCrossEntropy(t, logits);
  }

  /** @param {any} x @param {number} first */
  #dense(x, first) {
    const { tf, workload } = this;
    const weights = this.#variables;
    for (let i = first; i < weights.length; i += 2) {
      x = tf.add(tf.matMul(x, weights[i]), weights[i + 1]);
      if (i + 2 < weights.length && workload.kind === 'mlp') {
        x = workload.activation === 'tanh' ? tf.tanh(x) : tf.relu(x);
      }
    }
    return x;
  }

  /** @param {any} x */
  #convolutions(x) {
    const { tf } = this;
    const weights = this.#variables;
    for (const i of [0, 2]) {
      x = tf.relu(tf.add(tf.conv2d(x, weights[i], 1, 'same'), weights[i + 1]));
      x = tf.maxPool(x, 2, 2, 'valid');
    }
    const [batch] = x.shape;
    return this.#dense(tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [batch, -1]), 4);
  }
}

/**
 * @param {any} tf
 * @param {import('../workload.mjs').GemmWorkload | import('../workload.mjs').ElementwiseWorkload} workload
 * @returns {import('../host.mjs').Runner}
 */
function kernel(tf, workload) {
  const operands = operandsOf(workload);
  const call = () => {
    if (workload.kind === 'gemm') {
      const { m, n, k, transpose_a, transpose_b } = workload;
      const a = tf.tensor(operands.a, transpose_a ? [k, m] : [m, k]);
      const b = tf.tensor(operands.b, transpose_b ? [n, k] : [k, n]);
      return () => tf.matMul(a, b, transpose_a, transpose_b);
    }
    const x = tf.tensor(operands.a, [workload.rows, workload.columns]);
    if (workload.op === 'gelu') {
      return () => tf.tidy(() => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)));
    }
    return () => tf[workload.op](x);
  };
  const run = call();
  return {
    run(steps) {
      const started = performance.now();
      for (let i = 0; i < steps; ++i) run().dispose();
      return (performance.now() - started) / 1000;
    },
  };
}
