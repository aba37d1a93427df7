// Matrix products alone: those of the workloads' layers, with the operands transposed as the backward pass has them, and squares.

/** m, n, k, and which operand is stored transposed. @type {[number, number, number, ''|'a'|'b'][]} */
const shapes = [
  [10, 8, 8, ''],
  [8, 8, 10, 'a'],
  [10, 8, 8, 'b'],
  [32, 128, 784, ''],
  [784, 128, 32, 'a'],
  [128, 256, 784, ''],
  [128, 256, 256, 'b'],
  [64, 64, 64, ''],
  [256, 256, 256, ''],
  [512, 512, 512, ''],
];

/** @type {import('../workload.mjs').GemmWorkload[]} */
export const workloads = shapes.map(([m, n, k, transposed]) => ({
  kind: 'gemm',
  name: `gemm-${m}x${n}x${k}${transposed === '' ? '' : `-${transposed}t`}`,
  title: `product ${m} × ${n} × ${k}${transposed === '' ? '' : `, ${transposed} transposed`}`,
  m,
  n,
  k,
  transpose_a: transposed === 'a',
  transpose_b: transposed === 'b',
}));
