// What the network's answers are worth, for who looks at it: decided rows, all measures, the counts at a threshold. What is asked
// for anew is answered at once; while a run goes on, the rest waits its turn, so that training hardly notices.
import type { Session } from 'athanor';
import { ifAnswered } from './problems';
import type { Calls, Judged } from './protocol';

const shortestPause = 100;
/** What took a millisecond is followed by twenty without: a twentieth of the worker's time at most. */
const pausePerCost = 20;

export interface Judgement {
  run: number;
  step: number;
  /** The end opens the test part, and may take other weights back than the last step's. */
  finished: boolean;
}
type Wanted = Pick<Calls['watch']['args'], 'decisions' | 'reports'>;
type Source = Pick<Session, 'decisions' | 'measures' | 'atThreshold'>;

export class JudgedSource {
  #due = 0;
  #wanted = '';
  #moment = '';
  #reports: { moment: string; value: Judged['reports'] } = { moment: '', value: null };

  /** The weights are others than the step says. */
  changed(): void {
    this.#moment = '';
    this.#reports.moment = '';
  }

  /** Null when nothing is wanted or nothing is new, and when it is not its turn. */
  take(session: Source, { decisions, reports }: Wanted, now: Judgement, isMoving: boolean): Judged | null {
    const moment = JSON.stringify(now);
    const wanted = JSON.stringify([decisions, reports]);
    const isOther = wanted !== this.#wanted;
    this.#wanted = wanted;
    if (decisions === null && reports === null) return null;
    const started = performance.now();
    if (!isOther && (moment === this.#moment || (isMoving && started < this.#due))) return null;
    this.#moment = moment;
    const judged = {
      decisions: decisions && this.#decide(session, decisions),
      reports: reports && this.#measure(session, moment),
      at: reports && this.#count(session, reports),
    };
    this.#due = started + Math.max(shortestPause, (performance.now() - started) * pausePerCost);
    return judged;
  }

  #decide(session: Source, wanted: NonNullable<Wanted['decisions']>): Judged['decisions'] {
    const decided = ifAnswered(() => session.decisions(wanted.part, wanted.threshold));
    return decided && { ...decided, ...wanted };
  }

  /** They cost the most, and a threshold that is moved changes nothing of them. */
  #measure(session: Source, moment: string): Judged['reports'] {
    if (this.#reports.moment === moment) return this.#reports.value;
    const of = (part: string) => ifAnswered(() => session.measures(part));
    const value = { train: of('train'), validation: of('validation'), test: of('test') };
    this.#reports = { moment, value };
    return value;
  }

  #count(session: Source, wanted: NonNullable<Wanted['reports']>): Judged['at'] {
    const { part, positive, threshold } = wanted;
    const counted = ifAnswered(() => session.atThreshold(part, positive, threshold));
    return counted && { ...counted, ...wanted };
  }
}
