// Checkpoints of a session that changes, often enough that little is lost when its worker dies.
import type { Session } from 'athanor';
import { ifAnswered } from './problems';

/** What is lost at most; a checkpoint that costs much is taken less often. */
const shortestPause = 4000;
const pausePerCost = 20;

export class Keeper {
  #due = 0;
  /** The run, step and stage at which the last one was taken. */
  #keptAt = '';

  /** The session is another than its step says. */
  changed(): void {
    this.#keptAt = '';
  }

  /** A checkpoint when it is time for one and there is something new; null else, and for a run that has none. */
  take(
    session: Pick<Session, 'status' | 'checkpoint'>,
    run: number,
  ): ReturnType<Session['checkpoint']> | null {
    const started = performance.now();
    if (started < this.#due) return null;
    const { step, stage, failure } = session.status();
    const at = `${run} ${step} ${stage}`;
    if (at === this.#keptAt || failure !== null) return null;
    this.#keptAt = at;
    // Without memory for a copy the run goes on without.
    const bytes = ifAnswered(() => session.checkpoint());
    this.#due = started + Math.max(shortestPause, (performance.now() - started) * pausePerCost);
    return bytes;
  }
}
