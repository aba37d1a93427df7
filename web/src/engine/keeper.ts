// Checkpoints of a session that changes, often enough that little is lost when its worker dies.
import type { Session } from 'athanor';
import { ifAnswered } from './problems';

/** What is lost at most when a worker dies, in milliseconds, where a checkpoint costs less than `mostCost`. */
export const oldest = 5000;
const usualPause = 4000;
/** One that costs more is taken half of the time, and what is lost grows with it. */
const mostCost = 2000;
/** The keeper is asked between two slices of the run. */
const slack = 100;

/** From the beginning of one checkpoint to that of the next: that one is whole only when its cost has passed as well. */
function pauseAfter(cost: number): number {
  return cost < mostCost ? Math.min(usualPause, oldest - slack - cost) : 2 * cost;
}

export class Keeper {
  #due = 0;
  /** The run, step and stage at which the last one was taken. */
  #keptAt = '';

  /** It stands, and may stand for long: what there is now is worth keeping at once. */
  rest(): void {
    this.#due = 0;
  }

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
    this.#due = started + pauseAfter(performance.now() - started);
    return bytes;
  }
}
