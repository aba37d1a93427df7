// Experiments that are run beside the one on the page, one after the other and to their ends, to be compared. The page asks for
// one slice of work after the other, so that it can stop whenever it likes.
import type { Engine, Session } from 'athanor';
import type { Calls, Trials } from './protocol';

/** Long beside what a message costs, short beside what a person calls waiting. */
const sliceMilliseconds = 40;

export class TrialRunner {
  #documents: unknown[] = [];
  #session: Session | null = null;
  #results: Trials['results'] = [];

  /** Where they stand; null when none are under way. Throws what the engine refuses, and ends with it. */
  answer(engine: Engine, args: Calls['compare']['args']): Trials | null {
    try {
      if (args.act === 'end') this.#end();
      if (args.act === 'begin') this.#begin(engine, args.documents);
      if (args.act === 'go') this.#go(engine);
      return this.#report();
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  #begin(engine: Engine, documents: unknown[]): void {
    this.#end();
    this.#documents = documents;
    this.#next(engine);
  }

  #next(engine: Engine): void {
    this.#session?.delete();
    this.#session = null;
    const document = this.#documents[this.#results.length];
    if (document !== undefined) this.#session = engine.createSession(document);
  }

  #go(engine: Engine): void {
    if (this.#session === null) return;
    this.#session.advance(sliceMilliseconds, 1_000_000);
    const { finished, rows, epoch, measures } = this.#session.status();
    if (!finished) return;
    // The test part stays out of it: settings are compared by rows that may be looked at.
    this.#results.push({ rows, epochs: epoch, train: measures.train, validation: measures.validation });
    this.#next(engine);
  }

  #report(): Trials | null {
    const count = this.#documents.length;
    if (count === 0) return null;
    const done = this.#results.length;
    const status = this.#session?.status();
    const mostEpochs = this.#session?.document().done.max_epochs ?? 1;
    const share = status === undefined ? 0 : Math.min(1, status.epoch / mostEpochs);
    const report = { count, done: done + share, finished: done === count, results: [...this.#results] };
    if (report.finished) this.#end();
    return report;
  }

  #end(): void {
    this.#session?.delete();
    this.#session = null;
    this.#documents = [];
    this.#results = [];
  }
}
