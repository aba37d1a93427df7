// The page's end of the worker that reads a table.
import type {
  FromReader,
  ReadingChoices,
  ReadingFailure,
  Summary,
  ToReader,
  WriteArgs,
  Written,
} from './messages';

export interface ReaderEvents {
  progress: (stage: 'encoding' | 'rows', bytes: number, rows: number) => void;
  summary: (summary: Summary) => void;
  failure: (failure: ReadingFailure) => void;
}

export class TableReader {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, (message: FromReader) => void>();
  #nextId = 1;

  constructor(events: ReaderEvents) {
    this.#worker = new Worker(new URL('./reader.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
      if (data.type === 'progress') events.progress(data.stage, data.bytes, data.rows);
      else if (data.type === 'summary') events.summary(data.summary);
      else if (data.type === 'failure') events.failure(data.failure);
      else {
        this.#waiting.get(data.id)?.(data);
        this.#waiting.delete(data.id);
      }
    };
    // It ran out of memory, or could not be fetched.
    this.#worker.onerror = (event) => {
      this.close();
      events.failure({ code: 'unreadable', params: { detail: event.message || 'worker' } });
    };
  }

  read(blob: Blob, name: string, choices: ReadingChoices, unnamed: string): void {
    this.#post({ type: 'read', blob, name, choices, unnamed });
  }

  /** Never answered when the reader is closed meanwhile. */
  write(args: WriteArgs): Promise<Written> {
    return new Promise((resolve) => {
      const id = this.#await((message) => message.type === 'written' && resolve(message.written));
      this.#post({ type: 'write', id, args });
    });
  }

  /** The text of rows, by their positions in what was written last. */
  texts(rows: number[]): Promise<string[]> {
    return new Promise((resolve) => {
      const id = this.#await((message) => message.type === 'texts' && resolve(message.texts));
      this.#post({ type: 'texts', id, rows });
    });
  }

  #await(answer: (message: FromReader) => unknown): number {
    const id = this.#nextId++;
    this.#waiting.set(id, (message) => void answer(message));
    return id;
  }

  close(): void {
    this.#worker.terminate();
  }

  #post(message: ToReader): void {
    this.#worker.postMessage(message);
  }
}
