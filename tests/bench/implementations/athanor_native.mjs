// Athanor as a native program, with AVX2 and FMA where this machine has them.
import { nativeProgram } from '../shared/native.mjs';

/** @type {import('../implementation.mjs').About} */
export const about = {
  name: 'athanor',
  variant: 'native',
  threads: 1,
  needs: ['native'],
  program: nativeProgram('athanor'),
};
