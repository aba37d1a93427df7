// Child processes: every one leaves a full log under build/logs, and its last lines go into the failure message.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { logs } from './paths.mjs';
import { Failure } from './failure.mjs';

const kShownLines = 30;
const kLineLength = 500; // minified code in a trace is no help to anyone; the log has it all

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();

export function stopChildren() {
  for (const child of children) child.kill('SIGTERM');
}

/**
 * @typedef {object} RunOptions
 * @property {string} step what the person is told has failed: "building the engine"
 * @property {string} log name of the log file under build/logs, without its ending
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {string} [hint] what to try when it fails
 * @property {boolean} [echo] also print the output as it comes
 * @property {boolean} [append] add to the log instead of starting it anew
 * @property {boolean} [tolerant] return the exit code instead of throwing on it
 * @property {(line: string) => void} [onLine] each line of output
 * @property {(line: string) => void} [onStatus] each line the child writes to descriptor 3
 */

/**
 * @param {string} program
 * @param {string[]} args
 * @param {RunOptions} options
 * @returns {Promise<{ code: number, signal: string | null, lines: string[], log: string }>} `lines`: the last ones
 */
export async function run(program, args, options) {
  mkdirSync(logs, { recursive: true });
  const log = join(logs, `${options.log}.log`);
  const file = createWriteStream(log, { flags: options.append ? 'a' : 'w' });
  file.write(`$ ${[program, ...args].join(' ')}\n`);
  /** @type {string[]} */
  const lines = [];

  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe', options.onStatus ? 'pipe' : 'ignore'],
  });
  children.add(child);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: /** @type {import('node:stream').Readable} */ (stream) }).on('line', (line) => {
      file.write(`${line}\n`);
      if (line.length > kLineLength) line = `${line.slice(0, kLineLength)} …`;
      lines.push(line);
      if (lines.length > kShownLines) lines.shift();
      if (options.echo) process.stdout.write(`${line}\n`);
      options.onLine?.(line);
    });
  }
  if (options.onStatus) {
    const status = /** @type {import('node:stream').Readable} */ (child.stdio[3]);
    createInterface({ input: status }).on('line', options.onStatus);
  }

  /** @type {{ code: number, signal: string | null }} */
  const ended = await new Promise((done) => {
    child.on('error', (error) => {
      lines.push(error.message);
      done({ code: 127, signal: null });
    });
    child.on('close', (code, signal) => done({ code: code ?? 1, signal }));
  });
  children.delete(child);
  await new Promise((done) => file.end(done));

  if ((ended.code !== 0 || ended.signal) && !options.tolerant) {
    const how = ended.signal ? `was stopped by ${ended.signal}` : `exit code ${ended.code}`;
    throw new Failure(`Failed: ${options.step} (${how}).`, { lines, log, hint: options.hint });
  }
  return { ...ended, lines, log };
}

/**
 * The trimmed standard output of a short command, or undefined when it cannot be run or fails.
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string | undefined>}
 */
export function ask(program, args, env = process.env) {
  return new Promise((done) => {
    let text = '';
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.on('data', (chunk) => (text += chunk));
    child.on('error', () => done(undefined));
    child.on('close', (code) => done(code === 0 ? text.trim() : undefined));
  });
}
