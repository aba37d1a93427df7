// Fields that were set when an engine died which had not answered: the next one is told of them. Once: a value that every engine
// dies of would be told for ever.

export class Unheard {
  #lost = new Map<string, unknown>();
  #told = new Map<string, unknown>();

  /** A field is being set: what was lost of it is out of date. */
  begin(path: string): void {
    this.#lost.delete(path);
  }

  /** Accepted or refused: it was heard. */
  answered(path: string): void {
    this.#told.delete(path);
  }

  /** The engine was gone before it had answered. */
  keep(path: string, value: unknown): void {
    if (!this.#told.has(path) || this.#told.get(path) !== value) this.#lost.set(path, value);
    this.#told.delete(path);
  }

  /** What the next engine is to be told. */
  take(): [path: string, value: unknown][] {
    this.#told = this.#lost;
    this.#lost = new Map();
    return [...this.#told];
  }
}
