// Athanor's `simd` variant under Node: the reference.
import { makeAthanor } from '../shared/athanor.mjs';

/** @type {import('../implementation.mjs').About} */
export const about = {
  name: 'athanor',
  variant: 'simd',
  threads: 1,
  needs: ['package', 'module'],
};

/** @type {import('../host.mjs').Make} */
export const make = (workload) => makeAthanor(workload, about.variant);
