// Delimited text as records, piece by piece, with the line each begins on. Papa Parse takes the cells apart. What it cannot
// read costs one line, not the rest of the file: the reader goes on below it, first line by line, then in larger and larger
// pieces, so that a file full of broken quotes takes time in proportion to its length.
import Papa from 'papaparse';
import { maxRecordLength } from './limits';
import type { Delimiter } from './messages';

export interface RecordSink {
  record: (cells: string[], line: number) => void;
  broken: (code: 'unclosed_quote' | 'bad_quote', line: number, text: string) => void;
}

const largestPiece = 256 * 1024;

function breaksIn(cells: readonly string[]): number {
  let found = 0;
  for (const cell of cells)
    for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) ++found;
  return found;
}

/** Where the line after `count` line ends begins. */
function afterLines(text: string, count: number): number {
  let at = 0;
  for (let i = 0; i < count; ++i) at = text.indexOf('\n', at) + 1;
  return at;
}

export class RecordReader {
  readonly #delimiter: Delimiter;
  readonly #sink: RecordSink;
  #text = '';
  #line = 1;
  /** Characters that are taken at a time, up to the end of a line. */
  #size = largestPiece;
  /** A quote is open: less than `#size` will not do. */
  #isOpen = false;

  constructor(delimiter: Delimiter, sink: RecordSink) {
    this.#delimiter = delimiter;
    this.#sink = sink;
  }

  /** Takes text whose lines end with LF. */
  push(text: string, isLast: boolean): void {
    this.#text += text;
    let at = 0;
    while (at < this.#text.length) {
      const end = this.#endOfPiece(at, isLast);
      if (end === null) break;
      at += this.#take(this.#text.slice(at, end), isLast && end === this.#text.length);
    }
    this.#text = this.#text.slice(at);
  }

  #endOfPiece(at: number, isLast: boolean): number | null {
    const end = this.#text.indexOf('\n', at + this.#size - 1);
    if (end !== -1) return end + 1;
    if (isLast) return this.#text.length;
    if (this.#isOpen) return null;
    const last = this.#text.lastIndexOf('\n');
    return last < at ? null : last + 1;
  }

  /** Reads a piece of whole lines; gives how many characters of it are done with. */
  #take(piece: string, isLast: boolean): number {
    const body = piece.endsWith('\n') ? piece.slice(0, -1) : piece;
    const { data, errors } = Papa.parse<string[]>(body, { delimiter: this.#delimiter, newline: '\n' });
    const [error] = errors.filter(({ type }) => type === 'Quotes');
    const good = error === undefined ? data : data.slice(0, error.row);
    const hasQuotes = body.includes('"');
    const first = this.#line;
    for (const cells of good.length === 0 && body === '' ? [['']] : good) {
      const isBlank = cells.length === 1 && cells[0]?.trim() === '';
      if (!isBlank) this.#sink.record(cells, this.#line);
      this.#line += 1 + (hasQuotes ? breaksIn(cells) : 0);
    }
    if (error === undefined) {
      this.#isOpen = false;
      this.#size = Math.min(largestPiece, 2 * Math.max(this.#size, 1));
      return piece.length;
    }
    const start = afterLines(piece, this.#line - first);
    const rest = piece.length - start;
    if (error.code === 'MissingQuotes' && !isLast && rest < maxRecordLength) {
      this.#isOpen = true;
      this.#size = 2 * rest;
      return start;
    }
    const lineEnd = piece.indexOf('\n', start);
    const next = lineEnd === -1 ? piece.length : lineEnd + 1;
    const code = error.code === 'MissingQuotes' ? 'unclosed_quote' : 'bad_quote';
    this.#sink.broken(code, this.#line++, piece.slice(start, lineEnd === -1 ? undefined : lineEnd));
    this.#isOpen = false;
    this.#size = 1;
    return next;
  }
}

/** The records of a short text; what is broken in it is left out. */
export function recordsOf(text: string, delimiter: Delimiter): string[][] {
  const records: string[][] = [];
  const reader = new RecordReader(delimiter, {
    record: (cells) => records.push(cells),
    broken: () => undefined,
  });
  reader.push(text, true);
  return records;
}
