// TensorFlow.js in plain JavaScript.
import { makeTfjs } from '../shared/tfjs.mjs';

const kPackages = ['@tensorflow/tfjs'];
export const about = { name: 'tfjs', variant: 'cpu', threads: 1, packages: kPackages };

/** @type {import('../host.mjs').Make} */
export function make(workload) {
  return makeTfjs(workload, async () => {
    const [tf] = await Promise.all(kPackages.map((name) => import(name)));
    await tf.setBackend('cpu');
    return tf;
  });
}
