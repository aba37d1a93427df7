// The engine with threads: fetched when a network first has steps that are large enough for them, so that nobody waits for it who
// does not need it. Whoever begins, begins with a build of one thread.
import { canShareMemory, type Engine, loadEngine, type Session, type Variant } from 'athanor';
import { ifAnswered } from './problems';
import type { EngineInUse, Wanted } from './protocol';

export class ThreadedEngine {
  readonly #base: string;
  readonly #tell: (inUse: EngineInUse) => void;
  /** `settled`: it is in use, or will not be. */
  #state: 'unasked' | 'asked' | 'settled';
  #engine: Engine | null = null;
  #inUse: EngineInUse;

  /** `variant` is what the page began with; `tell` hears what is in use, and whenever that changes. */
  constructor(base: string, variant: Variant, wanted: Wanted, tell: (inUse: EngineInUse) => void) {
    const isAlone = navigator.hardwareConcurrency < 2;
    const usual =
      variant === 'simd' ? 'browser' : !canShareMemory() ? 'unshared' : isAlone ? 'alone' : 'small';
    this.#base = base;
    this.#tell = tell;
    this.#inUse = { variant, threads: 1, why: wanted === variant ? 'asked' : usual };
    this.#state = this.#inUse.why === 'small' ? 'unasked' : 'settled';
    tell(this.#inUse);
  }

  /**
   * The session as it stands in this engine, and the engine, as soon as that pays and can be had; asked after every slice of a run.
   * The first time it pays, the engine is fetched.
   */
  take(session: Session): { engine: Engine; session: Session } | null {
    if (this.#state === 'settled') return null;
    // A run that has failed has no checkpoint; it may be rewound.
    if (!session.gainsFromThreads() || session.status().failure !== null) return null;
    if (this.#state === 'unasked') void this.#fetch();
    const engine = this.#engine;
    if (engine === null) return null;
    const moved = ifAnswered(() => engine.restoreSession(session.checkpoint()));
    this.#settle(moved !== null);
    return moved === null ? null : { engine, session: moved };
  }

  async #fetch(): Promise<void> {
    this.#state = 'asked';
    try {
      this.#engine = await loadEngine({ variant: 'threads', base: this.#base });
    } catch {
      this.#settle(false);
    }
  }

  #settle(isUsed: boolean): void {
    const threads = this.#engine?.threads ?? 1;
    this.#engine = null;
    this.#state = 'settled';
    this.#inUse = isUsed ? { variant: 'threads', threads, why: 'large' } : { ...this.#inUse, why: 'failed' };
    this.#tell(this.#inUse);
  }
}
