// The page's npm packages, exactly as package-lock.json says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeModules, repo } from '../common/paths.mjs';
import { run } from '../common/run.mjs';
import { hashFiles, isStamped, stamp, unstamp } from '../common/stamp.mjs';

const kLockFile = join(repo, 'package-lock.json');
const kStamp = join(nodeModules, '.athanor-complete');

function stampValue() {
  return hashFiles(repo, [kLockFile]);
}

export function packagesAreReady() {
  return isStamped(kStamp, stampValue());
}

/** @param {import('../common/say.mjs').Steps} steps */
export async function installPackages(steps) {
  const total = Object.keys(JSON.parse(readFileSync(kLockFile, 'utf8')).packages).length - 1;
  let fetched = 0;
  unstamp(kStamp); // an interrupted run must not look complete
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=http'], {
    step: 'installing the npm packages',
    log: 'npm',
    cwd: repo,
    hint: 'Check the network (npm ping) and try again.',
    onLine: (line) => {
      if (/^npm http (fetch|cache) .*\.tgz/.test(line)) steps.progress(`${++fetched}/${total} packages`);
    },
  });
  stamp(kStamp, stampValue());
}
