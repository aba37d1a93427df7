// `npm run coverage`: how many lines of the engine the native tests run; too few is a failure.
import { join } from 'node:path';
import { byFolder, coverageTable, forgetRuns, kReport, percent, readCounts } from './check/coverage.mjs';
import { command } from './common/command.mjs';
import { Failure } from './common/failure.mjs';
import { build, repo } from './common/paths.mjs';
import { run } from './common/run.mjs';
import { say, Steps } from './common/say.mjs';
import { buildPreset } from './make/cmake.mjs';
import { countSteps, setUp } from './setup/setup.mjs';

const kLeast = 95; // % of the lines of engine/; what is missing should be lines that cannot be reached

command(async () => {
  /** @type {import('./setup/needs.mjs').Purpose[]} */
  const purposes = ['native', 'catch2', 'coverage'];
  const steps = new Steps(countSteps(purposes) + 3);
  await setUp(purposes, steps);

  steps.begin('Building the tests that count lines');
  steps.done(
    await buildPreset('coverage', ['athanor_tests'], undefined, (progress) => steps.progress(progress)),
  );
  steps.begin('Running them');
  forgetRuns();
  await run(join(build, 'coverage', 'tests', 'athanor_tests'), ['--colour-mode', 'none'], {
    step: 'the native tests',
    log: 'test-coverage',
    cwd: repo,
  });
  steps.done();
  steps.begin('Reading the counts');
  const files = await readCounts();
  steps.done();

  const rows = byFolder(files);
  say(`\n${coverageTable(rows)}\n\nLine by line: ${join(kReport, 'index.html')}`);
  const share = percent(rows[rows.length - 1]);
  if (share >= kLeast) return;
  const missing = files
    .map((file) => ({ name: file.filename, lines: file.line_total - file.line_covered }))
    .sort((a, b) => b.lines - a.lines)
    .slice(0, 10);
  throw new Failure(`The tests run ${share.toFixed(1)} % of the engine's lines, fewer than ${kLeast} %.`, {
    lines: missing.map(({ name, lines }) => `${String(lines).padStart(4)} lines not run in ${name}`),
    hint: 'Add tests of what these lines do.',
  });
});
