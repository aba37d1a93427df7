// The static site: the engine's WebAssembly variants, then the page around them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, nodeModules, repo, site } from '../common/paths.mjs';
import { run } from '../common/run.mjs';
import { filesUnder, hashFiles, isStamped, stamp, unstamp } from '../common/stamp.mjs';
import { buildPreset, withBuildLock } from './cmake.mjs';

/** How many steps `buildSite` reports. */
export const kSiteSteps = 4;

/** @type {import('./cmake.mjs').Preset[]} */
const kVariants = ['wasm-simd', 'wasm-relaxed', 'wasm-threads'];
const kStamp = join(build, 'site.stamp');

/**
 * @param {import('../setup/emscripten.mjs').Toolchain | undefined} toolchain
 * @param {import('../common/say.mjs').Steps} steps
 */
export async function buildSite(toolchain, steps) {
  for (const variant of kVariants) {
    steps.begin(`Engine, ${variant}`);
    steps.done(await buildPreset(variant, ['athanor'], toolchain, (progress) => steps.progress(progress)));
  }
  steps.begin('Page');
  steps.done(await buildPage());
}

/**
 * The page alone, around variants that are built.
 * @returns {Promise<'unchanged' | 'built'>}
 */
export function buildPage() {
  return withBuildLock(buildPageLocked);
}

/** @returns {Promise<'unchanged' | 'built'>} */
async function buildPageLocked() {
  const inputs = [
    ...filesUnder(join(repo, 'web')),
    ...filesUnder(join(repo, 'bindings'), (name) => /\.(ts|js|mjs|json)$/.test(name)),
    ...filesUnder(join(build, 'engine'), (name) => /\.(mjs|wasm)$/.test(name)),
    join(repo, 'package.json'),
    join(repo, 'package-lock.json'),
  ];
  const value = hashFiles(repo, inputs);
  if (isStamped(kStamp, value) && existsSync(join(site, 'index.html'))) return 'unchanged';
  unstamp(kStamp);
  await run(process.execPath, [join(nodeModules, 'vite', 'bin', 'vite.js'), 'build', 'web'], {
    step: 'building the page',
    log: 'page',
    cwd: repo,
    env: { ...process.env, NO_COLOR: '1' },
  });
  stamp(kStamp, value);
  return 'built';
}
