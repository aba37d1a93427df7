// The frame around every command: failures become words and an exit code, Ctrl-C ends every child quietly.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { releaseLocks } from './lock.mjs';
import { logs } from './paths.mjs';
import { stopChildren } from './run.mjs';

/** @param {unknown} error */
export function explain(error) {
  if (!(error instanceof Failure)) {
    // Not foreseen: the trace goes to a file, the person gets a sentence.
    const log = join(logs, 'crash.log');
    mkdirSync(logs, { recursive: true });
    writeFileSync(log, error instanceof Error ? `${error.stack}\n` : `${String(error)}\n`);
    error = new Failure(`Unexpected error: ${error instanceof Error ? error.message : String(error)}`, {
      log,
    });
  }
  const failure = /** @type {Failure} */ (error);
  const parts = ['', `✗ ${failure.message}`];
  if (failure.lines.length > 0) parts.push('', ...failure.lines.map((line) => `  │ ${line}`), '');
  if (failure.log) parts.push(`  Full log: ${failure.log}`);
  if (failure.hint) parts.push(`  ${failure.hint.replaceAll('\n', '\n  ')}`);
  process.stderr.write(`${parts.join('\n')}\n`);
}

/**
 * Runs a command's body: a Failure becomes a message and exit code 1, Ctrl-C ends every child quietly.
 * @param {() => Promise<number | void>} body its number is the exit code
 */
export function command(body) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) {
    explain(new Failure(`Node ${process.versions.node} is too old.`, { hint: 'Install Node 20 or newer.' }));
    process.exit(1);
  }
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])) {
    process.on(signal, () => {
      stopChildren();
      releaseLocks();
      process.stdout.write('\n');
      process.exit(code);
    });
  }
  // A closed pipe on the other side (`npm start | head`) is no error of ours.
  process.stdout.on('error', () => process.exit(1));
  body().then(
    (code) => {
      releaseLocks();
      process.exitCode = code ?? 0;
    },
    (error) => {
      stopChildren();
      releaseLocks();
      explain(error);
      process.exitCode = 1;
    },
  );
}
