// Which lines of the engine its native tests run: counted by the compiler, read by gcovr, summed up by folder.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { build, repo } from '../common/paths.mjs';
import { run } from '../common/run.mjs';
import { filesUnder } from '../common/stamp.mjs';
import { which } from '../setup/needs.mjs';

/** @typedef {{ filename: string, line_total: number, line_covered: number }} FileLines as gcovr's summary has them */
/** @typedef {{ folder: string, total: number, covered: number }} FolderLines */

const kFolder = join(build, 'coverage');
export const kReport = join(kFolder, 'report');

/** Counts are added up over runs, and those of sources that are gone would stay: what counts is one run of what is there. */
export function forgetRuns() {
  for (const file of filesUnder(kFolder, (name) => /\.gc(da|no)$/.test(name))) {
    const [, above, source] = /^(?:(.*)\/)?CMakeFiles\/[^/]+\.dir\/(.*)\.gc(?:da|no)$/.exec(
      file.slice(kFolder.length + 1),
    ) ?? [undefined, '', ''];
    const isGone = !existsSync(join(repo, above ?? '', source));
    if (isGone || file.endsWith('.gcda')) rmSync(file);
  }
}

/**
 * The reader of counts that belongs to a compiler.
 * @param {string} compiler its full path
 * @param {(program: string) => string | undefined} find
 * @returns {string} as gcovr wants it
 */
export function gcovOf(compiler, find = which) {
  const [, family, version] = /(clang|g)\+\+(-\d+)?$/.exec(basename(compiler)) ?? [undefined, 'g', ''];
  const name = (family === 'clang' ? 'llvm-cov' : 'gcov') + (version ?? '');
  const beside = join(dirname(compiler), name);
  const program = existsSync(beside) ? beside : (find(name) ?? name);
  return family === 'clang' ? `${program} gcov` : program;
}

/** @returns {string} the compiler CMake has chosen */
function compiler() {
  const settings = readFileSync(join(kFolder, 'CMakeCache.txt'), 'utf8');
  return /^CMAKE_CXX_COMPILER:\w+=(.*)$/m.exec(settings)?.[1] ?? 'g++';
}

/**
 * Reads what a run of the tests has left and writes the report: pages to look at, and JSON with every line.
 * @returns {Promise<FileLines[]>}
 */
export async function readCounts() {
  rmSync(kReport, { recursive: true, force: true });
  mkdirSync(kReport, { recursive: true });
  const summary = join(kReport, 'summary.json');
  const reports = ['--html-details', join(kReport, 'index.html'), '--json', join(kReport, 'lines.json')];
  const sources = ['--root', repo, '--filter', 'engine/', '--gcov-executable', gcovOf(compiler())];
  await run(
    'gcovr',
    [...sources, ...reports, '--json-summary', summary, '-j', String(availableParallelism()), kFolder],
    { step: 'reading the counts', log: 'gcovr', cwd: repo },
  );
  return JSON.parse(readFileSync(summary, 'utf8')).files;
}

/**
 * @param {FileLines[]} files
 * @returns {FolderLines[]} by name, the sum of all last
 */
export function byFolder(files) {
  /** @type {Map<string, FolderLines>} */
  const folders = new Map();
  const all = { folder: 'all', total: 0, covered: 0 };
  for (const { filename, line_total: total, line_covered: covered } of files) {
    const folder = dirname(filename);
    const sum = folders.get(folder) ?? { folder, total: 0, covered: 0 };
    folders.set(folder, sum);
    for (const row of [sum, all]) {
      row.total += total;
      row.covered += covered;
    }
  }
  return [...folders.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1)).concat(all);
}

/** @param {{ total: number, covered: number }} lines */
export function percent({ total, covered }) {
  return total === 0 ? 100 : (100 * covered) / total;
}

/** @param {FolderLines[]} rows */
export function coverageTable(rows) {
  const width = Math.max(...rows.map(({ folder }) => folder.length));
  const header = `${'folder'.padEnd(width)}  lines    run`;
  const lines = rows.map((row) => {
    // Rounded down: 100.0 % says that no line is missing.
    const share = (Math.floor(10 * percent(row)) / 10).toFixed(1);
    return `${row.folder.padEnd(width)}  ${String(row.total).padStart(5)}  ${share.padStart(5)} %`;
  });
  return [header, ...lines].join('\n');
}
