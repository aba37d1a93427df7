// The worker that reads a file as a table and writes it as the document takes it. One file for each worker: whoever wants no
// more of it ends the worker.
import { ReadingError, type FromReader, type ToReader } from './messages';
import { readTable, type Progress } from './reading';
import type { RowStore } from './store';
import { write } from './writing';

let store: RowStore | null = null;
let chosen: number[] = [];

function send(message: FromReader, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}

const progress: Progress = (stage, bytes, rows) => send({ type: 'progress', stage, bytes, rows });

async function read({ blob, name, choices, unnamed }: ToReader & { type: 'read' }): Promise<void> {
  store = null;
  try {
    const result = await readTable({ blob, name, choices, unnamed }, progress);
    store = result.store;
    send({ type: 'summary', summary: result.summary });
  } catch (error) {
    // A file that was moved or changed since it was chosen, or that needs more memory than there is.
    const detail = error instanceof Error ? error.message : String(error);
    const failure =
      error instanceof ReadingError ? error.failure : { code: 'unreadable' as const, params: { detail } };
    send({ type: 'failure', failure });
  }
}

onmessage = async ({ data }: MessageEvent<ToReader>) => {
  if (data.type === 'read') return read(data);
  if (store === null) return;
  if (data.type === 'write') {
    const result = await write(store, data.args);
    ({ chosen } = result);
    const { written } = result;
    send({ type: 'written', id: data.id, written }, [written.sources.buffer, written.lines.buffer]);
  } else {
    const table = store;
    const texts = data.rows.map((row) => table.textOf(chosen[row] ?? 0).trimEnd());
    send({ type: 'texts', id: data.id, texts });
  }
};
