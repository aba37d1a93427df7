// A program outside this process: started with a home of its own, and ended with all that it has started itself.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Readable } from 'node:stream';

// Should the test runner be killed outright, the program goes too. Linux has this; elsewhere it would stay behind.
const kSetpriv = '/usr/bin/setpriv';
const kLeash = existsSync(kSetpriv) ? [kSetpriv, '--pdeathsig', 'KILL'] : [];
const kShownLines = 10;

export class Program {
  /** The program's home; removed at the end. */
  readonly folder = mkdtempSync(join(tmpdir(), 'athanor-browser-'));
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #lines: string[] = [];
  #stopped: Promise<void> | undefined;
  #onLine = (_line: string): void => {};

  /** `args` are made for the home folder, which is there already. */
  constructor(name: string, args: (folder: string) => string[], env: NodeJS.ProcessEnv = {}) {
    this.#name = name;
    const [program = '', ...rest] = [...kLeash, name, ...args(this.folder)];
    this.#child = spawn(program, rest, {
      detached: true, // a process group of its own, which stop() ends
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, HOME: this.folder, ...env },
    });
    this.#ended = once(this.#child, 'close').catch((error: unknown) => this.#lines.push(String(error)));
    for (const output of [this.#child.stdout, this.#child.stderr]) {
      createInterface({ input: output as Readable }).on('line', (line) => {
        this.#lines.push(line);
        this.#onLine(line);
      });
    }
  }

  /** The first line that matches of what the program prints. */
  line(pattern: RegExp): Promise<RegExpExecArray> {
    const found = new Promise<RegExpExecArray>((resolve) => {
      this.#onLine = (line) => {
        const match = pattern.exec(line);
        if (match !== null) resolve(match);
      };
      this.#lines.forEach((line) => this.#onLine(line));
    });
    return this.whileRunning(found);
  }

  /** What is waited for; an error with the last lines printed should the program end before that. */
  whileRunning<T>(awaited: Promise<T>): Promise<T> {
    const ended = this.#ended.then(() => {
      throw new Error([`${this.#name} has ended`, ...this.#lines.slice(-kShownLines)].join('\n'));
    });
    return Promise.race([awaited, ended]);
  }

  /** Ends the program with its process group and waits for that. A signal other than KILL is for what tidies up at once. */
  stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    return (this.#stopped ??= this.#stop(signal));
  }

  async #stop(signal: NodeJS.Signals): Promise<void> {
    try {
      if (this.#child.pid !== undefined) process.kill(-this.#child.pid, signal);
    } catch {
      // The whole group is gone already.
    }
    await this.#ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
