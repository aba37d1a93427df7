// clang-tidy over the C++ sources, on all cores, skipping files whose inputs have not changed since they were clean.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { Failure } from '../common/failure.mjs';
import { build, repo } from '../common/paths.mjs';
import { ask, run } from '../common/run.mjs';
import { hashFiles, isStamped, stamp } from '../common/stamp.mjs';
import { toolchainEnvironment } from '../setup/emscripten.mjs';

/** @typedef {{ file: string, command: string }} Unit one line of a compile database */

const kStamps = join(build, 'lint', 'tidy');

// Only clang-tidy's own findings: the compiler's warnings are errors in the build already, and the database may hold
// another compiler's flags.
const kFlags = ['-w'];

/**
 * A source and all headers of the project it includes, directly or not.
 * @param {string} source
 * @param {(file: string) => string} read
 * @param {(file: string) => boolean} exists
 * @param {string} root includes are also relative to it
 * @returns {string[]}
 */
export function includeClosure(
  source,
  read = (file) => readFileSync(file, 'utf8'),
  exists = existsSync,
  root = repo,
) {
  const seen = new Set([source]);
  for (const file of seen) {
    for (const [, name] of read(file).matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)) {
      const found = [join(root, name), join(dirname(file), name)].find(exists);
      if (found) seen.add(found);
    }
  }
  return [...seen];
}

/**
 * @param {string} database compile_commands.json
 * @param {(file: string) => boolean} keep
 * @returns {Unit[]}
 */
export function readUnits(database, keep) {
  /** @type {Unit[]} */
  const units = JSON.parse(readFileSync(database, 'utf8'));
  return units.filter(({ file }) => keep(relative(repo, file)));
}

/**
 * The flags emcc adds by itself; clang-tidy sees only those in the database.
 * @param {import('../setup/emscripten.mjs').Toolchain} toolchain
 * @returns {Promise<string[]>}
 */
export async function emscriptenFlags(toolchain) {
  const flags = await ask(join(toolchain.root, 'em++'), ['--cflags'], toolchainEnvironment(toolchain));
  if (!flags) throw new Failure('emcc does not tell its compiler flags (em++ --cflags).');
  return flags.split(/\s+/);
}

/**
 * @param {string} clangTidy the program
 * @param {string} database folder of compile_commands.json
 * @param {Unit[]} units
 * @param {string[]} flags further ones for the compiler
 * @param {string} headers what headers to speak of, as a regular expression
 * @param {(progress: string) => void} onProgress
 * @returns {Promise<{ checked: number, failures: { file: string, lines: string[] }[] }>}
 */
export async function tidy(clangTidy, database, units, flags, headers, onProgress) {
  mkdirSync(kStamps, { recursive: true });
  const extra = [...kFlags, ...flags].map((flag) => `--extra-arg=${flag}`);
  const version = (await ask(clangTidy, ['--version'])) ?? '';
  const stale = units
    .map((unit) => ({
      ...unit,
      stamp: join(kStamps, relative(repo, unit.file).replaceAll('/', '.')),
      value: hashFiles(
        repo,
        [join(repo, '.clang-tidy'), ...includeClosure(unit.file)],
        [version, unit.command, ...extra],
      ),
    }))
    .filter((unit) => !isStamped(unit.stamp, unit.value));

  /** @type {{ file: string, lines: string[] }[]} */
  const failures = [];
  let checked = 0;
  const queue = [...stale];
  const worker = async () => {
    for (let unit = queue.shift(); unit; unit = queue.shift()) {
      const file = relative(repo, unit.file);
      /** @type {string[]} */
      const lines = [];
      const { code } = await run(
        clangTidy,
        ['--quiet', `--header-filter=${headers}`, ...extra, '-p', database, unit.file],
        {
          step: `clang-tidy ${file}`,
          log: `tidy-${file.replaceAll('/', '.')}`,
          cwd: repo,
          tolerant: true,
          onLine: (line) => lines.push(line),
        },
      );
      if (code === 0) stamp(unit.stamp, unit.value);
      else
        failures.push({ file, lines: lines.filter((line) => !/warnings? (generated|treated)/.test(line)) });
      onProgress(`${++checked}/${stale.length} files`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return { checked, failures };
}
