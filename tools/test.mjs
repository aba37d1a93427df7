// `npm test` and `npm run test:<group>`: sets up, builds and runs the suites, one after the other, to the last.
import { command, explain } from './common/command.mjs';
import { Failure } from './common/failure.mjs';
import { say, Steps } from './common/say.mjs';
import { chooseSuites, suites } from './check/suites.mjs';
import { judge, summary } from './check/results.mjs';
import { buildPreset } from './make/cmake.mjs';
import { buildSite, kSiteSteps } from './make/site.mjs';
import { countSteps, setUp } from './setup/setup.mjs';

/** @typedef {import('./check/suites.mjs').Suite} Suite */
/** @typedef {Parameters<typeof summary>[0][number]} Row */

const kNotRun = { counts: { passed: 0, failed: 1, skipped: 0 }, seconds: 0 };

/**
 * @param {Suite} suite
 * @param {import('./setup/emscripten.mjs').Toolchain | undefined} toolchain
 */
async function build({ builds, name }, toolchain) {
  if (builds === undefined) return;
  if (builds === 'site') {
    await buildSite(toolchain, new Steps(kSiteSteps));
    return;
  }
  const steps = new Steps(1);
  steps.begin(`Building ${name}`);
  steps.done(
    await buildPreset(builds.preset, builds.targets, toolchain, (progress) => steps.progress(progress)),
  );
}

/**
 * A suite that cannot be built or crashes is a failed one; the others still run.
 * @param {Suite} suite
 * @param {string[]} args
 * @param {import('./setup/emscripten.mjs').Toolchain | undefined} toolchain
 * @returns {Promise<Row>}
 */
async function runSuite(suite, args, toolchain) {
  say(`\n── ${suite.name} ${'─'.repeat(Math.max(0, 60 - suite.name.length))}`);
  const started = Date.now();
  /** @returns {number} */
  const seconds = () => (Date.now() - started) / 1000;
  try {
    await build(suite, toolchain);
    const outcome = await suite.run(args);
    return { name: suite.name, ...judge(outcome.counts, outcome), seconds: seconds() };
  } catch (error) {
    explain(error);
    const trouble = error instanceof Failure ? error.message : 'not run';
    return { ...kNotRun, name: suite.name, seconds: seconds(), trouble };
  }
}

command(async () => {
  const [group = 'all', ...args] = process.argv.slice(2);
  if (group === 'all' && args.length > 0) {
    throw new Failure('npm test runs everything and takes no arguments.', {
      hint: 'For a part of it: npm run test:native -- "[tag]", or npm run test:web -- tests/web/some.test.ts',
    });
  }
  if (group !== 'all' && !suites.some((suite) => suite.group === group)) {
    throw new Failure(`There is no group of tests called "${group}".`, {
      hint: 'Known: native, wasm, web, browser, browsers, asan.',
    });
  }
  const chosen = chooseSuites(group, args);
  const purposes = [...new Set(chosen.flatMap((suite) => suite.purposes))];
  /** @type {Row[]} */
  const rows = [];
  try {
    const toolchain = await setUp(purposes, new Steps(countSteps(purposes)));
    for (const suite of chosen) rows.push(await runSuite(suite, args, toolchain));
  } catch (error) {
    // Nothing could run: that is no success of any suite.
    explain(error);
    for (const { name } of chosen) rows.push({ ...kNotRun, name, trouble: 'the set-up failed' });
  }
  say(`\n${summary(rows)}`);
  return rows.some((row) => row.counts.failed > 0) ? 1 : 0;
});
