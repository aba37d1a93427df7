// The libraries that are compared with, installed here when they are asked for: no other command needs them.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../tools/common/run.mjs';
import { hashFiles, isStamped, stamp, unstamp } from '../../tools/common/stamp.mjs';

const kFolder = fileURLToPath(new URL('.', import.meta.url));
const kStamp = join(kFolder, 'node_modules', '.athanor-complete');
const kLimit = '--fetch-timeout=60000'; // ms, of a single answer of the registry

/** Exactly what package-lock.json here says; throws a Failure when it cannot be had. */
export async function installPeers() {
  const value = hashFiles(kFolder, [join(kFolder, 'package-lock.json')]);
  if (isStamped(kStamp, value)) return;
  unstamp(kStamp); // an interrupted run must not look complete
  await run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', kLimit, '--fetch-retries=1'], {
    step: 'installing the libraries to compare with',
    log: 'bench-npm',
    cwd: kFolder,
    hint: 'Check the network (npm ping) and try again.',
  });
  stamp(kStamp, value);
}
