// What has to be on the machine: one row per need, with the package that brings it on each kind of system.
// `debian: ''` etc. means "comes with something else there". Adding a set-up step for a package = adding a row.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compareVersions, findVersion } from '../common/versions.mjs';
import { ask } from '../common/run.mjs';

/** @typedef {'engine' | 'native' | 'catch2' | 'browser' | 'browsers' | 'lint' | 'coverage'} Purpose */
/** @typedef {'debian' | 'brew' | 'dnf' | 'pacman'} Manager */

/**
 * @typedef {object} Need
 * @property {string} name as a person knows it
 * @property {Purpose[]} purposes which parts of the work ask for it
 * @property {boolean} [privateToolchain] only asked for when the toolchain in the cache is used
 * @property {NodeJS.Platform} [platform] only asked for there: elsewhere it cannot be had, and its tests say that they are skipped
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

/**
 * @param {string} variable of the environment, which decides alone when it is set
 * @param {string[]} names on the PATH
 * @param {string[]} [paths] beside the PATH
 * @returns {string | undefined} the full path of the first that is there
 */
function findBrowser(variable, names, paths = []) {
  const named = process.env[variable];
  if (named) return existsSync(named) ? named : undefined;
  return names.map(which).find((path) => path !== undefined) ?? paths.find((path) => existsSync(path));
}

/** @returns {string | undefined} the browser the page's tests run in */
export function findChromium() {
  return findBrowser(
    'ATHANOR_CHROMIUM',
    ['chromium', 'chromium-browser', 'google-chrome'],
    [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
  );
}

/** @returns {string | undefined} */
export function findFirefox() {
  return findBrowser(
    'ATHANOR_FIREFOX',
    ['firefox-esr', 'firefox'],
    ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  );
}

/** @returns {string | undefined} the program that drives WebKitGTK; it knows its own browser */
export function findWebKitDriver() {
  return findBrowser('ATHANOR_WEBKIT_DRIVER', ['WebKitWebDriver']);
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
  { name: 'gcovr', purposes: ['coverage'], megabytes: 20,
    debian: 'gcovr', brew: 'gcovr', dnf: 'gcovr', pacman: 'gcovr', present: tool('gcovr') },
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
  { name: 'Chromium', purposes: ['browser', 'browsers'], megabytes: 450,
    debian: 'chromium', brew: '--cask chromium', dnf: 'chromium', pacman: 'chromium', present: () => findChromium() !== undefined },
  // Without a CJK font the screenshots of the Chinese page show boxes. macOS brings its own.
  { name: 'a font with Chinese characters', purposes: ['browser'], megabytes: 90,
    debian: 'fonts-noto-cjk', brew: '', dnf: 'google-noto-sans-cjk-fonts', pacman: 'noto-fonts-cjk',
    present: async () => process.platform === 'darwin' || existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')
      || Boolean(await ask('fc-list', [':lang=zh'])) },
  { name: 'Firefox', purposes: ['browsers'], megabytes: 350,
    debian: 'firefox-esr', brew: '--cask firefox', dnf: 'firefox', pacman: 'firefox', present: () => findFirefox() !== undefined },
  { name: 'WebKitGTK and its WebDriver', purposes: ['browsers'], platform: 'linux', megabytes: 240,
    debian: 'webkit2gtk-driver', brew: '', dnf: 'webkitgtk6.0', pacman: 'webkitgtk-6.0', present: () => findWebKitDriver() !== undefined },
  { name: 'Xvfb, a screen for WebKitGTK', purposes: ['browsers'], platform: 'linux', megabytes: 10,
    debian: 'xvfb', brew: '', dnf: 'xorg-x11-server-Xvfb', pacman: 'xorg-server-xvfb', present: tool('Xvfb') },
  { name: 'clang-format 19', purposes: ['lint'], megabytes: 150,
    debian: 'clang-format-19', brew: 'llvm@19', dnf: 'clang-tools-extra', pacman: 'clang', present: llvmTool('clang-format') },
  { name: 'clang-tidy 19', purposes: ['lint'], megabytes: 60,
    debian: 'clang-tidy-19', brew: 'llvm@19', dnf: 'clang-tools-extra', pacman: 'clang', present: llvmTool('clang-tidy') },
];

/**
 * @param {Set<Purpose>} purposes
 * @param {boolean} privateToolchain
 * @param {NodeJS.Platform} platform
 */
export function askedNeeds(purposes, privateToolchain, platform) {
  return needs.filter(
    (need) =>
      need.purposes.some((purpose) => purposes.has(purpose)) &&
      (privateToolchain || !need.privateToolchain) &&
      (need.platform ?? platform) === platform,
  );
}

/**
 * The needs of these purposes that the machine does not meet.
 * @param {Set<Purpose>} purposes
 * @param {boolean} privateToolchain
 */
export async function missingNeeds(purposes, privateToolchain) {
  const asked = askedNeeds(purposes, privateToolchain, process.platform);
  const present = await Promise.all(asked.map((need) => need.present()));
  return asked.filter((_, i) => !present[i]);
}
