// ConvNetJS 0.3.0: plain JavaScript, samples one after the other. The published version has no Adam; Adadelta keeps two sums for
// every weight as well. Its regression layer knows half the squared error. Arrays are of 64-bit floats.
import { dataOf, weightsOf } from '../data.mjs';
import { batchInOrder } from '../judge.mjs';

export const about = { name: 'convnetjs', variant: 'js', threads: 1, packages: ['convnetjs'] };

/** @type {import('../host.mjs').Make} */
export async function make(workload) {
  if (workload.kind !== 'mlp' && workload.kind !== 'cnn') return 'it has dense and convolutional layers only';
  const package_ = 'convnetjs';
  const { default: convnetjs } = await import(package_);
  const net = new convnetjs.Net();
  net.makeLayers(workload.kind === 'mlp' ? denseLayers(workload) : convolutionalLayers(workload));
  setWeights(net, workload, weightsOf(workload));
  const trainer = new convnetjs.Trainer(net, { method: 'adadelta', batch_size: workload.batch });

  const data = dataOf(workload);
  const side = workload.kind === 'cnn' ? workload.side : 1;
  const depth = data.width / side ** 2;
  const inputs = Array.from({ length: workload.rows }, (_, row) => {
    const volume = new convnetjs.Vol(side, side, depth, 0);
    volume.w.set(data.features.subarray(row * data.width, (row + 1) * data.width));
    return volume;
  });
  const isClasses = workload.kind === 'cnn' || workload.loss === 'cross_entropy';
  const targets = Array.from({ length: workload.rows }, (_, row) => {
    const target = data.targets.subarray(row * data.outputs, (row + 1) * data.outputs);
    return isClasses ? target.indexOf(1) : Array.from(target);
  });
  let step = 0;
  const train = () => {
    let loss = 0;
    for (const row of batchInOrder(workload, step++))
      loss += trainer.train(inputs[row], targets[row]).cost_loss;
    return loss / workload.batch / (isClasses ? 1 : 4); // it reports twice the square
  };
  return {
    check: (steps) => ({
      losses: Array.from({ length: steps }, train),
      rule: {
        loss: isClasses ? 'cross_entropy' : 'half_squared_error',
        optimizer: 'adadelta',
        learning_rate: 0,
      },
    }),
    run(steps) {
      const started = performance.now();
      for (let i = 0; i < steps; ++i) train();
      return (performance.now() - started) / 1000;
    },
  };
}

/** @param {import('../workload.mjs').MlpWorkload} workload */
function denseLayers({ sizes, activation, loss }) {
  const hidden = sizes.slice(1, -1).map((units) => ({ type: 'fc', num_neurons: units, activation }));
  const outputs = sizes[sizes.length - 1];
  const last =
    loss === 'cross_entropy'
      ? { type: 'softmax', num_classes: outputs }
      : { type: 'regression', num_neurons: outputs };
  return [{ type: 'input', out_sx: 1, out_sy: 1, out_depth: sizes[0] }, ...hidden, last];
}

/** @param {import('../workload.mjs').CnnWorkload} workload */
function convolutionalLayers({ side, channels, classes }) {
  const blocks = channels.flatMap((filters) => [
    { type: 'conv', sx: 3, filters, stride: 1, pad: 1, activation: 'relu' },
    { type: 'pool', sx: 2, stride: 2 },
  ]);
  return [
    { type: 'input', out_sx: side, out_sy: side, out_depth: 1 },
    ...blocks,
    { type: 'softmax', num_classes: classes },
  ];
}

/**
 * Its filters are (height, width, depth), one for each output; biases of layers before a ReLU begin at 0.1 unless they are set.
 * @param {any} net
 * @param {import('../workload.mjs').MlpWorkload | import('../workload.mjs').CnnWorkload} workload
 * @param {import('../data.mjs').Weights[]} weights
 */
function setWeights(net, workload, weights) {
  const trained = net.layers.filter((/** @type {any} */ layer) => layer.filters);
  trained.forEach((/** @type {any} */ layer, /** @type {number} */ i) => {
    const { shape, values } = weights[2 * i];
    const outputs = layer.filters.length;
    layer.biases.w.fill(0);
    layer.filters.forEach((/** @type {any} */ filter, /** @type {number} */ output) => {
      if (shape.length === 4) {
        const [, depth, height, width] = shape;
        for (let d = 0; d < depth; ++d) {
          for (let at = 0; at < height * width; ++at) {
            filter.w[at * depth + d] = values[(output * depth + d) * height * width + at];
          }
        }
      } else {
        // The dense layer after pooling reads (height, width, channels), while weights come as (channels, height, width).
        const channels = workload.kind === 'cnn' ? workload.channels[1] : 1;
        const places = shape[0] / channels;
        for (let at = 0; at < places; ++at) {
          for (let c = 0; c < channels; ++c) {
            filter.w[at * channels + c] = values[(c * places + at) * outputs + output];
          }
        }
      }
    });
  });
}
