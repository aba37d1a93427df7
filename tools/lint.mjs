// `npm run lint`: formatting, clang-tidy, eslint and the type checkers; every one runs, then the verdict.
import { join } from 'node:path';
import { cppFiles } from './check/files.mjs';
import { emscriptenFlags, readUnits, tidy } from './check/tidy.mjs';
import { command } from './common/command.mjs';
import { Failure } from './common/failure.mjs';
import { build, nodeModules, repo } from './common/paths.mjs';
import { run } from './common/run.mjs';
import { say, Steps } from './common/say.mjs';
import { buildPreset } from './make/cmake.mjs';
import { findLlvmTool } from './setup/needs.mjs';
import { countSteps, setUp } from './setup/setup.mjs';

const kShownLines = 200;
const kFix = 'npm run format mends the layout of all files.';

/** @typedef {import('./setup/emscripten.mjs').Toolchain} Toolchain */
/** @typedef {{ name: string, run: (steps: Steps) => Promise<string[] | undefined> }} Check lines: what is wrong */

/**
 * @param {string} name
 * @param {string} program relative to node_modules, or a full path
 * @param {string[]} args
 * @returns {Check}
 */
function check(name, program, args) {
  const isScript = !program.startsWith('/');
  return {
    name,
    run: async () => {
      /** @type {string[]} */
      const lines = [];
      const full = isScript ? [join(nodeModules, program), ...args] : args;
      const { code } = await run(isScript ? process.execPath : program, full, {
        step: name,
        log: `lint-${name.replaceAll(' ', '-')}`,
        cwd: repo,
        tolerant: true,
        env: { ...process.env, NO_COLOR: '1' },
        onLine: (line) => lines.push(line),
      });
      return code === 0 ? undefined : lines;
    },
  };
}

/**
 * The engine and its tests as built natively, the bindings and what of the benchmark is like them as built for WebAssembly.
 * @param {Toolchain} toolchain
 * @returns {Check}
 */
function clangTidy(toolchain) {
  return {
    name: 'clang-tidy',
    run: async (steps) => {
      // For its database alone, in which new files must be: this is the target that looks for them.
      await buildPreset('native', ['build.ninja'], undefined, () => {});
      const parts = [
        { preset: 'native', folders: '(engine|tests)', flags: [] },
        {
          preset: 'wasm-simd',
          folders: '(bindings|tests/bench/native/wasm)',
          flags: await emscriptenFlags(toolchain),
        },
      ];
      const failures = [];
      for (const { preset, folders, flags } of parts) {
        const folder = join(build, preset);
        const units = readUnits(join(folder, 'compile_commands.json'), (file) =>
          new RegExp(`^${folders}/`).test(file),
        );
        const program = (await findLlvmTool('clang-tidy')) ?? '';
        const result = await tidy(program, folder, units, flags, `/${folders}/.*\\.h$`, (text) =>
          steps.progress(text),
        );
        failures.push(...result.failures);
      }
      return failures.length === 0 ? undefined : failures.flatMap((failure) => failure.lines);
    },
  };
}

/**
 * The types of the module are written by its build.
 * @param {Toolchain} toolchain
 * @returns {Check}
 */
function engineTypes(toolchain) {
  return {
    name: 'engine types',
    run: async (steps) => {
      await buildPreset('wasm-simd', ['athanor'], toolchain, (text) => steps.progress(text));
      return undefined;
    },
  };
}

/**
 * @param {Toolchain} toolchain
 * @param {string} clangFormat the program
 * @returns {Check[]}
 */
function checks(toolchain, clangFormat) {
  return [
    check('clang-format', clangFormat, ['--dry-run', '-Werror', ...cppFiles()]),
    check('prettier', 'prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']),
    engineTypes(toolchain), // which all others know
    check('types of tools', 'typescript/bin/tsc', ['--noEmit', '-p', 'tools']),
    check('types', 'typescript/bin/tsc', ['--noEmit', '-p', '.']),
    check('svelte-check', 'svelte-check/bin/svelte-check', [
      '--workspace',
      'web',
      '--fail-on-warnings',
      '--output',
      'human',
    ]),
    check('eslint', 'eslint/bin/eslint.js', ['--max-warnings=0', '.']),
    clangTidy(toolchain),
  ];
}

/**
 * A check that cannot even run has failed, and the ones after it still run.
 * @param {Check['run']} run
 * @param {Steps} steps
 */
async function attempt(run, steps) {
  try {
    return await run(steps);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [error.message, ...error.lines, ...(error.log ? [`Full log: ${error.log}`] : [])];
  }
}

command(async () => {
  /** @type {import('./setup/needs.mjs').Purpose[]} */
  const purposes = ['lint', 'engine', 'catch2'];
  const toolchain = /** @type {Toolchain} */ (await setUp(purposes, new Steps(countSteps(purposes))));

  const list = checks(toolchain, (await findLlvmTool('clang-format')) ?? '');
  const steps = new Steps(list.length);
  const failed = [];
  for (const { name, run } of list) {
    steps.begin(name);
    const lines = await attempt(run, steps);
    steps.done(lines ? '✗' : 'clean');
    if (!lines) continue;
    failed.push(name);
    say(lines.slice(0, kShownLines).join('\n'));
    if (lines.length > kShownLines) say(`… and ${lines.length - kShownLines} more lines in build/logs`);
  }
  if (failed.length > 0) throw new Failure(`Not clean: ${failed.join(', ')}.`, { hint: kFix });
  say('\nAll clean.');
});
