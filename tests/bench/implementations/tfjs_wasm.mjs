// TensorFlow.js on WebAssembly with SIMD, one thread.
import { makeTfjs } from '../shared/tfjs.mjs';

const kPackages = ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'];
export const about = { name: 'tfjs', variant: 'wasm', threads: 1, packages: kPackages };

/** @type {import('../host.mjs').Make} */
export function make(workload) {
  return makeTfjs(workload, async () => {
    const [tf, wasm] = await Promise.all(kPackages.map((name) => import(name)));
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    wasm.setThreadsCount(1);
    if (!(await tf.setBackend('wasm'))) throw new Error('its wasm backend does not start');
    return tf;
  });
}
