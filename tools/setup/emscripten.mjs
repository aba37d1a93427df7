// The compiler to WebAssembly: an `emcc` on the PATH when it is new enough, else a private one in the cache, made of
// Debian's packages as they are (see the steps of `install`).
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { Failure } from '../common/failure.mjs';
import { cache, downloads } from '../common/paths.mjs';
import { ask, run } from '../common/run.mjs';
import { isStamped, stamp } from '../common/stamp.mjs';
import { compareVersions, findVersion } from '../common/versions.mjs';
import { PrivateApt } from './apt.mjs';
import { which } from './needs.mjs';

/** @typedef {{ root: string, config?: string, version: string }} Toolchain */

const kVersion = '3.1.69';
const kOldest = '3.1.60';
const kSuite = 'trixie';
// Raised whenever `install` makes something different from the same packages.
const kRecipe = '1';

const kFolder = join(cache, `emscripten-${kVersion}`);
const kStamp = join(kFolder, 'complete');
// Programs and libraries cannot be moved once patched, hence the path.
const kStampValue = `${kRecipe} ${kFolder}`;

// System libraries for link-time optimisation and dynamic linking, 1.2 GB of 1.6: not used.
const kLeftOut = [
  './usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/lto',
  './usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/lto-pic',
  './usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/pic',
  './usr/share/doc',
  './usr/share/man',
];

/** Downloads and what is unpacked from them, together at the worst moment. */
export const kEmscriptenBytes = 900e6;

/** @returns {Promise<Toolchain | undefined>} a new enough `emcc` of the person's own */
export async function findToolchain() {
  const emcc =
    which('emcc') ?? (process.env.EMSDK && join(process.env.EMSDK, 'upstream', 'emscripten', 'emcc'));
  if (!emcc || !existsSync(emcc)) return undefined;
  const version = findVersion((await ask(emcc, ['--version'])) ?? '');
  if (!version || compareVersions(version, kOldest) < 0) return undefined;
  const root = await ask(join(emcc, '..', 'em-config'), ['EMSCRIPTEN_ROOT']);
  return root ? { root, version } : undefined;
}

/** @returns {Toolchain} the one in the cache */
export function privateToolchain() {
  return {
    root: join(kFolder, 'usr', 'share', 'emscripten'),
    config: join(kFolder, 'em_config.py'),
    version: kVersion,
  };
}

export function privateToolchainIsReady() {
  return isStamped(kStamp, kStampValue);
}

/**
 * Makes the private toolchain. Killed at any point, the next call finds no stamp and starts over; downloads are kept.
 * @param {import('../common/say.mjs').Steps} steps
 */
export async function installToolchain(steps) {
  const apt = new PrivateApt(kSuite, steps);
  await apt.update();
  // The last three: the C and C++ libraries this binaryen was built against, newer than Debian 12's.
  const files = await apt.download(['emscripten', 'binaryen', 'libc6', 'libstdc++6', 'libgcc-s1']);

  steps.progress('unpacking');
  const fresh = `${kFolder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(join(fresh, 'runtime'), { recursive: true });
  for (const file of files) {
    const isTool = /^(emscripten|binaryen)_/.test(basename(file));
    await unpack(file, isTool ? fresh : join(fresh, 'runtime'));
  }
  await patchBinaryen(fresh);
  steps.progress('adding acorn and typescript');
  await addPackages(join(fresh, 'usr', 'share', 'emscripten'));
  writeConfig(fresh);

  rmSync(kFolder, { recursive: true, force: true });
  renameSync(fresh, kFolder);
  steps.progress('trying it out');
  await tryToolchain();
  stamp(kStamp, kStampValue);
}

/**
 * @param {string} archive
 * @param {string} into
 */
async function unpack(archive, into) {
  const excluded = kLeftOut.map((path) => `--exclude=${path}`);
  const script =
    'set -o pipefail; archive=$1; shift; dpkg-deb --fsys-tarfile "$archive" | tar -x --no-same-owner "$@"';
  await run('bash', ['-c', script, 'unpack', archive, '-C', into, '--anchored', ...excluded], {
    step: `unpacking ${archive}`,
    log: 'unpack',
    append: true,
    hint: `If the file is damaged, delete ${downloads} and try again.`,
  });
}

/**
 * Binaryen's programs are pointed at the private C library; the paths are those of the final place.
 * @param {string} fresh
 */
async function patchBinaryen(fresh) {
  const runtime = findFolder(join(fresh, 'runtime'), /^ld-linux.*\.so\.\d+$/);
  const own = findFolder(fresh, /^libbinaryen\.so/);
  const loader = readdirSync(runtime).find((name) => /^ld-linux/.test(name));
  const final = (/** @type {string} */ path) => path.replace(fresh, kFolder);
  const rpath = `${final(own)}:${final(runtime)}`;
  const bin = join(fresh, 'usr', 'bin');
  const programs = readdirSync(bin).filter((name) => name.startsWith('wasm'));
  const options = { step: 'preparing binaryen', log: 'patchelf', append: true };
  for (const program of programs) {
    const flags = ['--set-interpreter', final(join(runtime, loader ?? '')), '--set-rpath', rpath];
    await run('patchelf', [...flags, join(bin, program)], options);
  }
  for (const library of readdirSync(own).filter((name) => name.startsWith('libbinaryen.so'))) {
    await run('patchelf', ['--set-rpath', rpath, join(own, library)], options);
  }
}

/**
 * @param {string} top
 * @param {RegExp} name
 * @returns {string} the library folder that holds such a file; its name depends on the processor
 */
function findFolder(top, name) {
  const library = join(top, 'usr', 'lib');
  const folders = [library, ...readdirSync(library).map((triplet) => join(library, triplet))];
  const found = folders.find((folder) => {
    try {
      return readdirSync(folder).some((file) => name.test(file));
    } catch {
      return false; // a file, not a folder
    }
  });
  if (!found)
    throw new Failure(`Debian's packages look different than expected: no ${name} below ${library}.`);
  return found;
}

/**
 * The packages the Debian build leaves to Node: the parser that optimises the JavaScript, the compiler for the types.
 * @param {string} root
 */
async function addPackages(root) {
  const flags = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'];
  await run('npm', ['install', '--prefix', root, ...flags, 'acorn@8', 'typescript@5'], {
    step: "installing Emscripten's JavaScript packages",
    log: 'emscripten-npm',
    cwd: root,
    hint: 'Check the network (npm ping) and try again.',
  });
}

/** @param {string} fresh */
function writeConfig(fresh) {
  const lines = [
    "LLVM_ROOT = '/usr/bin'",
    `BINARYEN_ROOT = '${join(kFolder, 'usr')}'`,
    `NODE_JS = '${process.execPath}'`,
    'FROZEN_CACHE = True',
    "LLVM_ADD_VERSION = '19'",
    "CLANG_ADD_VERSION = '19'",
  ];
  writeFileSync(join(fresh, 'em_config.py'), `${lines.join('\n')}\n`);
}

async function tryToolchain() {
  const { root } = privateToolchain();
  const folder = join(kFolder, 'trial');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'trial.cpp'),
    '#include <cstdio>\n#include <stdexcept>\nint main() { try { throw std::runtime_error("caught"); } catch (std::exception& e) { std::puts(e.what()); } }\n',
  );
  const options = { log: 'emscripten-trial', cwd: folder, env: toolchainEnvironment(privateToolchain()) };
  const flags = ['-O3', '-std=c++20', '-msimd128', '-fwasm-exceptions', 'trial.cpp', '-o', 'trial.js'];
  await run(join(root, 'em++'), flags, { ...options, step: 'compiling a trial program to WebAssembly' });
  const { lines, log } = await run(process.execPath, ['trial.js'], {
    ...options,
    step: 'running the trial program',
  });
  if (!lines.includes('caught'))
    throw new Failure('The trial program printed something else.', { lines, log });
  rmSync(folder, { recursive: true, force: true });
}

/**
 * @param {Toolchain} toolchain
 * @returns {NodeJS.ProcessEnv} to build with it
 */
export function toolchainEnvironment(toolchain) {
  const path = process.env.PATH ?? '';
  if (!toolchain.config) return { ...process.env, EMSCRIPTEN_ROOT: toolchain.root };
  return {
    ...process.env,
    EMSCRIPTEN_ROOT: toolchain.root,
    EM_CONFIG: toolchain.config,
    // Today's Node, also when the toolchain was set up with another one since removed.
    EM_NODE_JS: process.execPath,
    // Debian's emcc looks for `tsc` (for --emit-tsd) on the PATH alone.
    PATH: [join(toolchain.root, 'node_modules', '.bin'), path].join(delimiter),
  };
}

/** @returns {string} the compiler's own word for its version, for stamps */
export function toolchainVersion(/** @type {Toolchain} */ toolchain) {
  const file = join(toolchain.root, 'emscripten-version.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : toolchain.version;
}
