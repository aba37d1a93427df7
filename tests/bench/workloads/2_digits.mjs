// A classifier of 784 inputs, as many as a small image has: mostly matrix products, with few rows.

/** @type {import('../workload.mjs').MlpWorkload[]} */
export const workloads = [
  {
    kind: 'mlp',
    name: 'digits-32',
    title: '784-128-10, ReLU, cross-entropy, batch 32',
    batch: 32,
    rows: 512,
    sizes: [784, 128, 10],
    activation: 'relu',
    loss: 'cross_entropy',
    learning_rate: 0.001,
  },
];
