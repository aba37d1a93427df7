// Steps back and forward again over values that are never changed in place.

export class History<Value> {
  readonly #most: number;
  readonly #past: Value[] = [];
  #future: Value[] = [];
  #current: Value;

  /** @param most steps that can be taken back */
  constructor(current: Value, most = 200) {
    this.#current = current;
    this.#most = most;
  }

  get current(): Value {
    return this.#current;
  }
  get canUndo(): boolean {
    return this.#past.length > 0;
  }
  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** A new value; what was undone is gone then. The same value is no step. */
  push(value: Value): void {
    if (value === this.#current) return;
    this.#past.push(this.#current);
    if (this.#past.length > this.#most) this.#past.shift();
    this.#future = [];
    this.#current = value;
  }

  /** Another value in place of the present one, without a step. */
  replace(value: Value): void {
    this.#current = value;
  }

  undo(): Value {
    const last = this.#past.pop();
    if (last === undefined) return this.#current;
    this.#future.push(this.#current);
    return (this.#current = last);
  }

  redo(): Value {
    const next = this.#future.pop();
    if (next === undefined) return this.#current;
    this.#past.push(this.#current);
    return (this.#current = next);
  }
}
