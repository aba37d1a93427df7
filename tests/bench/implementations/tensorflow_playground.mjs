// The algorithm of TensorFlow Playground (nn.ts), written anew: every neuron and every weight is an object, samples go through one
// after the other, gradients are summed in the weights and applied by plain gradient descent at the end of a batch. It knows half
// the squared error alone; several outputs, which its page has not, are trained each with its own.
import { dataOf, weightsOf } from '../data.mjs';
import { batchInOrder } from '../judge.mjs';

export const about = { name: 'tensorflow-playground', variant: 'js', threads: 1 };

/** @type {import('../host.mjs').Make} */
export function make(workload) {
  if (workload.kind !== 'mlp') return 'it has dense layers only';
  const network = new Network(workload.sizes, workload.activation === 'tanh' ? tanh : relu);
  const data = dataOf(workload);
  const rule = /** @type {const} */ ({ loss: 'half_squared_error', optimizer: 'sgd', learning_rate: 0.03 });
  network.setWeights(weightsOf(workload).map(({ values }) => values));
  // Samples are arrays there as well.
  const inputs = rowsOf(data.features, data.width);
  const targets = rowsOf(data.targets, data.outputs);
  let step = 0;
  const train = () => {
    let loss = 0;
    for (const row of batchInOrder(workload, step++)) {
      network.forward(inputs[row]);
      loss += network.backward(targets[row]);
    }
    network.update(rule.learning_rate);
    return loss / workload.batch;
  };
  return {
    check: (steps) => ({ losses: Array.from({ length: steps }, train), rule }),
    run(steps) {
      const started = performance.now();
      for (let i = 0; i < steps; ++i) train();
      return (performance.now() - started) / 1000;
    },
  };
}

/**
 * @param {Float32Array} values
 * @param {number} width
 */
function rowsOf(values, width) {
  return Array.from({ length: values.length / width }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width)),
  );
}

/** @typedef {{ output: (x: number) => number, der: (x: number) => number }} ActivationFunction of the sum */

/** @type {ActivationFunction} */
const tanh = {
  output: (x) => Math.tanh(x),
  der: (x) => {
    const output = tanh.output(x);
    return 1 - output * output;
  },
};
/** @type {ActivationFunction} */
const relu = { output: (x) => Math.max(0, x), der: (x) => (x <= 0 ? 0 : 1) };
/** @type {ActivationFunction} */
const linear = { output: (x) => x, der: () => 1 };

/** One weight, from a node to a node. */
class Link {
  weight = Math.random() - 0.5;
  isDead = false;
  errorDer = 0;
  accErrorDer = 0;
  numAccumulatedDers = 0;
  /** None, here. @type {{ der: (weight: number) => number } | null} */
  regularization = null;

  /** @param {Node} source @param {Node} dest */
  constructor(source, dest) {
    this.id = `${source.id}-${dest.id}`;
    this.source = source;
    this.dest = dest;
  }
}

class Node {
  /** @type {Link[]} */
  inputLinks = [];
  /** @type {Link[]} */
  outputs = [];
  bias = 0.1;
  totalInput = 0;
  output = 0;
  outputDer = 0;
  inputDer = 0;
  accInputDer = 0;
  numAccumulatedDers = 0;

  /** @param {string} id @param {ActivationFunction} activation */
  constructor(id, activation) {
    this.id = id;
    this.activation = activation;
  }

  updateOutput() {
    this.totalInput = this.bias;
    for (let j = 0; j < this.inputLinks.length; j++) {
      const link = this.inputLinks[j];
      this.totalInput += link.weight * link.source.output;
    }
    this.output = this.activation.output(this.totalInput);
    return this.output;
  }
}

class Network {
  /** Inputs first. @type {Node[][]} */
  layers;

  /** @param {number[]} sizes @param {ActivationFunction} activation of hidden layers */
  constructor(sizes, activation) {
    let id = 0;
    this.layers = sizes.map((size, i) =>
      Array.from({ length: size }, () => new Node(String(++id), i + 1 < sizes.length ? activation : linear)),
    );
    for (let i = 1; i < sizes.length; i++) {
      for (const dest of this.layers[i]) {
        for (const source of this.layers[i - 1]) {
          const link = new Link(source, dest);
          source.outputs.push(link);
          dest.inputLinks.push(link);
        }
      }
    }
  }

  /** @param {Float32Array[]} parameters weight (in, out), bias, … */
  setWeights(parameters) {
    this.layers.slice(1).forEach((layer, i) =>
      layer.forEach((node, j) => {
        node.bias = parameters[2 * i + 1][j];
        node.inputLinks.forEach((link, k) => (link.weight = parameters[2 * i][k * layer.length + j]));
      }),
    );
  }

  /** @param {number[]} inputs */
  forward(inputs) {
    const [first, ...others] = this.layers;
    for (let i = 0; i < first.length; i++) first[i].output = inputs[i];
    for (const layer of others) {
      for (let i = 0; i < layer.length; i++) layer[i].updateOutput();
    }
  }

  /**
   * Adds the gradients of this sample to the sums; its loss.
   * @param {number[]} targets
   */
  backward(targets) {
    let loss = 0;
    const last = this.layers[this.layers.length - 1];
    for (let i = 0; i < last.length; i++) {
      const error = last[i].output - targets[i];
      last[i].outputDer = error;
      loss += 0.5 * error * error;
    }
    for (let layerIndex = this.layers.length - 1; layerIndex >= 1; layerIndex--) {
      const layer = this.layers[layerIndex];
      for (let i = 0; i < layer.length; i++) {
        const node = layer[i];
        node.inputDer = node.outputDer * node.activation.der(node.totalInput);
        node.accInputDer += node.inputDer;
        node.numAccumulatedDers++;
      }
      for (let i = 0; i < layer.length; i++) {
        const node = layer[i];
        for (let j = 0; j < node.inputLinks.length; j++) {
          const link = node.inputLinks[j];
          if (link.isDead) continue;
          link.errorDer = node.inputDer * link.source.output;
          link.accErrorDer += link.errorDer;
          link.numAccumulatedDers++;
        }
      }
      if (layerIndex === 1) continue;
      const before = this.layers[layerIndex - 1];
      for (let i = 0; i < before.length; i++) {
        const node = before[i];
        node.outputDer = 0;
        for (let j = 0; j < node.outputs.length; j++) {
          const output = node.outputs[j];
          node.outputDer += output.weight * output.dest.inputDer;
        }
      }
    }
    return loss;
  }

  /** @param {number} learningRate */
  update(learningRate) {
    for (let layerIndex = 1; layerIndex < this.layers.length; layerIndex++) {
      const layer = this.layers[layerIndex];
      for (let i = 0; i < layer.length; i++) {
        const node = layer[i];
        if (node.numAccumulatedDers > 0) {
          node.bias -= (learningRate * node.accInputDer) / node.numAccumulatedDers;
          node.accInputDer = 0;
          node.numAccumulatedDers = 0;
        }
        for (let j = 0; j < node.inputLinks.length; j++) {
          const link = node.inputLinks[j];
          if (link.isDead || link.numAccumulatedDers === 0) continue;
          link.weight -= (learningRate / link.numAccumulatedDers) * link.accErrorDer;
          if (link.regularization) link.weight -= learningRate * link.regularization.der(link.weight);
          link.accErrorDer = 0;
          link.numAccumulatedDers = 0;
        }
      }
    }
  }
}
