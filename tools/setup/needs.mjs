// What has to be on the machine: one row per need, with the package that brings it on each kind of system.
// `debian: ''` etc. means "comes with something else there". Adding a set-up step for a package = adding a row.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compareVersions, findVersion } from '../common/versions.mjs';
import { ask } from '../common/run.mjs';

/** @typedef {'engine' | 'native' | 'catch2' | 'browser' | 'lint'} Purpose */
/** @typedef {'debian' | 'brew' | 'dnf' | 'pacman'} Manager */

/**
 * @typedef {object} Need
 * @property {string} name as a person knows it
 * @property {Purpose[]} purposes which parts of the work ask for it
 * @property {boolean} [privateToolchain] only asked for when the toolchain in the cache is used
 * @property {number} megabytes installed size with what it pulls in, roughly
 * @property {string} debian
 * @property {string} brew
 * @property {string} dnf
 * @property {string} pacman
 * @property {() => boolean | Promise<boolean>} present
 */

/** Of clang-format and clang-tidy: what the settings in .clang-format and .clang-tidy are written for. */
const kLlvm = '19';

const kHeaderPrefixes = [
  process.env.ATHANOR_DEPS ?? '',
  process.env.HOMEBREW_PREFIX ?? '',
  '/usr',
  '/usr/local',
  '/opt/homebrew',
  '/opt/local',
  '/home/linuxbrew/.linuxbrew',
].filter((prefix) => prefix !== '');

/**
 * @param {string} program
 * @returns {string | undefined} its full path
 */
export function which(program) {
  return (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path));
}

/**
 * The folder to put on the include path so that `header` is found, looked for in the usual places.
 * @param {string} header such as "Eigen/Core"
 * @returns {string | undefined}
 */
export function findHeader(header) {
  return kHeaderPrefixes
    .flatMap((prefix) => [join(prefix, 'include', 'eigen3'), join(prefix, 'include')])
    .find((folder) => existsSync(join(folder, header)));
}

/** @returns {string | undefined} the browser the page's tests run in */
export function findChromium() {
  const named = process.env.ATHANOR_CHROMIUM;
  if (named) return existsSync(named) ? named : undefined;
  return (
    which('chromium') ??
    which('chromium-browser') ??
    which('google-chrome') ??
    [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ].find((path) => existsSync(path))
  );
}

/**
 * A tool of LLVM's, under its versioned or its plain name. An older one under the plain name is passed over: it cannot
 * read our settings, nor the headers of the toolchain.
 * @param {string} tool
 * @returns {Promise<string | undefined>} its full path
 */
export async function findLlvmTool(tool) {
  const versioned = which(`${tool}-${kLlvm}`);
  if (versioned) return versioned;
  const plain = which(tool);
  const version = plain && findVersion((await ask(plain, ['--version'])) ?? '');
  return version && compareVersions(version, kLlvm) >= 0 ? plain : undefined;
}

/** @param {string} tool */
const llvmTool = (tool) => async () => (await findLlvmTool(tool)) !== undefined;

/** @param {string} path */
const file = (path) => () => existsSync(path);
/** @param {string} program */
const tool = (program) => () => which(program) !== undefined;
/** @param {string} header */
const header = (header) => () => findHeader(header) !== undefined;

async function cmakeIsNewEnough() {
  const version = findVersion((which('cmake') && (await ask('cmake', ['--version']))) || '');
  return version !== undefined && compareVersions(version, '3.24') >= 0;
}

/** @type {Need[]} */
// prettier-ignore
export const needs = [
  { name: 'CMake 3.24 or newer', purposes: ['engine', 'native', 'lint'], megabytes: 60,
    debian: 'cmake', brew: 'cmake', dnf: 'cmake', pacman: 'cmake', present: cmakeIsNewEnough },
  { name: 'Ninja', purposes: ['engine', 'native', 'lint'], megabytes: 1,
    debian: 'ninja-build', brew: 'ninja', dnf: 'ninja-build', pacman: 'ninja', present: tool('ninja') },
  { name: 'ccache', purposes: ['engine', 'native'], megabytes: 3,
    debian: 'ccache', brew: 'ccache', dnf: 'ccache', pacman: 'ccache', present: tool('ccache') },
  { name: 'Eigen 3.4 headers', purposes: ['engine', 'native', 'lint'], megabytes: 10,
    debian: 'libeigen3-dev', brew: 'eigen', dnf: 'eigen3-devel', pacman: 'eigen', present: header('Eigen/Core') },
  { name: 'nlohmann-json 3.11 headers', purposes: ['engine', 'native', 'lint'], megabytes: 2,
    debian: 'nlohmann-json3-dev', brew: 'nlohmann-json', dnf: 'json-devel', pacman: 'nlohmann-json', present: header('nlohmann/json.hpp') },
  { name: 'a C++20 compiler', purposes: ['native', 'lint'], megabytes: 250,
    debian: 'g++', brew: 'llvm@19', dnf: 'gcc-c++', pacman: 'gcc', present: () => Boolean(process.env.CXX) || tool('c++')() },
  { name: 'Python 3', purposes: ['engine'], privateToolchain: true, megabytes: 40,
    debian: 'python3', brew: '', dnf: '', pacman: '', present: tool('python3') },
  { name: 'Clang 19', purposes: ['engine'], privateToolchain: true, megabytes: 650,
    debian: 'clang-19', brew: '', dnf: '', pacman: '', present: file('/usr/bin/clang-19') },
  { name: 'LLD 19', purposes: ['engine'], privateToolchain: true, megabytes: 10,
    debian: 'lld-19', brew: '', dnf: '', pacman: '', present: file('/usr/bin/wasm-ld-19') },
  { name: 'LLVM 19', purposes: ['engine'], privateToolchain: true, megabytes: 80,
    debian: 'llvm-19', brew: '', dnf: '', pacman: '', present: file('/usr/bin/llvm-ar-19') },
  { name: 'patchelf', purposes: ['engine'], privateToolchain: true, megabytes: 1,
    debian: 'patchelf', brew: '', dnf: '', pacman: '', present: tool('patchelf') },
  { name: 'Chromium', purposes: ['browser'], megabytes: 450,
    debian: 'chromium', brew: '--cask chromium', dnf: 'chromium', pacman: 'chromium', present: () => findChromium() !== undefined },
  // Without a CJK font the screenshots of the Chinese page show boxes. macOS brings its own.
  { name: 'a font with Chinese characters', purposes: ['browser'], megabytes: 90,
    debian: 'fonts-noto-cjk', brew: '', dnf: 'google-noto-sans-cjk-fonts', pacman: 'noto-fonts-cjk',
    present: async () => process.platform === 'darwin' || existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')
      || Boolean(await ask('fc-list', [':lang=zh'])) },
  { name: 'clang-format 19', purposes: ['lint'], megabytes: 150,
    debian: 'clang-format-19', brew: 'llvm@19', dnf: 'clang-tools-extra', pacman: 'clang', present: llvmTool('clang-format') },
  { name: 'clang-tidy 19', purposes: ['lint'], megabytes: 60,
    debian: 'clang-tidy-19', brew: 'llvm@19', dnf: 'clang-tools-extra', pacman: 'clang', present: llvmTool('clang-tidy') },
];

/**
 * The needs of these purposes that the machine does not meet.
 * @param {Set<Purpose>} purposes
 * @param {boolean} privateToolchain
 */
export async function missingNeeds(purposes, privateToolchain) {
  const asked = needs.filter(
    (need) =>
      need.purposes.some((purpose) => purposes.has(purpose)) && (privateToolchain || !need.privateToolchain),
  );
  const present = await Promise.all(asked.map((need) => need.present()));
  return asked.filter((_, i) => !present[i]);
}
