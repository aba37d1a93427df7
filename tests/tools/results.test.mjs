// Counting: a suite that crashed or ran nothing must never look like success.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catch2Counts, judge, summary, tapCounts, vitestCounts } from '../../tools/check/results.mjs';

const kEnded = { code: 0, signal: null };

test('Catch2: cases are counted, expected failures pass, a report cut short is a crash', () => {
  const xml =
    '<Catch2TestRun><OverallResults successes="99" failures="9"/>\n  <OverallResultsCases successes="7" failures="2" expectedFailures="1" skips="3"/></Catch2TestRun>';
  assert.deepEqual(catch2Counts(xml), { passed: 8, failed: 2, skipped: 3 });
  assert.equal(catch2Counts('<Catch2TestRun><TestCase name="a">'), undefined);
});

test('vitest: a file that does not load counts as one failed', () => {
  const json = JSON.stringify({
    numPassedTests: 4,
    numFailedTests: 1,
    numPendingTests: 0,
    numTodoTests: 2,
    testResults: [
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'failed', assertionResults: [] },
    ],
  });
  assert.deepEqual(vitestCounts(json), { passed: 4, failed: 2, skipped: 2 });
  assert.equal(vitestCounts('{"numPassed'), undefined);
});

test('TAP: the totals at its end', () => {
  const tap = '1..3\n# tests 5\n# suites 0\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 0\n# todo 0\n';
  assert.deepEqual(tapCounts(tap), { passed: 3, failed: 2, skipped: 0 });
  assert.equal(tapCounts('ok 1 - a'), undefined);
});

test('a crash, an empty run and an exit code without a failed test each count as failed', () => {
  assert.deepEqual(judge(undefined, { code: 1, signal: 'SIGSEGV' }), {
    counts: { passed: 0, failed: 1, skipped: 0 },
    trouble: 'stopped before its end (SIGSEGV)',
  });
  assert.equal(judge({ passed: 0, failed: 0, skipped: 4 }, kEnded).counts.failed, 1);
  assert.equal(judge({ passed: 5, failed: 0, skipped: 0 }, { code: 3, signal: null }).counts.failed, 1);
  assert.equal(judge({ passed: 5, failed: 0, skipped: 0 }, kEnded).trouble, '');
});

test('the last line of the summary holds the totals and nothing else', () => {
  const row = (/** @type {string} */ name, /** @type {number} */ passed, /** @type {number} */ failed) => ({
    name,
    counts: { passed, failed, skipped: 0 },
    seconds: 1,
    trouble: '',
  });
  const lines = summary([row('native', 10, 0), row('web', 5, 2)]).split('\n');
  assert.equal(lines.at(-1), 'athanor: 15 passed, 2 failed');
});
