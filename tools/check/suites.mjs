// The test suites, fastest first: what each builds and how it runs. Adding a suite = adding a row.
import { existsSync, readFileSync, rmSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, nodeModules, repo } from '../common/paths.mjs';
import { run } from '../common/run.mjs';
import { filesUnder } from '../common/stamp.mjs';
import { findChromium, findFirefox, findWebKitDriver } from '../setup/needs.mjs';
import { catch2Counts, tapCounts, vitestCounts } from './results.mjs';

/** @typedef {import('./results.mjs').Counts} Counts */
/** @typedef {{ counts: Counts | undefined, code: number, signal: string | null }} Outcome */

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {'native' | 'wasm' | 'web' | 'browser' | 'browsers' | 'asan' | 'tsan'} group what `npm run test:<group>` runs
 * @property {boolean} [apart] not part of `npm test`
 * @property {import('../setup/needs.mjs').Purpose[]} purposes
 * @property {{ preset: import('../make/cmake.mjs').Preset, targets: string[] } | 'site' | undefined} builds
 * @property {'catch2' | 'vitest' | 'node'} runner
 * @property {(args: string[]) => Promise<Outcome>} run
 */

const kReports = join(build, 'reports');

/**
 * @param {string} name
 * @param {string} program
 * @param {string[]} args
 * @param {string} report file the runner writes
 * @param {(text: string) => Counts | undefined} read
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Outcome>}
 */
async function runAndRead(name, program, args, report, read, env) {
  mkdirSync(kReports, { recursive: true });
  rmSync(report, { force: true });
  const ended = await run(program, args, {
    step: `testing ${name}`,
    log: `test-${name}`,
    cwd: repo,
    echo: true,
    tolerant: true,
    env: { ...process.env, ...env },
  });
  return { ...ended, counts: existsSync(report) ? read(readFileSync(report, 'utf8')) : undefined };
}

/**
 * @param {string} name
 * @param {string} program
 * @param {string[]} leading
 */
function catch2(name, program, leading = []) {
  const report = join(kReports, `${name}.xml`);
  const reporters = ['--colour-mode', 'none', '--reporter', 'console', '--reporter', `xml::out=${report}`];
  return (/** @type {string[]} */ args) =>
    runAndRead(name, program, [...leading, ...args, ...reporters], report, catch2Counts);
}

/**
 * @param {string} project of tests/vitest.config.ts
 * @param {string} name
 * @param {'default' | 'verbose'} reporter of what is printed: verbose names every test, also a skipped one
 */
function vitest(project, name, reporter = 'default') {
  const report = join(kReports, `${name}.json`);
  const flags = ['--config', 'tests/vitest.config.ts', '--project', project];
  const reporters = [`--reporter=${reporter}`, '--reporter=json', `--outputFile.json=${report}`];
  const program = join(nodeModules, 'vitest', 'vitest.mjs');
  return (/** @type {string[]} */ args) =>
    runAndRead(
      name,
      process.execPath,
      [program, 'run', ...flags, ...reporters, ...args],
      report,
      vitestCounts,
      {
        ATHANOR_CHROMIUM: findChromium(),
        ATHANOR_FIREFOX: findFirefox(),
        ATHANOR_WEBKIT_DRIVER: findWebKitDriver(),
        NO_COLOR: '1',
      },
    );
}

function tools() {
  const report = join(kReports, 'tools.tap');
  const files = filesUnder(join(repo, 'tests', 'tools'), (name) => name.endsWith('.test.mjs'));
  const flags = ['--test', '--test-reporter=spec', '--test-reporter-destination=stdout'];
  flags.push('--test-reporter=tap', `--test-reporter-destination=${report}`);
  return (/** @type {string[]} */ args) =>
    runAndRead('tools', process.execPath, [...flags, ...args, ...files], report, tapCounts, {
      // Set by a surrounding run of the same runner; it would change the output.
      NODE_TEST_CONTEXT: undefined,
    });
}

/** @param {string} preset */
const executable = (preset) => join(build, preset, 'tests', 'athanor_tests');

/** @type {Suite[]} */
// prettier-ignore
export const suites = [
  { name: 'tools', group: 'web', purposes: [], builds: undefined, runner: 'node', run: tools() },
  { name: 'web', group: 'web', purposes: ['engine'], builds: { preset: 'wasm-simd', targets: ['athanor'] },
    runner: 'vitest', run: vitest('web', 'web') },
  { name: 'native', group: 'native', purposes: ['native', 'catch2'], builds: { preset: 'native', targets: ['athanor_tests'] },
    runner: 'catch2', run: catch2('native', executable('native')) },
  { name: 'native-f64', group: 'native', purposes: ['native', 'catch2'], builds: { preset: 'native-f64', targets: ['athanor_tests'] },
    runner: 'catch2', run: catch2('native-f64', executable('native-f64')) },
  { name: 'wasm-catch2', group: 'wasm', purposes: ['engine', 'catch2'], builds: { preset: 'wasm-simd', targets: ['athanor_tests'] },
    runner: 'catch2', run: catch2('wasm-catch2', process.execPath, [`${executable('wasm-simd')}.js`]) },
  { name: 'wasm', group: 'wasm', purposes: ['engine'], builds: { preset: 'wasm-simd', targets: ['athanor'] },
    runner: 'vitest', run: vitest('wasm', 'wasm') },
  { name: 'browser', group: 'browser', purposes: ['engine', 'browser'], builds: 'site', runner: 'vitest', run: vitest('browser', 'browser') },
  { name: 'browsers', group: 'browsers', purposes: ['engine', 'browsers'], builds: 'site', runner: 'vitest', run: vitest('browsers', 'browsers', 'verbose') },
  // Builds of their own of everything, for minutes: continuous integration has them apart.
  { name: 'asan', group: 'asan', apart: true, purposes: ['native', 'catch2'], builds: { preset: 'asan', targets: ['athanor_tests'] },
    runner: 'catch2', run: catch2('asan', executable('asan')) },
  { name: 'tsan', group: 'tsan', apart: true, purposes: ['native', 'catch2'], builds: { preset: 'tsan', targets: ['athanor_tests'] },
    runner: 'catch2', run: catch2('tsan', executable('tsan')) },
];

/**
 * The suites a command means. Arguments go to one runner: test files to vitest, anything else to Catch2 where there is one.
 * @param {string} group
 * @param {string[]} args
 */
export function chooseSuites(group, args) {
  const chosen = suites.filter((suite) => (group === 'all' ? !suite.apart : suite.group === group));
  if (args.length === 0) return chosen;
  const forVitest =
    ['web', 'browser', 'browsers'].includes(group) || args.some((arg) => /\.ts$|^tests\//.test(arg));
  return chosen.filter((suite) => (suite.runner === 'vitest') === forVitest && suite.runner !== 'node');
}
