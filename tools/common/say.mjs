// What the person sees: which step of how many, and how far it is.

const kPlainProgressMilliseconds = 5000;

/** Numbered steps of one command. On a terminal the current line is rewritten; elsewhere progress comes every few seconds. */
export class Steps {
  /** @param {number} total */
  constructor(total) {
    this.total = total;
    this.current = 0;
    this.name = '';
    this.started = 0;
    this.lastProgress = 0;
  }

  /** @param {string} name */
  begin(name) {
    this.current += 1;
    this.name = name;
    this.started = this.lastProgress = Date.now();
    if (process.stdout.isTTY) this.#rewrite(`${this.#label()} …`);
  }

  /** @param {string} text how far: "45 %", "12/80" */
  progress(text) {
    if (process.stdout.isTTY) {
      this.#rewrite(`${this.#label()} … ${text}`);
    } else if (Date.now() - this.lastProgress >= kPlainProgressMilliseconds) {
      this.lastProgress = Date.now();
      say(`${this.#label()} … ${text}`);
    }
  }

  /** @param {string} [note] */
  done(note = 'ready') {
    const seconds = (Date.now() - this.started) / 1000;
    if (process.stdout.isTTY) this.#rewrite('');
    say(`${this.#label()}: ${note}${seconds >= 1 ? ` (${seconds.toFixed(0)} s)` : ''}`);
  }

  #label() {
    return `[${this.current}/${this.total}] ${this.name}`;
  }

  /** @param {string} line */
  #rewrite(line) {
    const width = process.stdout.columns || 80;
    process.stdout.write(`\r\x1b[2K${line.slice(0, width - 1)}`);
  }
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}
