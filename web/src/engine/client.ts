// The page's end of the protocol: calls as promises, snapshots as a callback.
import type { Problem } from 'athanor';
import { valueAt } from '../state/document';
import type { CallName, Calls, EngineInUse, FromWorker, Snapshot, ToWorker } from './protocol';

declare const __ENGINE_FOLDER__: string;

/** Where the build put the engine's variants. */
export function engineBase(): string {
  return new URL(__ENGINE_FOLDER__, document.baseURI).href;
}

/** An error of the engine that came over from the worker. */
export class EngineError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'EngineError';
    this.problem = problem;
  }
}

/** Characters of the table that a call has the worker read. */
function tableOf(args: Calls[CallName]['args']): number {
  if ('text' in args) return args.text.length;
  if ('value' in args && typeof args.value === 'string') return args.value.length;
  const csv = 'document' in args ? valueAt(args.document, 'data.table.csv') : null;
  return typeof csv === 'string' ? csv.length : 0;
}

interface Waiting {
  /** Pings that may go unanswered meanwhile. */
  patience: number;
  resolve: (value: Calls[CallName]['result']) => void;
  reject: (error: Error) => void;
}

export interface ClientEvents {
  snapshot: (snapshot: Snapshot) => void;
  /** Which build of the engine is in use, and why. */
  engine: (engine: EngineInUse) => void;
  /** The session as it stands, to go on from when the worker dies. */
  checkpoint: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** The worker died or hangs; it was stopped, and all open calls were rejected. */
  crash: (detail: string) => void;
}

/** A worker answers between two slices of some hundredths of a second. */
const pingMilliseconds = 1000;
const mostSilentPings = 6;
/** While it reads a table it says nothing: for each so many characters of it one more ping may go unanswered. The largest table
 * gets a minute and a half by that, chosen generously rather than measured on a slow machine. */
const charactersPerPing = 50_000;

/** The worker is gone; whoever holds the client hears it by the event. */
export class EngineGone extends Error {}

export class EngineClient {
  readonly #worker: Worker;
  readonly #events: ClientEvents;
  readonly #heartbeat: ReturnType<typeof setInterval>;
  /** How often it was asked since it was last heard: counted, since the clock goes on while a computer sleeps. */
  #silent = 0;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  constructor(events: ClientEvents) {
    this.#events = events;
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      this.#silent = 0;
      if (data.type === 'pong') return;
      if (data.type === 'engine') return events.engine(data.engine);
      if (data.type === 'snapshot') return events.snapshot(data.snapshot);
      if (data.type === 'checkpoint') return events.checkpoint(data.bytes);
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.type === 'result') waiting?.resolve(data.value);
      else waiting?.reject(new EngineError(data.error));
    };
    this.#worker.onerror = (event) => this.#giveUp(event.message || 'worker');
    this.#heartbeat = setInterval(() => this.#listen(), pingMilliseconds);
  }

  #listen(): void {
    const patience = [...this.#waiting.values()].reduce((sum, waiting) => sum + waiting.patience, 0);
    if (this.#silent >= mostSilentPings + patience) this.#giveUp('no answer');
    else if (this.#silent++ === 0) this.#post({ type: 'ping' });
  }

  #giveUp(detail: string): void {
    this.close();
    for (const waiting of this.#waiting.values()) waiting.reject(new EngineGone(detail));
    this.#waiting.clear();
    this.#events.crash(detail);
  }

  call<Name extends CallName>(name: Name, args: Calls[Name]['args']): Promise<Calls[Name]['result']> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { patience: Math.ceil(tableOf(args) / charactersPerPing), resolve, reject });
      this.#post({ type: 'call', id, name, args } as ToWorker);
    });
  }

  /** The number of the last call; snapshots say which ones they come after. */
  get asked(): number {
    return this.#nextId - 1;
  }

  /** Tells the worker that the last snapshot was drawn. */
  acknowledge(): void {
    this.#post({ type: 'acknowledge' });
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#worker.terminate();
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}
