// Counts of passed and failed tests, read from what each runner writes for machines.

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Catch2's XML report. Counted by test case; one that is expected to fail and does, passes.
 * @param {string} xml
 * @returns {Counts | undefined} undefined: the report is not complete, the program has crashed
 */
export function catch2Counts(xml) {
  const overall = /<OverallResultsCases\s+([^>]*)\/>/.exec(xml)?.[1];
  if (overall === undefined) return undefined;
  const value = (/** @type {string} */ name) =>
    Number(new RegExp(`\\b${name}="(\\d+)"`).exec(overall)?.[1] ?? 0);
  return {
    passed: value('successes') + value('expectedFailures'),
    failed: value('failures'),
    skipped: value('skips'),
  };
}

/**
 * Vitest's JSON report. A file that cannot be loaded has no tests; it counts as one failed.
 * @param {string} json
 * @returns {Counts | undefined}
 */
export function vitestCounts(json) {
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  let report;
  try {
    report = JSON.parse(json);
  } catch {
    return undefined;
  }
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * The summary at the end of a TAP report by Node's own runner.
 * @param {string} tap
 * @returns {Counts | undefined}
 */
export function tapCounts(tap) {
  const value = (/** @type {string} */ name) =>
    /** @type {RegExpExecArray | null} */ (new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap))?.[1];
  if (value('pass') === undefined) return undefined;
  return {
    passed: Number(value('pass')),
    failed: Number(value('fail')) + Number(value('cancelled')),
    skipped: Number(value('skipped')) + Number(value('todo')),
  };
}

/**
 * A runner's counts and its exit code must agree, or something failed that no test stands for.
 * @param {Counts | undefined} counts
 * @param {{ code: number, signal: string | null }} ended
 * @returns {{ counts: Counts, trouble: string }} trouble: '' when the counts tell it all
 */
export function judge(counts, ended) {
  if (counts === undefined) {
    const how = ended.signal ?? `exit code ${ended.code}`;
    return { counts: { passed: 0, failed: 1, skipped: 0 }, trouble: `stopped before its end (${how})` };
  }
  if (counts.passed + counts.failed === 0) {
    return { counts: { ...counts, failed: 1 }, trouble: 'ran no tests' };
  }
  if (counts.failed === 0 && (ended.code !== 0 || ended.signal)) {
    return {
      counts: { ...counts, failed: 1 },
      trouble: `all tests passed, but it ended with ${ended.signal ?? `exit code ${ended.code}`}`,
    };
  }
  return { counts, trouble: '' };
}

/**
 * @param {{ name: string, counts: Counts, seconds: number, trouble: string }[]} rows
 * @returns {string} a table, then the line with the totals
 */
export function summary(rows) {
  const header = ['suite', 'passed', 'failed', 'skipped', 'time', ''];
  const cells = rows.map(({ name, counts, seconds, trouble }) => [
    name,
    String(counts.passed),
    String(counts.failed),
    String(counts.skipped),
    `${seconds.toFixed(1)} s`,
    trouble,
  ]);
  const widths = header.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i].length)));
  const lines = [header, ...cells].map((row) =>
    row
      .map((cell, i) => (i === 0 || i === 5 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join('  ')
      .trimEnd(),
  );
  const sum = (/** @type {'passed' | 'failed'} */ key) =>
    rows.reduce((total, row) => total + row.counts[key], 0);
  return `${lines.join('\n')}\n\nathanor: ${sum('passed')} passed, ${sum('failed')} failed`;
}
