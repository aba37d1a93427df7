// Which change began the run anew: known when a snapshot that was made after the change belongs to another run.
interface Asked {
  path: string;
  /** The call that set the field; snapshots say which calls they came after. */
  call: number;
  /** The run of that moment, and whether anything of it was lost. */
  run: number;
  hadBegun: boolean;
}

export class Restarts {
  #asked: Asked | null = null;
  /** What was said last, so that a slider that is drawn says it once. */
  #said: string | null = null;

  /** A field was set. What was said of another one has had its time. */
  set(asked: Asked): string | null {
    // A run that this field has just begun anew has hardly begun again.
    this.#asked = { ...asked, hadBegun: asked.hadBegun || asked.path === this.#said };
    if (asked.path !== this.#said) this.#said = null;
    return this.#said;
  }

  /** The run begins anew for another reason, which the person has given. */
  forget(): null {
    this.#asked = null;
    this.#said = null;
    return null;
  }

  /** The path of the field that began this run, as far as it is to be said. */
  take({ run, heard }: { run: number; heard: number }): string | null {
    const asked = this.#asked;
    if (asked === null || heard < asked.call) return this.#said;
    this.#asked = null;
    if (run !== asked.run && asked.hadBegun) this.#said = asked.path;
    return this.#said;
  }
}
