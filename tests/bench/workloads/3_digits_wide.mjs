// The same inputs with more rows in a batch and a hidden layer more: matrix products of a size that kernels are made for.

/** @type {import('../workload.mjs').MlpWorkload[]} */
export const workloads = [
  {
    kind: 'mlp',
    name: 'digits-128',
    title: '784-256-256-10, ReLU, cross-entropy, batch 128',
    batch: 128,
    rows: 512,
    sizes: [784, 256, 256, 10],
    activation: 'relu',
    loss: 'cross_entropy',
    learning_rate: 0.001,
  },
];
