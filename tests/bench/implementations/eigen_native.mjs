// Eigen's matrix product natively, compiled as Athanor is.
import { nativeProgram } from '../shared/native.mjs';

/** @type {import('../implementation.mjs').About} */
export const about = {
  name: 'eigen',
  variant: 'native',
  threads: 1,
  needs: ['native'],
  program: nativeProgram('eigen'),
};
