// What the page and the worker that reads tables say to each other, and how a file can be read.

export const encodings = [
  'utf-8',
  'gb18030',
  'utf-16le',
  'utf-16be',
  'big5',
  'shift_jis',
  'windows-1252',
] as const;
export type Encoding = (typeof encodings)[number];

export const delimiters = [',', '\t', ';', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

export const decimals = ['.', ','] as const;
export type Decimal = (typeof decimals)[number];

/** Text with delimiters; one JSON value; a JSON value on every line. */
export type Format = 'delimited' | 'json' | 'lines';

/** How a file was read. Of JSON only the encoding matters, and whether a list of lists begins with the names. */
export interface Reading {
  format: Format;
  encoding: Encoding;
  delimiter: Delimiter;
  header: boolean;
  decimal: Decimal;
}
/** What a person says of it; the rest is found out. */
export type ReadingChoices = Partial<Omit<Reading, 'format'>>;

/** A row that was left out. */
export interface RejectedRow {
  line: number;
  code: 'cell_count' | 'unclosed_quote' | 'bad_quote' | 'not_a_row' | 'bad_json';
  params: Record<string, string | number>;
  /** Its beginning, as it stands in the file. */
  text: string;
}

export interface ColumnSight {
  name: string;
  missing: number;
  /** Every value that is no number is a date or a time of day. */
  isDate: boolean;
  /** The first number whose thousands were set apart, as it stood there and as it was read. */
  grouped: { text: string; value: string } | null;
  /** The first that could be a thousand and something as well as one and something, and how it was read; null when it was not. */
  eitherWay: { text: string; value: string | null } | null;
}

/** Why a file gives no table. */
export interface ReadingFailure {
  code:
    'empty' | 'no_rows' | 'binary' | 'workbook' | 'too_many_columns' | 'bad_json' | 'no_table' | 'unreadable';
  params: Record<string, string | number>;
}

export interface Summary {
  reading: Reading;
  /** Good rows, the header not counted. */
  rows: number;
  columns: ColumnSight[];
  /** The first good rows. */
  preview: string[][];
  /** The first of the rows that were left out, and how many there are. */
  rejected: RejectedRow[];
  rejectedCount: number;
  /** Characters that the encoding could not make sense of. */
  unreadable: number;
  /** Lines at the top that are comments, and left out. */
  comments: number;
  /** Columns that had the name of another: how they are called now. */
  renamed: string[];
  /** Whether a first row could hold the names; objects of JSON have theirs. */
  canHaveHeader: boolean;
}

/** The table as the document takes it. */
export interface Written {
  csv: string;
  rows: number;
  /** UTF-8 bytes of all rows with these columns, and of those that were written. */
  wholeBytes: number;
  bytes: number;
  /** Bytes of the text when it is deflated, as a link holds it; null when it is longer than a link's document may be. */
  deflated: number | null;
  /** Line of the file that each written row begins on, and its line in `csv`, header line 1. */
  sources: Uint32Array<ArrayBuffer>;
  lines: Uint32Array<ArrayBuffer>;
}

export interface WriteArgs {
  /** Positions of the columns that are written. */
  columns: number[];
  /** A sample of so many rows at most; null: as many as fit. */
  rows: number | null;
  seed: number;
  mostRows: number;
  mostBytes: number;
}

export type ToReader =
  | { type: 'read'; blob: Blob; name: string; choices: ReadingChoices; unnamed: string }
  | { type: 'write'; id: number; args: WriteArgs }
  /** The text of rows of the table that was written last. */
  | { type: 'texts'; id: number; rows: number[] };

export type FromReader =
  | { type: 'progress'; stage: 'encoding' | 'rows'; bytes: number; rows: number }
  | { type: 'summary'; summary: Summary }
  | { type: 'failure'; failure: ReadingFailure }
  | { type: 'written'; id: number; written: Written }
  | { type: 'texts'; id: number; texts: string[] };

export class ReadingError extends Error {
  readonly failure: ReadingFailure;
  constructor(code: ReadingFailure['code'], params: ReadingFailure['params'] = {}) {
    super(code);
    this.name = 'ReadingError';
    this.failure = { code, params };
  }
}
