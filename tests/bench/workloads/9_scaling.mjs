// How the time of a step and the memory of training grow: with the parameters of a network, with its batch, and with the context of
// a language model. Of Athanor alone.

/** Two hidden layers of the width that comes nearest: w² + 28 w + 10 parameters. @type {[number, number][]} */
const kWidths = [
  [1e2, 3],
  [1e3, 20],
  [1e4, 87],
  [1e5, 303],
  [1e6, 986],
  [1e7, 3148],
];

/** @type {import('../workload.mjs').MlpWorkload[]} */
const parameters = kWidths.map(([at, width]) => ({
  kind: 'mlp',
  name: `parameters-${at}`,
  title: `16-${width}-${width}-10, ReLU, cross-entropy, batch 32`,
  batch: 32,
  rows: 1024,
  sizes: [16, width, width, 10],
  activation: 'relu',
  loss: 'cross_entropy',
  learning_rate: 1e-4,
  curve: { axis: 'parameters', at, network: '16-w-w-10, batch 32' },
}));

/** @type {import('../workload.mjs').MlpWorkload[]} */
const batches = [1, 4, 16, 64, 256, 1024].map((batch) => ({
  kind: 'mlp',
  name: `batch-${batch}`,
  title: `784-128-10, ReLU, cross-entropy, batch ${batch}`,
  batch,
  rows: 1024,
  sizes: [784, 128, 10],
  activation: 'relu',
  loss: 'cross_entropy',
  learning_rate: 1e-3,
  curve: { axis: 'batch', at: batch, network: '784-128-10' },
}));

/** The same sequences in each step, so that the loss has to fall. @type {import('../workload.mjs').GptWorkload[]} */
const contexts = [16, 32, 64, 128, 256, 512].map((context) => ({
  kind: 'gpt',
  name: `context-${context}`,
  title: `GPT: 4 layers, 4 heads, width 64, context ${context}, vocabulary 65, batch 2`,
  batch: 2,
  rows: 2,
  layers: 4,
  heads: 4,
  width: 64,
  context,
  vocabulary: 65,
  learning_rate: 1e-3,
  weight_decay: 0.01,
  curve: { axis: 'context', at: context, network: 'GPT, 4 layers, width 64, batch 2' },
}));

export const workloads = [...parameters, ...batches, ...contexts];
