// Athanor's `relaxed` variant under Node: with relaxed SIMD, whose last bits may differ.
import { makeAthanor } from '../shared/athanor.mjs';

/** @type {import('../implementation.mjs').About} */
export const about = {
  name: 'athanor',
  variant: 'relaxed',
  threads: 1,
  needs: ['package', 'module'],
  flags: ['--experimental-wasm-relaxed-simd'],
};

/** @type {import('../host.mjs').Make} */
export const make = (workload) => makeAthanor(workload, about.variant);
