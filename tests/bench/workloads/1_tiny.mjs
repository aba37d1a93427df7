// The network a first visit trains: what counts is what a step costs beside the arithmetic.

/** @type {import('../workload.mjs').MlpWorkload[]} */
export const workloads = [
  {
    kind: 'mlp',
    name: 'tiny',
    title: '2-8-8-1, tanh, squared error, batch 10',
    batch: 10,
    rows: 2000,
    sizes: [2, 8, 8, 1],
    activation: 'tanh',
    loss: 'squared_error',
    learning_rate: 0.01,
  },
];
