// Training a multi-layer perceptron written down as in a textbook, in doubles and as slowly as it comes: what implementations'
// losses are held against. Nothing here is timed.

/** @typedef {import('./workload.mjs').MlpWorkload} MlpWorkload */
/** @typedef {import('./data.mjs').Data} Data */
/** @typedef {import('./data.mjs').Weights} Weights */

/**
 * Where an implementation trains by another rule than the workload asks for, because it knows no other. `half_squared_error` is half
 * the squared distance.
 * @typedef {object} Rule
 * @property {'squared_error' | 'half_squared_error' | 'cross_entropy'} loss
 * @property {'adam' | 'adadelta' | 'sgd'} optimizer Adam with 0.9, 0.999 and 1e-8; Adadelta with 0.95 and 1e-6, without a
 *   learning rate
 * @property {number} learning_rate
 */

/**
 * @param {MlpWorkload} workload
 * @returns {Rule}
 */
export function ruleOf({ loss, learning_rate }) {
  return { loss, optimizer: 'adam', learning_rate };
}

/**
 * Mean loss over the rows, and its gradient towards every parameter.
 * @param {MlpWorkload} workload
 * @param {Rule['loss']} loss
 * @param {Data} data
 * @param {readonly number[]} rows
 * @param {readonly Float64Array[]} parameters weight (in, out), bias, weight, …
 */
export function lossAndGradients({ sizes, activation }, loss, data, rows, parameters) {
  const gradients = parameters.map((values) => new Float64Array(values.length));
  const layers = sizes.length - 1;
  let total = 0;
  for (const row of rows) {
    /** Outputs of each layer, the inputs first. @type {Float64Array[]} */
    const outputs = [Float64Array.from(data.features.subarray(row * data.width, (row + 1) * data.width))];
    for (let layer = 0; layer < layers; ++layer) {
      const sums = Float64Array.from(parameters[2 * layer + 1]);
      const weights = parameters[2 * layer];
      const units = sums.length;
      outputs[layer].forEach((x, i) => {
        if (x !== 0) for (let j = 0; j < units; ++j) sums[j] += x * weights[i * units + j];
      });
      const isHidden = layer + 1 < layers;
      outputs.push(isHidden ? sums.map(activation === 'tanh' ? Math.tanh : (x) => Math.max(x, 0)) : sums);
    }
    const target = data.targets.subarray(row * data.outputs, (row + 1) * data.outputs);
    const last = lossOf(loss, outputs[layers], target);
    total += last.value;
    let delta = last.gradient;
    for (let layer = layers - 1; layer >= 0; --layer) {
      const weights = parameters[2 * layer];
      const units = delta.length;
      const inputs = outputs[layer];
      const before = new Float64Array(inputs.length);
      for (let j = 0; j < units; ++j) gradients[2 * layer + 1][j] += delta[j] / rows.length;
      inputs.forEach((x, i) => {
        let sum = 0;
        for (let j = 0; j < units; ++j) {
          if (x !== 0) gradients[2 * layer][i * units + j] += (x * delta[j]) / rows.length;
          if (layer > 0) sum += weights[i * units + j] * delta[j];
        }
        before[i] = sum * (activation === 'tanh' ? 1 - x * x : Number(x > 0));
      });
      delta = before;
    }
  }
  return { loss: total / rows.length, gradients };
}

/**
 * @param {Rule['loss']} loss
 * @param {Float64Array} outputs
 * @param {Float32Array} target
 */
function lossOf(loss, outputs, target) {
  if (loss !== 'cross_entropy') {
    const scale = loss === 'half_squared_error' ? 0.5 : 1;
    const value = outputs.reduce((sum, y, i) => sum + scale * (y - target[i]) ** 2, 0);
    return { value, gradient: outputs.map((y, i) => 2 * scale * (y - target[i])) };
  }
  const largest = Math.max(...outputs);
  const powers = outputs.map((y) => Math.exp(y - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  const value = outputs.reduce((all, y, i) => all - target[i] * (y - largest - Math.log(sum)), 0);
  return { value, gradient: powers.map((p, i) => p / sum - target[i]) };
}

/**
 * One step of the rule, in place. `step` counts from 1.
 * @param {Rule} rule
 * @param {Float64Array[]} parameters
 * @param {Float64Array[]} gradients
 * @param {Float64Array[][]} state two blocks for every parameter
 * @param {number} step
 */
function update({ optimizer, learning_rate }, parameters, gradients, state, step) {
  parameters.forEach((values, at) => {
    const [first, second] = state[at];
    values.forEach((value, i) => {
      const g = gradients[at][i];
      if (optimizer === 'sgd') {
        values[i] = value - learning_rate * g;
      } else if (optimizer === 'adam') {
        first[i] = 0.9 * first[i] + 0.1 * g;
        second[i] = 0.999 * second[i] + 0.001 * g * g;
        const mean = first[i] / (1 - 0.9 ** step);
        const square = second[i] / (1 - 0.999 ** step);
        values[i] = value - (learning_rate * mean) / (Math.sqrt(square) + 1e-8);
      } else {
        first[i] = 0.95 * first[i] + 0.05 * g * g;
        const change = -Math.sqrt((second[i] + 1e-6) / (first[i] + 1e-6)) * g;
        second[i] = 0.95 * second[i] + 0.05 * change * change;
        values[i] = value + change;
      }
    });
  });
}

/**
 * The losses of steps on these batches, each before its update.
 * @param {MlpWorkload} workload
 * @param {Rule} rule
 * @param {Data} data
 * @param {Weights[]} weights where they begin
 * @param {readonly (readonly number[])[]} batches rows of each step
 */
export function referenceLosses(workload, rule, data, weights, batches) {
  const parameters = weights.map(({ values }) => Float64Array.from(values));
  const state = parameters.map(({ length }) => [new Float64Array(length), new Float64Array(length)]);
  return batches.map((rows, step) => {
    const { loss, gradients } = lossAndGradients(workload, rule.loss, data, rows, parameters);
    update(rule, parameters, gradients, state, step + 1);
    return loss;
  });
}
