// Functions of single numbers, and softmax, on a tensor that fits the second cache; the result goes to other memory.

/** @type {import('../workload.mjs').ElementwiseWorkload['op'][]} */
const ops = ['relu', 'exp', 'tanh', 'sigmoid', 'gelu'];

/** @type {import('../workload.mjs').ElementwiseWorkload[]} */
export const workloads = [
  ...ops.map(
    (op) =>
      /** @type {import('../workload.mjs').ElementwiseWorkload} */ ({
        kind: 'elementwise',
        name: op,
        title: `${op} of 128 × 128`,
        op,
        rows: 128,
        columns: 128,
      }),
  ),
  {
    kind: 'elementwise',
    name: 'softmax',
    title: 'softmax of 1024 × 10',
    op: 'softmax',
    rows: 1024,
    columns: 10,
  },
];
