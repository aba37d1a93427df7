// Athanor's `threads` variant under Node, a thread for each processor.
import { availableParallelism } from 'node:os';
import { makeAthanor } from '../shared/athanor.mjs';

/** @type {import('../implementation.mjs').About} */
export const about = {
  name: 'athanor',
  variant: 'threads',
  threads: availableParallelism(),
  needs: ['package', 'module'],
  flags: ['--experimental-wasm-relaxed-simd'],
};

/** @type {import('../host.mjs').Make} */
export const make = (workload) => makeAthanor(workload, about.variant);
