// TensorFlow.js on one of its backends: eager operations, gradients by tape, its own Adam.
import { dataOf, operandsOf, weightsOf } from '../data.mjs';

/**
 * @param {import('../workload.mjs').Workload} workload
 * @param {() => Promise<any>} load the library with the backend chosen
 * @returns {Promise<import('../host.mjs').Runner | string>}
 */
export async function makeTfjs(workload, load) {
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
   * @param {import('../workload.mjs').TrainingWorkload} workload
   */
  constructor(tf, workload) {
    this.tf = tf;
    this.workload = workload;
    const { features, targets, width, outputs } = dataOf(workload);
    const { batch, rows } = workload;
    const shape = workload.kind === 'cnn' ? [batch, workload.side, workload.side, 1] : [batch, width];
    this.batches = Array.from({ length: rows / batch }, (_, i) => {
      const x = features.slice(i * batch * width, (i + 1) * batch * width);
      const t = targets.slice(i * batch * outputs, (i + 1) * batch * outputs);
      if (workload.kind !== 'gpt') return { x: tf.tensor(x, shape), t: tf.tensor(t, [batch, outputs]) };
      const tokens = tf.tensor(Int32Array.from(t), [batch * outputs], 'int32');
      return {
        x: tf.tensor(Int32Array.from(x), [batch * width], 'int32'),
        t: tf.cast(tf.oneHot(tokens, workload.vocabulary), 'float32'),
      };
    });
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
    const { tf, workload } = this;
    const { x, t } = this.batches[this.#step++ % this.batches.length];
    if (workload.kind !== 'gpt')
      return this.optimizer.minimize(() => this.#loss(x, t), true, this.#variables);
    const { value, grads } = tf.variableGrads(() => this.#loss(x, t), this.#variables);
    // Its Adam does not decay weights. Nothing of the loss is needed any more.
    const kept = 1 - workload.learning_rate * workload.weight_decay;
    tf.tidy(() => this.#variables.forEach((each) => each.rank > 1 && each.assign(tf.mul(each, kept))));
    this.optimizer.applyGradients(grads);
    tf.dispose(grads);
    return value;
  }

  /** @param {any} x @param {any} t */
  #loss(x, t) {
    const { tf, workload } = this;
    if (workload.kind === 'mlp' && workload.loss === 'squared_error') {
      return tf.mean(tf.sum(tf.squaredDifference(this.#dense(x, 0), t), 1));
    }
    const logits =
      workload.kind === 'mlp'
        ? this.#dense(x, 0)
        : workload.kind === 'cnn'
          ? this.#convolutions(x)
          : transformer(tf, workload, this.#variables, x);
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
 * Logits (batch * context, vocabulary).
 * @param {any} tf
 * @param {import('../workload.mjs').GptWorkload} workload
 * @param {any[]} p parameters in the order of weightsOf
 * @param {any} tokens (batch * context)
 */
function transformer(tf, { batch, context, width, heads, layers }, p, tokens) {
  let at = 0;
  const next = () => p[at++];
  /** @param {any} x */
  const norm = (x) => {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), -1, true), 1e-5));
    return tf.add(tf.mul(tf.div(centred, deviation), next()), next());
  };
  /** Matrix and bias. @param {any} x */
  const linear = (x) => tf.add(tf.matMul(x, next()), next());
  /** (batch * context, width) to (batch, heads, context, width / heads). @param {any} x */
  const split = (x) => tf.transpose(tf.reshape(x, [batch, context, heads, width / heads]), [0, 2, 1, 3]);
  const position = tf.range(0, context);
  const isLater = tf.greater(tf.expandDims(position, 0), tf.expandDims(position, 1));
  const mask = tf.mul(tf.cast(isLater, 'float32'), -1e9);
  const embedded = tf.reshape(tf.gather(next(), tokens), [batch, context, width]);
  let x = tf.reshape(tf.add(embedded, next()), [batch * context, width]);
  for (let i = 0; i < layers; ++i) {
    const [q, k, v] = tf.split(linear(norm(x)), 3, 1).map(split);
    const scores = tf.add(tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(width / heads)), mask);
    const mixed = tf.transpose(tf.matMul(tf.softmax(scores), v), [0, 2, 1, 3]);
    x = tf.add(x, linear(tf.reshape(mixed, [batch * context, width])));
    x = tf.add(x, linear(gelu(tf, linear(norm(x)))));
  }
  return tf.matMul(norm(x), next());
}

/** @param {any} tf @param {any} x */
function gelu(tf, x) {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
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
      return () => tf.tidy(() => gelu(tf, x));
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
