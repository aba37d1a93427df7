// PyTorch as it runs natively, on one thread: Debian's python3-torch, or whatever Python $ATHANOR_PYTHON names.
import { fileURLToPath } from 'node:url';
import { ask } from '../../../tools/common/run.mjs';

const kPython = process.env.ATHANOR_PYTHON || '/usr/bin/python3';

/** @type {import('../implementation.mjs').About} */
export const about = {
  name: 'pytorch',
  variant: 'native',
  threads: 1,
  async program() {
    if ((await ask(kPython, ['-c', 'import torch'])) === undefined) {
      return `${kPython} has no module torch (on Debian: apt-get install python3-torch libopenblas0-pthread)`;
    }
    return { program: kPython, args: [fileURLToPath(new URL('../shared/pytorch.py', import.meta.url))] };
  },
};
