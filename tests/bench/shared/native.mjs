// The program that has the engine natively (native/).
import { join } from 'node:path';
import { build } from '../../../tools/common/paths.mjs';

/** @param {'athanor' | 'eigen'} library */
export function nativeProgram(library) {
  return async () => ({
    program: join(build, 'native-bench', 'tests', 'bench', 'native', 'athanor_bench'),
    args: [library],
  });
}
