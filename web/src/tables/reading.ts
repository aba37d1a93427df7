// A file read into a store of rows. Everything that is not said is found out first.
import { pieces, textOf } from './decoding';
import { commentLines, uncommented, withoutLines } from './comments';
import { findEncoding } from './encoding';
import { firstNames, Names, parseJson, recordsOfJson, rowOf } from './json';
import { ReadingError, type Reading, type ReadingChoices, type Summary } from './messages';
import { RecordReader, recordsOf } from './records';
import { numberColumns } from './grouping';
import { findDecimal, findDelimiter, findFormat, hasHeader } from './sniffing';
import { distinctNames, RowStore, type Numerals } from './store';

/** Characters by which delimiter and header are found out. */
const headLength = 64 * 1024;

export interface Source {
  blob: Blob;
  name: string;
  choices: ReadingChoices;
  /** How a column without a name is called: "column {number}". */
  unnamed: string;
}
export type Progress = (stage: 'encoding' | 'rows', bytes: number, rows: number) => void;
export interface Read {
  store: RowStore;
  summary: Summary;
}

/** Whole lines of the beginning. */
async function headOf(blob: Blob, encoding: Reading['encoding']): Promise<string> {
  let head = '';
  for await (const { text, isLast } of pieces(blob, encoding)) {
    head += text;
    if (isLast && head.length <= headLength) return head;
    if (head.length > headLength) break;
  }
  const end = head.lastIndexOf('\n', headLength);
  return head.slice(0, end === -1 ? headLength : end + 1);
}

class Reader {
  readonly #source: Source;
  readonly #progress: Progress;
  readonly #reading: Reading;
  readonly #numerals: Numerals;
  /** Lines at the top that are no part of the table. */
  readonly #comments: number;
  #store: RowStore | null = null;
  #renamed: string[] = [];
  #canHaveHeader = true;
  #unreadable = 0;

  constructor(source: Source, reading: Reading, numerals: Numerals, comments: number, progress: Progress) {
    this.#comments = comments;
    this.#source = source;
    this.#numerals = numerals;
    this.#reading = reading;
    this.#progress = progress;
  }

  #open(names: readonly string[]): RowStore {
    const distinct = distinctNames(names, (number) =>
      this.#source.unnamed.replace('{number}', String(number)),
    );
    this.#renamed = distinct.renamed;
    this.#store = new RowStore(distinct.names, this.#numerals, this.#source.blob.size);
    return this.#store;
  }

  async #text(): Promise<string> {
    const { text, unreadable } = await textOf(this.#source.blob, this.#reading.encoding, (bytes) =>
      this.#progress('rows', bytes, 0),
    );
    this.#unreadable = unreadable;
    return text;
  }

  async delimited(): Promise<void> {
    const { delimiter, header, encoding } = this.#reading;
    const early: [code: 'unclosed_quote' | 'bad_quote', line: number, text: string][] = [];
    const reader = new RecordReader(delimiter, {
      record: (cells, line) => {
        if (this.#store === null) {
          const store = this.#open(header ? cells.map(uncommented) : cells.map(() => ''));
          for (const [code, at, text] of early) store.reject({ code, line: at, text, params: {} });
          if (header) return;
        }
        this.#store?.add(cells, line, () => cells.join(delimiter));
      },
      broken: (code, line, text) => {
        if (this.#store === null) early.push([code, line, text]);
        else this.#store.reject({ code, line, text, params: {} });
      },
    });
    let comments = this.#comments; // all in the first piece, of which the head is a part
    for await (const { text, bytes, unreadable, isLast } of pieces(this.#source.blob, encoding)) {
      this.#unreadable += unreadable;
      reader.push(withoutLines(text, comments), isLast);
      comments = 0;
      this.#progress('rows', bytes, this.#store?.rows ?? 0);
    }
  }

  async json(): Promise<void> {
    const records = recordsOfJson(await this.#text());
    const isNamed = records.names !== null;
    const header = this.#source.choices.header ?? (!isNamed && firstNames(records));
    this.#reading.header = header;
    this.#canHaveHeader = !isNamed;
    const [first] = records.rows;
    const names = records.names ?? (header ? first?.cells : first?.cells.map(() => '')) ?? [];
    const store = this.#open(names);
    for (const { number, text } of records.rejected)
      store.reject({ line: number, code: 'not_a_row', params: {}, text });
    for (const { number, cells } of !isNamed && header ? records.rows.slice(1) : records.rows)
      store.add(cells, number, () => JSON.stringify(cells));
  }

  /** Twice over the lines: the names of all objects are known only at the end. */
  async lines(): Promise<void> {
    const lines = (await this.#text()).split('\n');
    const names = new Names();
    const first = lines.map(rowIn).find((row) => row !== null) ?? null;
    if (first === null) throw new ReadingError('no_rows');
    const { header } = this.#reading;
    const isList = Array.isArray(first);
    this.#canHaveHeader = isList;
    if (!isList)
      for (const line of lines) {
        const row = rowIn(line);
        if (row !== null) names.add(row);
      }
    const order = names.all;
    const store = this.#open(isList ? (header ? first : first.map(() => '')) : order);
    let skip = isList && header;
    lines.forEach((text, index) => {
      if (text.trim() === '') return;
      const row = rowIn(text);
      const line = index + 1;
      if (row === null || Array.isArray(row) !== isList) store.reject({ ...lineProblem(text), line, text });
      else if (skip) skip = false;
      else store.add(Array.isArray(row) ? row : order.map((name) => row[name] ?? ''), line, () => text);
    });
  }

  result(): Read {
    const store = this.#store;
    if (store === null) throw new ReadingError(this.#source.blob.size === 0 ? 'empty' : 'no_rows');
    if (store.rows === 0 && store.rejectedCount === 0) throw new ReadingError('no_rows');
    return {
      store,
      summary: {
        reading: this.#reading,
        rows: store.rows,
        columns: store.columns(),
        preview: store.preview,
        rejected: store.rejected.sort((a, b) => a.line - b.line),
        rejectedCount: store.rejectedCount,
        unreadable: this.#unreadable,
        comments: this.#comments,
        renamed: this.#renamed,
        canHaveHeader: this.#canHaveHeader,
      },
    };
  }
}

function rowIn(line: string) {
  try {
    return rowOf(JSON.parse(line) as Parameters<typeof rowOf>[0]);
  } catch {
    return null;
  }
}

function lineProblem(text: string): {
  code: 'bad_json' | 'not_a_row';
  params: Record<string, string | number>;
} {
  try {
    parseJson(text);
    return { code: 'not_a_row', params: {} };
  } catch (error) {
    if (!(error instanceof ReadingError)) throw error;
    return { code: 'bad_json', params: { column: error.failure.params['column'] ?? 1 } };
  }
}

/** Throws ReadingError for what gives no table at all. */
export async function readTable(source: Source, progress: Progress): Promise<Read> {
  const { blob, name, choices } = source;
  if (blob.size === 0) throw new ReadingError('empty');
  const encoding =
    choices.encoding ?? (await findEncoding(blob, name, (bytes) => progress('encoding', bytes, 0)));
  const whole = await headOf(blob, encoding);
  if (whole.trim() === '') throw new ReadingError('empty');
  const format = findFormat(whole, name);
  const comments = format === 'delimited' ? commentLines(whole, choices.delimiter) : 0;
  const head = withoutLines(whole, comments);
  const delimiter = choices.delimiter ?? findDelimiter(head);
  const records = format === 'delimited' ? recordsOf(head, delimiter) : [];
  const lists = () => format === 'lines' && hasHeader(head.split('\n').flatMap((line) => listIn(line)));
  // In JSON numbers are numbers.
  const found =
    format === 'delimited' ? findDecimal(records, delimiter) : { decimal: '.' as const, isSure: false };
  const reading: Reading = {
    format,
    encoding,
    delimiter,
    header: choices.header ?? (format === 'delimited' ? hasHeader(records) : lists()),
    decimal: choices.decimal ?? found.decimal,
  };
  const { decimal } = reading;
  const isSure = found.isSure || choices.decimal !== undefined;
  const values = reading.header ? records.slice(1) : records;
  const areNumbers = numberColumns(values, records[0]?.length ?? 0, decimal, isSure);
  const reader = new Reader(source, reading, { decimal, isSure, areNumbers }, comments, progress);
  if (format === 'delimited') await reader.delimited();
  else if (format === 'lines') await reader.lines();
  else await reader.json();
  return reader.result();
}

function listIn(line: string): string[][] {
  const row = rowIn(line);
  return Array.isArray(row) ? [row] : [];
}
