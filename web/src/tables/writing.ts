// A table as the document takes it: comma-separated, with the columns that are wanted, and as many rows as fit.
import { maxDocumentBytes } from '../state/link';
import type { WriteArgs, Written } from './messages';
import { sampleOf } from './sampling';
import { quoted, type RowStore } from './store';

const encoder = new TextEncoder();

type RowBytes = (row: number) => Uint8Array<ArrayBuffer>;

const [comma, quote, lineEnd] = [0x2c, 0x22, 0x0a];

/** Rows with only some of the columns, cut out of the bytes as they are: a table may have a hundred thousand rows. */
function narrowed(store: RowStore, columns: readonly number[]): RowBytes {
  if (columns.length === store.names.length) return (row) => store.bytesOf(row);
  const ends = new Uint32Array(store.names.length);
  return (row) => {
    const bytes = store.bytesOf(row);
    let cell = 0;
    let isQuoted = false;
    // A doubled quote closes and opens again. The line end that closes the row stands where a comma would.
    for (let at = 0; at < bytes.length; ++at) {
      if (bytes[at] === quote) isQuoted = !isQuoted;
      else if (!isQuoted && (bytes[at] === comma || at === bytes.length - 1)) ends[cell++] = at;
    }
    const cut = new Uint8Array(bytes.length);
    let size = 0;
    for (const column of columns) {
      const cellBytes = bytes.subarray(column === 0 ? 0 : (ends[column - 1] ?? 0) + 1, ends[column]);
      cut.set(cellBytes, size);
      size += cellBytes.length;
      cut[size++] = comma;
    }
    cut[size - 1] = lineEnd;
    return cut.subarray(0, size);
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
