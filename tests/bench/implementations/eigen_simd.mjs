// Eigen's matrix product, compiled as Athanor's `simd` variant is: what a hand-written one has to beat.
import { makeAthanor } from '../shared/athanor.mjs';

/** @type {import('../implementation.mjs').About} */
export const about = {
  name: 'eigen',
  variant: 'simd',
  threads: 1,
  needs: ['module'],
};

/** @type {import('../host.mjs').Make} */
export const make = (workload) => makeAthanor(workload, about.variant, 'eigen');
