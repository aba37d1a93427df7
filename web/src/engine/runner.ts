// The run under way: a session that is advanced in short slices, at the pace that was chosen, so that messages are heard in
// between.
import type { Session, Status } from 'athanor';
import { Motion } from './motion';
import { nextMove } from './pace';
import { isAtData } from './sheet';
import type { Pace, StepUnit } from './protocol';

/** A slice leaves room for messages. */
const sliceMilliseconds = 12;

/** What a single step still has to reach. */
interface Goal {
  unit: 'epoch' | 'stage';
  reached: (status: Status) => boolean;
}

function visits(status: Status, stage: string): number {
  return status.stages.find(({ id }) => id === stage)?.visits ?? 0;
}

export class Runner {
  running = false;
  pace: Pace = 'normal';
  /** Counts rewinds and other documents; 0 as long as there is no session. */
  run = 0;
  readonly motion = new Motion();
  #session: Session | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Null when no single step is under way. */
  #goal: Goal | null = null;
  readonly #speed = { since: performance.now(), steps: 0, value: 0 };
  readonly #moved: (isAtRest: boolean) => void;

  /** `moved` is told after every slice, and whether another one follows. */
  constructor(moved: (isAtRest: boolean) => void) {
    this.#moved = moved;
  }

  get session(): Session {
    if (this.#session === null) throw new Error('a call before the start');
    return this.#session;
  }
  /** Another slice follows, of a run or of a single step. */
  get isBusy(): boolean {
    return this.running || this.#goal !== null;
  }
  get isOver(): boolean {
    const { finished, failure } = this.session.status();
    return finished || failure !== null;
  }
  get stepsPerSecond(): number {
    return this.#speed.value;
  }

  /** Takes the place of the session so far, which is deleted. */
  adopt(session: Session): void {
    this.#session?.delete();
    this.#session = session;
    this.begin();
  }

  /** The same run as it stands, in another build of the engine. */
  move(session: Session): void {
    this.#session?.delete();
    this.#session = session;
    Object.assign(this.#speed, { since: performance.now(), steps: 0 });
  }

  /** From here on it is another run: its curves begin anew. */
  begin(): void {
    this.#goal = null;
    this.motion.clear();
    ++this.run;
    Object.assign(this.#speed, { since: performance.now(), steps: 0, value: 0 });
  }

  /** Runs on or pauses; a run that is over begins again. */
  go(running: boolean): void {
    this.running = running;
    this.#goal = null;
    this.motion.hurry();
    if (!running || !this.isOver) return;
    this.session.rewind();
    this.begin();
  }

  setPace(pace: Pace): void {
    this.pace = pace;
    this.motion.hurry();
  }

  /** A batch at once; the way to the end of an epoch or stage is gone in slices. */
  step(unit: StepUnit): void {
    this.running = false;
    const { session } = this;
    const before = session.status();
    this.motion.begin(unit, before.stage);
    if (unit === 'batch') {
      this.#goal = null;
      session.stepBatch();
      this.motion.end(session.status());
    } else if (unit === 'epoch') {
      const target = visits(before, 'evaluate') + 1;
      this.#goal = { unit, reached: (status) => visits(status, 'evaluate') >= target };
    } else {
      this.#goal = { unit, reached: (status) => status.stage !== before.stage };
    }
  }

  /** Something to look at before anything is trained: at once, when a slice is enough for it. */
  showData(): void {
    if (this.isBusy || !isAtData(this.session)) return;
    this.motion.clear();
    this.#approach({ unit: 'stage', reached: () => !isAtData(this.session) });
  }

  /** Goes on, if there is something to go on with; called after everything that may have changed that. */
  wake(): void {
    clearTimeout(this.#timer);
    const wait = this.#goal === null ? this.motion.wait : 0;
    this.#timer = this.isBusy ? setTimeout(() => this.#tick(), wait) : undefined;
  }

  #tick(): void {
    this.#timer = undefined;
    if (this.#goal !== null) return this.#approach(this.#goal);
    if (!this.running) return;
    const { session, motion, pace } = this;
    const started = performance.now();
    const before = session.status();
    const move = pace === 'motion' ? null : nextMove(pace, before);
    if (move !== null) motion.clear();
    let isDone = true;
    try {
      if (move === null) motion.advance(session, sliceMilliseconds);
      else if (move.kind === 'stage') isDone = session.stepStageFor(sliceMilliseconds);
      else if (move.kind === 'epochs') session.advance(sliceMilliseconds, Math.min(move.count, 1_000_000));
      else for (let i = 0; i < move.count && session.status().stage === 'train'; ++i) session.stepBatch();
    } catch {
      this.running = false; // the status carries the failure
      motion.clear();
    }
    const status = session.status();
    this.#measureSpeed(status.step - before.step);
    if (status.finished) this.running = false;
    this.#moved(!this.running);
    const rest = move === null ? motion.wait : move.wait - (performance.now() - started);
    const wait = isDone ? rest : 0;
    if (this.running) this.#timer = setTimeout(() => this.#tick(), Math.max(0, wait));
  }

  /** A slice of the way to the end of the epoch or stage. */
  #approach(goal: Goal): void {
    const { session } = this;
    const { unit, reached } = goal;
    this.#goal = goal;
    const until = performance.now() + sliceMilliseconds;
    try {
      do {
        if (unit === 'epoch') session.advance(sliceMilliseconds, 1);
        else if (session.status().stage === 'train') session.stepBatch();
        else session.stepStageFor(sliceMilliseconds);
      } while (!this.isOver && !reached(session.status()) && performance.now() < until);
    } catch {
      this.#goal = null; // the status carries the failure
    }
    if (this.isOver || reached(session.status())) this.#goal = null;
    const isThere = this.#goal === null;
    if (isThere) this.motion.end(session.status());
    this.#moved(isThere);
    this.wake();
  }

  #measureSpeed(steps: number): void {
    const speed = this.#speed;
    speed.steps += steps;
    const seconds = (performance.now() - speed.since) / 1000;
    if (seconds < 0.5) return;
    speed.value = speed.steps / seconds;
    speed.since = performance.now();
    speed.steps = 0;
  }
}
