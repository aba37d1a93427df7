// jax-js on WebAssembly with relaxed SIMD: the whole step, gradients and Adam included, is one function compiled by jit.
import { dataOf, operandsOf, weightsOf } from '../data.mjs';

const kPackage = '@jax-js/jax';

/** @type {import('../implementation.mjs').About} */
export const about = {
  name: 'jax-js',
  variant: 'wasm',
  threads: 1,
  packages: [kPackage],
  flags: ['--experimental-wasm-relaxed-simd'],
};

/** @type {import('../host.mjs').Make} */
export async function make(workload) {
  if (workload.kind === 'peak') return 'it is about another library';
  // It takes as many threads as it sees shared memory for; here one thread is compared with one.
  Reflect.deleteProperty(globalThis, 'SharedArrayBuffer');
  const jax = await import(kPackage);
  await jax.init('wasm');
  jax.defaultDevice('wasm');
  if (workload.kind === 'gemm' || workload.kind === 'elementwise') return kernel(jax, workload);
  const training = new Training(jax, workload);
  return {
    async check(steps) {
      const losses = [];
      for (let i = 0; i < steps; ++i) losses.push((await training.step().data())[0]);
      return { losses };
    },
    async run(steps) {
      const started = performance.now();
      for (let i = 0; i < steps; ++i) await done(training.step());
      return (performance.now() - started) / 1000;
    },
  };
}

/**
 * It is lazy: what nobody waits for is never computed.
 * @param {any} result
 */
async function done(result) {
  await result.blockUntilReady();
  result.dispose();
}

class Training {
  #step = 0;

  /**
   * @param {any} jax
   * @param {import('../workload.mjs').TrainingWorkload} workload
   */
  constructor(jax, workload) {
    this.jax = jax;
    const { numpy: np } = jax;
    this.workload = workload;
    const { features, targets, width, outputs } = dataOf(workload);
    const { batch, rows } = workload;
    const shape = workload.kind === 'cnn' ? [batch, 1, workload.side, workload.side] : [batch, width];
    this.batches = Array.from({ length: rows / batch }, (_, i) => {
      const x = features.slice(i * batch * width, (i + 1) * batch * width);
      const t = np
        .array(targets.slice(i * batch * outputs, (i + 1) * batch * outputs))
        .reshape([batch, outputs]);
      if (workload.kind !== 'gpt') return { x: np.array(x).reshape(shape), t };
      return {
        x: np.array(Int32Array.from(x)).reshape(shape),
        t: jax.nn.oneHot(t.astype(np.int32), workload.vocabulary),
      };
    });
    const weights = weightsOf(workload);
    const zeros = () => weights.map((each) => np.zeros(each.shape));
    this.state = {
      parameters: weights.map((each) => np.array(each.values).reshape(each.shape)),
      first: zeros(),
      second: zeros(),
    };
    this.update = jax.jit((/** @type {any[]} */ ...args) => this.#update(args));
  }

  /** The loss before the update. */
  step() {
    const { x, t } = this.batches[this.#step++ % this.batches.length];
    const { parameters, first, second } = this.state;
    const count = parameters.length;
    const rate = (this.workload.learning_rate * Math.sqrt(1 - 0.999 ** this.#step)) / (1 - 0.9 ** this.#step);
    const epsilon = 1e-8 * Math.sqrt(1 - 0.999 ** this.#step);
    const results = this.update(...parameters, ...first, ...second, x.ref, t.ref, rate, epsilon);
    this.state = {
      parameters: results.slice(0, count),
      first: results.slice(count, 2 * count),
      second: results.slice(2 * count, 3 * count),
    };
    return results[3 * count];
  }

  /** What weight decay leaves of a matrix. */
  get #kept() {
    const { workload } = this;
    return workload.kind === 'gpt' ? 1 - workload.learning_rate * workload.weight_decay : 1;
  }

  /** @param {any} parameter */
  #decays(parameter) {
    return this.workload.kind === 'gpt' && parameter.shape.length > 1;
  }

  /** Adam with its two corrections drawn into learning rate and epsilon, which is the same. @param {any[]} args */
  #update(args) {
    const { jax } = this;
    const { numpy: np } = jax;
    const count = (args.length - 4) / 3;
    const parameters = args.slice(0, count);
    const [x, t, rate, epsilon] = args.slice(3 * count);
    const [loss, gradients] = jax.valueAndGrad((/** @type {any[]} */ p) => this.#loss(p, x, t))(
      parameters.map((p) => p.ref),
    );
    const first = [];
    const second = [];
    const moved = [];
    for (let i = 0; i < count; ++i) {
      const g = gradients[i];
      const m = args[count + i].mul(0.9).add(g.ref.mul(0.1));
      const v = args[2 * count + i].mul(0.999).add(g.ref.mul(g).mul(0.001));
      const decayed = this.#decays(parameters[i]) ? parameters[i].mul(this.#kept) : parameters[i];
      moved.push(decayed.sub(m.ref.mul(rate.ref).div(np.sqrt(v.ref).add(epsilon.ref))));
      first.push(m);
      second.push(v);
    }
    rate.dispose();
    epsilon.dispose();
    return [...moved, ...first, ...second, loss];
  }

  /** @param {any[]} p @param {any} x @param {any} t */
  #loss(p, x, t) {
    const { jax, workload } = this;
    const { numpy: np, nn, lax } = jax;
    if (workload.kind === 'gpt') {
      const logits = transformer(jax, workload, p, x);
      return nn
        .logSoftmax(logits, -1)
        .mul(t)
        .sum()
        .div(-workload.batch * workload.context);
    }
    let at = 0;
    if (workload.kind === 'cnn') {
      for (let i = 0; i < 2; ++i, at += 2) {
        x = lax.conv(x, p[at], [1, 1], 'SAME').add(p[at + 1].reshape([1, -1, 1, 1]));
        x = lax.reduceWindow(nn.relu(x), (/** @type {any} */ window) => np.max(window), [2, 2], [2, 2]);
      }
      x = x.reshape([workload.batch, -1]);
    }
    for (; at < p.length; at += 2) {
      x = np.matmul(x, p[at]).add(p[at + 1]);
      if (at + 2 < p.length)
        x = workload.kind === 'mlp' && workload.activation === 'tanh' ? np.tanh(x) : nn.relu(x);
    }
    if (workload.kind === 'mlp' && workload.loss === 'squared_error') {
      return np.square(x.sub(t)).sum().div(workload.batch);
    }
    return nn.logSoftmax(x, 1).mul(t).sum().div(-workload.batch);
  }
}

/**
 * Logits (batch, context, vocabulary).
 * @param {any} jax
 * @param {import('../workload.mjs').GptWorkload} workload
 * @param {any[]} p parameters in the order of weightsOf
 * @param {any} tokens (batch, context)
 */
function transformer({ numpy: np, nn }, { batch, context, width, heads, layers }, p, tokens) {
  let at = 0;
  const next = () => p[at++];
  /** @param {any} x */
  const norm = (x) => nn.standardize(x, -1, { epsilon: 1e-5 }).mul(next()).add(next());
  /** @param {any} x */
  const linear = (x) => np.matmul(x, next()).add(next());
  const mask = np.triu(np.full([context, context], -1e9), 1);
  let x = np.take(next(), tokens, 0).add(next());
  for (let i = 0; i < layers; ++i) {
    const parts = linear(norm(x.ref)).reshape([batch, context, 3, heads, width / heads]);
    const [q, k, v] = np.unstack(np.transpose(parts, [2, 0, 3, 1, 4]));
    const scores = np.matmul(q, np.transpose(k, [0, 1, 3, 2])).mul(1 / Math.sqrt(width / heads));
    const mixed = np.matmul(nn.softmax(scores.add(mask.ref), -1), v);
    x = x.add(linear(np.transpose(mixed, [0, 2, 1, 3]).reshape([batch, context, width])));
    x = x.ref.add(linear(nn.gelu(linear(norm(x)), { approximate: false })));
  }
  mask.dispose();
  return np.matmul(norm(x), next());
}

/**
 * @param {any} jax
 * @param {import('../workload.mjs').GemmWorkload | import('../workload.mjs').ElementwiseWorkload} workload
 * @returns {import('../host.mjs').Runner}
 */
function kernel(jax, workload) {
  const { numpy: np, nn, jit } = jax;
  const operands = operandsOf(workload);
  /** @type {() => any} */
  let call;
  if (workload.kind === 'gemm') {
    const { m, n, k, transpose_a, transpose_b } = workload;
    const a = np.array(operands.a).reshape(transpose_a ? [k, m] : [m, k]);
    const b = np.array(operands.b).reshape(transpose_b ? [n, k] : [k, n]);
    const product = jit((/** @type {any} */ x, /** @type {any} */ y) =>
      np.matmul(transpose_a ? np.transpose(x) : x, transpose_b ? np.transpose(y) : y),
    );
    call = () => product(a.ref, b.ref);
  } else {
    /** @type {Record<typeof workload.op, (x: any) => any>} */
    const functions = {
      relu: nn.relu,
      exp: np.exp,
      tanh: np.tanh,
      sigmoid: nn.sigmoid,
      gelu: (x) => nn.gelu(x, { approximate: false }),
      softmax: (x) => nn.softmax(x, 1),
    };
    const x = np.array(operands.a).reshape([workload.rows, workload.columns]);
    const compiled = jit((/** @type {any} */ value) => functions[workload.op](value));
    call = () => compiled(x.ref);
  }
  return {
    async run(steps) {
      const started = performance.now();
      for (let i = 0; i < steps; ++i) await done(call());
      return (performance.now() - started) / 1000;
    },
  };
}
