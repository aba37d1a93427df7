// Configures and builds one CMake preset.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, cache, deps, repo } from '../common/paths.mjs';
import { withLock } from '../common/lock.mjs';
import { ninjaProgress } from '../common/progress.mjs';
import { run } from '../common/run.mjs';
import { say } from '../common/say.mjs';
import { hashFiles, isStamped, stamp } from '../common/stamp.mjs';
import { toolchainEnvironment, toolchainVersion } from '../setup/emscripten.mjs';
import { which } from '../setup/needs.mjs';

/** @typedef {'native' | 'native-f64' | 'native-bench' | 'asan' | 'tsan' | 'coverage' | 'wasm-simd' | 'wasm-relaxed' | 'wasm-threads'} Preset */
/** @typedef {import('../setup/emscripten.mjs').Toolchain} Toolchain */

/**
 * @param {Preset} preset
 * @param {Toolchain | undefined} toolchain
 * @returns {NodeJS.ProcessEnv}
 */
function environment(preset, toolchain) {
  const wasm = preset.startsWith('wasm');
  const base = wasm && toolchain ? toolchainEnvironment(toolchain) : { ...process.env };
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...base, ATHANOR_DEPS: deps, NINJA_STATUS: '[%f/%t] ' };
  const ccache = which('ccache');
  if (ccache) {
    Object.assign(env, {
      CCACHE_DIR: process.env.CCACHE_DIR ?? join(cache, 'ccache'),
      CCACHE_MAXSIZE: process.env.CCACHE_MAXSIZE ?? '2G',
      // Clones in different folders share results.
      CCACHE_BASEDIR: repo,
      CCACHE_NOHASHDIR: '1',
    });
    // emcc puts the wrapper (a full path) before clang itself; CMake's launcher would wrap emcc, unknown to ccache.
    if (wasm) env.EM_COMPILER_WRAPPER = ccache;
    else env.CMAKE_C_COMPILER_LAUNCHER = env.CMAKE_CXX_COMPILER_LAUNCHER = ccache;
  }
  return env;
}

/**
 * False for a folder that was configured by hand, without what this script tells CMake.
 * @param {string} folder
 */
function hasDependencies(folder) {
  const entries = join(folder, 'CMakeCache.txt');
  return existsSync(entries) && readFileSync(entries, 'utf8').includes(`ATHANOR_DEPS:PATH=${deps}\n`);
}

/**
 * CMake runs only when something it cannot see by itself has changed; ninja calls it for the rest.
 * @param {Preset} preset
 * @param {Toolchain | undefined} toolchain
 */
async function configure(preset, toolchain) {
  const folder = join(build, preset);
  const env = environment(preset, toolchain);
  const flags = existsSync(join(deps, 'catch2', 'CMakeLists.txt')) ? [] : ['-DATHANOR_TESTS=OFF'];
  const identity =
    preset.startsWith('wasm') && toolchain ? `${toolchain.root} ${toolchainVersion(toolchain)}` : '';
  const value = hashFiles(
    repo,
    [join(repo, 'CMakePresets.json')],
    [deps, identity, env.CMAKE_CXX_COMPILER_LAUNCHER ?? '', process.env.CXX ?? '', ...flags],
  );
  const path = join(folder, '.configured');
  if (isStamped(path, value) && hasDependencies(folder)) return;
  // What another toolchain left is of no use, and ninja would still look at that one's headers.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // Emscripten's programs for Node are CommonJS, while the project's package.json says they are modules.
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  await run('cmake', ['--preset', preset, ...flags], {
    step: `configuring ${preset}`,
    log: preset,
    cwd: repo,
    env,
    hint: `If this makes no sense, delete ${folder} and try again.`,
  });
  stamp(path, value);
}

/**
 * @param {Preset} preset
 * @param {string[]} targets
 * @param {Toolchain | undefined} toolchain
 * @param {(progress: string) => void} onProgress
 * @returns {Promise<'unchanged' | 'built'>}
 */
export async function buildPreset(preset, targets, toolchain, onProgress) {
  return withBuildLock(async () => {
    onProgress('configuring');
    await configure(preset, toolchain);
    let changed = false;
    await run('ninja', ['-C', join(build, preset), ...targets], {
      step: `building ${targets.join(' and ')} (${preset})`,
      log: preset,
      append: true,
      cwd: repo,
      env: environment(preset, toolchain),
      onLine: (line) => {
        const progress = ninjaProgress(line);
        if (!progress) return;
        onProgress(progress);
        // The check for new files counts as a step of ninja's own.
        if (!line.includes('Re-checking globbed')) changed = true;
      },
    });
    return changed ? 'built' : 'unchanged';
  });
}

/**
 * One build at a time in a clone: two ninjas in one folder spoil each other's work.
 * @template T
 * @param {() => Promise<T>} body
 */
export function withBuildLock(body) {
  return withLock(
    join(build, 'lock'),
    (holder) => say(`Another build is running here (process ${holder}); waiting for it to finish.`),
    body,
  );
}
