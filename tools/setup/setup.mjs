// Brings the machine to the point where a command can build: a list of steps, each checked cheaply, done when missing.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, downloads, nodeModules } from '../common/paths.mjs';
import { kMegabyte, requireSpace } from '../common/disk.mjs';
import { withLock } from '../common/lock.mjs';
import { say } from '../common/say.mjs';
import { installPackages as installSystemPackages } from './apt.mjs';
import * as emscripten from './emscripten.mjs';
import * as libraries from './libraries.mjs';
import { missingNeeds } from './needs.mjs';
import * as packages from './packages.mjs';
import { isAutomatic, refuse, thisSystem } from './system.mjs';

/** @typedef {import('../common/say.mjs').Steps} Steps */
/** @typedef {import('./needs.mjs').Purpose} Purpose */

/**
 * How many steps `setUp` reports.
 * @param {Purpose[]} purposes
 */
export function countSteps(purposes) {
  return 1 + (usesLibraries(purposes) ? 1 : 0) + (purposes.includes('engine') ? 1 : 0) + 1;
}

/** @param {Purpose[]} purposes */
function usesLibraries(purposes) {
  return purposes.some((purpose) => ['engine', 'native', 'catch2', 'lint'].includes(purpose));
}

const kNodeModulesBytes = 350 * kMegabyte;
const kCatch2Bytes = 40 * kMegabyte; // with the package lists it takes to find it
const kBuildBytes = 500 * kMegabyte;

/**
 * @param {Purpose[]} purposes
 * @param {Steps} steps
 * @returns {Promise<emscripten.Toolchain | undefined>} the compiler to WebAssembly, when the purposes ask for it
 */
export async function setUp(purposes, steps) {
  return withLock(
    join(cache, 'lock'),
    (holder) => say(`Another set-up is running (process ${holder}); waiting for it to finish.`),
    () => setUpLocked(purposes, steps),
  );
}

/**
 * @param {Purpose[]} purposes
 * @param {Steps} steps
 */
async function setUpLocked(purposes, steps) {
  const system = thisSystem();
  const compiles = purposes.includes('engine');
  const own = compiles ? await emscripten.findToolchain() : undefined;
  const missing = await missingNeeds(new Set(purposes), own === undefined && isAutomatic(system));
  const lacks = {
    emcc: compiles && own === undefined && !emscripten.privateToolchainIsReady(),
    catch2: usesLibraries(purposes) && !libraries.catch2IsReady(),
  };
  if (!isAutomatic(system)) {
    // Without Catch2 the page can still be built; only the tests need it.
    lacks.catch2 &&= purposes.includes('catch2');
    if (missing.length > 0 || lacks.emcc || lacks.catch2) throw refuse(system, missing, lacks);
  }
  checkSpace(missing, lacks, purposes);

  steps.begin('System packages');
  if (missing.length > 0)
    await installSystemPackages(
      missing.map((need) => need.debian),
      steps,
    );
  steps.done();

  if (usesLibraries(purposes)) {
    steps.begin('C++ libraries');
    libraries.linkHeaders();
    if (lacks.catch2) await libraries.installCatch2(steps);
    steps.done();
  }
  if (compiles) {
    steps.begin(`Emscripten ${own ? own.version : emscripten.privateToolchain().version}`);
    if (lacks.emcc) await emscripten.installToolchain(steps);
    steps.done(own ? `using the one at ${own.root}` : 'ready');
  }
  rmSync(downloads, { recursive: true, force: true });

  steps.begin('npm packages');
  if (!packages.packagesAreReady()) await packages.installPackages(steps);
  steps.done();
  return compiles ? (own ?? emscripten.privateToolchain()) : undefined;
}

/**
 * @param {import('./needs.mjs').Need[]} missing
 * @param {{ emcc: boolean, catch2: boolean }} lacks
 * @param {Purpose[]} purposes
 */
function checkSpace(missing, lacks, purposes) {
  const demands = [];
  const megabytes = missing.reduce((sum, need) => sum + need.megabytes, 0);
  // Downloaded packages lie beside the installed ones until apt is done: about a third more.
  if (megabytes > 0) demands.push({ path: '/usr', bytes: 1.4 * megabytes * kMegabyte });
  if (lacks.emcc) demands.push({ path: cache, bytes: emscripten.kEmscriptenBytes });
  if (lacks.catch2) demands.push({ path: cache, bytes: kCatch2Bytes });
  if (!packages.packagesAreReady()) {
    demands.push({
      path: nodeModules,
      bytes: kNodeModulesBytes + (purposes.includes('engine') ? kBuildBytes : 0),
    });
  }
  requireSpace(demands);
}
