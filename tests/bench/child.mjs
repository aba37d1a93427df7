// The suite's end of an implementation's process: one question at a time, each with a limit to its time.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { logs } from '../../tools/common/paths.mjs';

/** @typedef {{ program: string, args: string[], env?: NodeJS.ProcessEnv }} Program */

/** @type {Set<Child>} */
const children = new Set();

/** Ends whatever still runs. */
export function stopAll() {
  for (const child of children) child.stop();
}

// However this process ends: theirs end with their input, but only after what they are at.
process.on('exit', stopAll);

export class Child {
  /** @type {import('node:child_process').ChildProcess} */
  #process;
  /** Whom the next line, or the end, is for. @type {((answer: Record<string, any>) => void) | undefined} */
  #waiting;
  /** Why there will be no more answers. @type {string | undefined} */
  #ended;
  #lastWords = '';

  /**
   * @param {string} name of its log
   * @param {Program} program
   */
  constructor(name, { program, args, env }) {
    mkdirSync(logs, { recursive: true });
    const log = createWriteStream(join(logs, `bench-${name}.log`));
    this.#process = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    children.add(this);
    const { stdin, stdout, stderr } = this.#process;
    stdin?.on('error', () => undefined); // its end is told by 'close'
    if (stderr) {
      createInterface({ input: stderr }).on('line', (line) => {
        log.write(`${line}\n`);
        if (line.trim() !== '') this.#lastWords = line.trim().slice(0, 300);
      });
    }
    if (stdout) createInterface({ input: stdout }).on('line', (line) => this.#hear(line));
    this.#process.on('error', (error) => this.#end(error.message));
    this.#process.on('close', (code, signal) => {
      log.end();
      const how = signal ? `was stopped by ${signal}` : `ended with exit code ${code}`;
      this.#end(`its process ${how}${this.#lastWords ? ` (${this.#lastWords})` : ''}`);
    });
  }

  get isAlive() {
    return this.#ended === undefined;
  }

  /**
   * The answer, or `{ error }`. One that does not come in time ends the process.
   * @param {Record<string, unknown> & { ask: string }} question
   * @param {number} limitSeconds
   * @returns {Promise<Record<string, any>>}
   */
  ask(question, limitSeconds) {
    if (this.#ended !== undefined) return Promise.resolve({ error: this.#ended });
    return new Promise((done) => {
      const timer = setTimeout(() => {
        this.#end(`no answer to "${question.ask}" within ${limitSeconds} s`);
        this.stop();
      }, 1000 * limitSeconds);
      this.#waiting = (answer) => {
        clearTimeout(timer);
        done(answer);
      };
      this.#process.stdin?.write(`${JSON.stringify(question)}\n`);
    });
  }

  stop() {
    children.delete(this);
    this.#process.kill('SIGKILL');
  }

  /** @param {string} line */
  #hear(line) {
    let answer;
    try {
      answer = JSON.parse(line);
    } catch {
      answer = { error: `an answer that is no JSON: ${line.slice(0, 100)}` };
    }
    this.#answer(answer);
  }

  /** @param {string} why */
  #end(why) {
    children.delete(this);
    this.#ended ??= why;
    this.#answer({ error: this.#ended });
  }

  /** @param {Record<string, any>} answer */
  #answer(answer) {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(answer);
  }
}
