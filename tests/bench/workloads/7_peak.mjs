// What the matrix product could reach at most; its own results are given as a share of it.

/** @type {import('../workload.mjs').PeakWorkload[]} */
export const workloads = [{ kind: 'peak', name: 'peak', title: 'the micro-kernel alone, data in L1' }];
