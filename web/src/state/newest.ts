// Jobs of which only the newest counts: while one runs, later ones of the same name replace each other and the last of
// them runs next. A slider that is dragged sends as many values as its receiver can take.

export class NewestOnly<Value> {
  readonly #waiting = new Map<string, { value: Value } | null>();
  readonly #job: (name: string, value: Value) => Promise<void>;
  #settled: Promise<unknown> = Promise.resolve();

  /** @param job does the work; it must not throw */
  constructor(job: (name: string, value: Value) => Promise<void>) {
    this.#job = job;
  }

  /** Resolves when this value, or a newer one in its place, was taken. */
  async offer(name: string, value: Value): Promise<void> {
    if (this.#waiting.has(name)) {
      this.#waiting.set(name, { value });
      return this.settled();
    }
    const done = this.#work(name, value);
    this.#settled = Promise.all([this.#settled, done]);
    return done;
  }

  /** Resolves when everything offered so far was taken. */
  async settled(): Promise<void> {
    await this.#settled;
  }

  async #work(name: string, first: Value): Promise<void> {
    let next: { value: Value } | null = { value: first };
    while (next !== null) {
      this.#waiting.set(name, null);
      await this.#job(name, next.value);
      next = this.#waiting.get(name) ?? null;
    }
    this.#waiting.delete(name);
  }
}
