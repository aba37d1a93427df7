// A table as the document takes it: comma-separated, with the columns that are wanted, and as many rows as fit.
import { maxDocumentBytes } from '../state/link';
import type { WriteArgs, Written } from './messages';
import { recordsOf } from './records';
import { sampleOf } from './sampling';
import { quoted, type RowStore } from './store';

const encoder = new TextEncoder();

type RowBytes = (row: number) => Uint8Array<ArrayBuffer>;

/** Rows with only some of the columns are taken apart and put together again. */
function narrowed(store: RowStore, columns: readonly number[]): RowBytes {
  if (columns.length === store.names.length) return (row) => store.bytesOf(row);
  return (row) => {
    const [cells = []] = recordsOf(store.textOf(row), ',');
    return encoder.encode(`${columns.map((column) => quoted(cells[column] ?? '')).join(',')}\n`);
  };
}

function sum(rows: readonly number[], size: (row: number) => number): number {
  let bytes = 0;
  for (const row of rows) bytes += size(row);
  return bytes;
}

async function deflatedSize(bytes: Uint8Array<ArrayBuffer>): Promise<number | null> {
  if (bytes.length > maxDocumentBytes) return null;
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

/** Positions of the rows that are written: all of them where they fit, else a sample. */
function chosenRows(sizes: Uint32Array, room: number, { rows, seed, mostRows }: WriteArgs): number[] {
  const all = sizes.length;
  let wanted = Math.min(all, mostRows, rows ?? all);
  for (;;) {
    const chosen = sampleOf(all, wanted, seed);
    const bytes = sum(chosen, (row) => sizes[row] ?? 0);
    if (bytes <= room || wanted === 0) return chosen;
    wanted = Math.max(0, Math.min(wanted - 1, Math.floor((wanted * room) / bytes)));
  }
}

export interface WrittenRows {
  written: Written;
  /** Positions in the store. */
  chosen: number[];
}

export async function write(store: RowStore, args: WriteArgs): Promise<WrittenRows> {
  const bytesOf = narrowed(store, args.columns);
  const header = encoder.encode(
    `${args.columns.map((column) => quoted(store.names[column] ?? '')).join(',')}\n`,
  );
  const sizes = Uint32Array.from({ length: store.rows }, (_, row) => bytesOf(row).length);
  const wholeBytes = header.length + sizes.reduce((total, size) => total + size, 0);
  const chosen = chosenRows(sizes, args.mostBytes - header.length, args);
  const csv = new Uint8Array(header.length + sum(chosen, (row) => sizes[row] ?? 0));
  csv.set(header);
  const sources = new Uint32Array(chosen.length);
  const lines = new Uint32Array(chosen.length);
  const breaksIn = (bytes: Uint8Array) => bytes.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0);
  let at = header.length;
  let line = 1 + breaksIn(header);
  chosen.forEach((row, index) => {
    const bytes = bytesOf(row);
    csv.set(bytes, at);
    at += bytes.length;
    sources[index] = store.lineOf(row);
    lines[index] = line;
    line += breaksIn(bytes);
  });
  const written: Written = {
    csv: new TextDecoder('utf-8', { ignoreBOM: true }).decode(csv),
    rows: chosen.length,
    wholeBytes,
    bytes: csv.length,
    deflated: await deflatedSize(csv),
    sources,
    lines,
  };
  return { written, chosen };
}
