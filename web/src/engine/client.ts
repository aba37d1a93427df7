// The page's end of the protocol: calls as promises, snapshots as a callback.
import type { Problem } from 'athanor';
import type { CallName, Calls, FromWorker, Snapshot, ToWorker } from './protocol';

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

interface Waiting {
  resolve: (value: Calls[CallName]['result']) => void;
  reject: (error: Error) => void;
}

export interface ClientEvents {
  snapshot: (snapshot: Snapshot) => void;
  /** The worker died; all open calls were rejected. */
  crash: (detail: string) => void;
}

export class EngineClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  constructor(events: ClientEvents) {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.type === 'snapshot') {
        events.snapshot(data.snapshot);
        return;
      }
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.type === 'result') waiting?.resolve(data.value);
      else waiting?.reject(new EngineError(data.error));
    };
    this.#worker.onerror = (event) => {
      const detail = event.message || 'worker';
      for (const waiting of this.#waiting.values()) waiting.reject(new Error(detail));
      this.#waiting.clear();
      events.crash(detail);
    };
  }

  call<Name extends CallName>(name: Name, args: Calls[Name]['args']): Promise<Calls[Name]['result']> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#post({ type: 'call', id, name, args } as ToWorker);
    });
  }

  /** Tells the worker that the last snapshot was drawn. */
  acknowledge(): void {
    this.#post({ type: 'acknowledge' });
  }

  close(): void {
    this.#worker.terminate();
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}
