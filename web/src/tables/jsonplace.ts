// Where a text stops being JSON. Browsers word the error each in their own way, some without a place; this walks the text
// by the grammar of RFC 8259 and says line and column.

/** Deeper nesting is refused rather than walked: no table needs it. */
const maxDepth = 200;
const space = /[ \t\n\r]*/y;
const number = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const word = /true|false|null/y;
// eslint-disable-next-line no-control-regex -- control characters are just what may not stand in a JSON text
const text = /"([^"\\\u0000-\u001f]|\\(["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
// eslint-disable-next-line no-control-regex
const goodText = /"([^"\\\u0000-\u001f]|\\(["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;

class Stop extends Error {
  readonly at: number;
  constructor(at: number) {
    super();
    this.at = at;
  }
}

class Walker {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  walk(): void {
    this.#value(0);
    this.#skip(space);
    if (this.#at < this.#source.length) throw new Stop(this.#at);
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#source)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #expect(character: string): void {
    this.#skip(space);
    if (this.#source[this.#at] !== character) throw new Stop(this.#at);
    ++this.#at;
  }

  #text(): void {
    this.#skip(space);
    if (this.#skip(text)) return;
    this.#skip(goodText);
    throw new Stop(this.#at);
  }

  #list(close: string, depth: number, item: () => void): void {
    ++this.#at;
    if (depth > maxDepth) throw new Stop(this.#at);
    this.#skip(space);
    if (this.#source[this.#at] === close) {
      ++this.#at;
      return;
    }
    for (;;) {
      item();
      this.#skip(space);
      if (this.#source[this.#at] !== ',') break;
      ++this.#at;
    }
    this.#expect(close);
  }

  #value(depth: number): void {
    this.#skip(space);
    const first = this.#source[this.#at];
    if (first === '[') this.#list(']', depth, () => this.#value(depth + 1));
    else if (first === '{')
      this.#list('}', depth, () => {
        this.#text();
        this.#expect(':');
        this.#value(depth + 1);
      });
    else if (first === '"') this.#text();
    else if (!this.#skip(number) && !this.#skip(word)) throw new Stop(this.#at);
  }
}

/** Line and column, both from 1, of the first character that cannot stand where it does; null for JSON. */
export function placeOfError(source: string): { line: number; column: number } | null {
  try {
    new Walker(source).walk();
    return null;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const before = source.slice(0, error.at);
    return { line: before.split('\n').length, column: error.at - before.lastIndexOf('\n') };
  }
}
