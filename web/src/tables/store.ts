// The rows of a table as they are read: kept as bytes of CSV, which takes a fraction of what strings would, with the line of
// the file each came from; and what is found out of the columns on the way.
import { isCommaNumber, isMissing, isMoment, isNumber } from './cells';
import { isEitherWay, plain } from './grouping';
import { maxFileColumns, mostRejectedListed, previewRows, shownText } from './limits';
import { ReadingError, type ColumnSight, type Decimal, type RejectedRow } from './messages';

/** Values that are no numbers, of a column, by which it is told whether they are dates. */
const mostLookedAt = 500;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Names that are all there and all different: an empty one is numbered, a second one of a name as well. */
export function distinctNames(
  names: readonly string[],
  unnamed: (number: number) => string,
): { names: string[]; renamed: string[] } {
  const taken = new Set(names.map((name) => name.trim()));
  const used = new Set<string>();
  const renamed: string[] = [];
  const distinct = names.map((given, index) => {
    const name = given.trim() || unnamed(index + 1);
    let free = name;
    for (let count = 2; used.has(free) || (free !== name && taken.has(free)); ++count)
      free = `${name} (${count})`;
    if (free !== name) renamed.push(free);
    used.add(free);
    return free;
  });
  return { names: distinct, renamed };
}

class Numbers {
  values = new Uint32Array(4096);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Uint32Array(2 * this.values.length);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }
}

/** How numbers are written in a table, and which columns hold nothing else. */
export interface Numerals {
  decimal: Decimal;
  isSure: boolean;
  areNumbers: readonly boolean[];
}

export class RowStore {
  readonly names: string[];
  readonly preview: string[][] = [];
  readonly rejected: RejectedRow[] = [];
  rejectedCount = 0;
  readonly #decimal: Decimal;
  readonly #isSure: boolean;
  readonly #areNumbers: readonly boolean[];
  readonly #grouped: ColumnSight['grouped'][];
  readonly #eitherWay: ColumnSight['eitherWay'][];
  readonly #missing: number[];
  readonly #words: number[];
  readonly #moments: number[];
  #bytes: Uint8Array<ArrayBuffer>;
  #used = 0;
  readonly #ends = new Numbers();
  readonly #lines = new Numbers();

  /** @param size about how many bytes there will be */
  constructor(names: string[], { decimal, isSure, areNumbers }: Numerals, size: number) {
    if (names.length > maxFileColumns)
      throw new ReadingError('too_many_columns', { value: names.length, max: maxFileColumns });
    this.names = names;
    this.#decimal = decimal;
    this.#isSure = isSure;
    this.#areNumbers = areNumbers;
    this.#grouped = names.map(() => null);
    this.#eitherWay = names.map(() => null);
    this.#missing = names.map(() => 0);
    this.#words = names.map(() => 0);
    this.#moments = names.map(() => 0);
    this.#bytes = new Uint8Array(Math.max(4096, Math.ceil(size * 1.05)));
  }

  get rows(): number {
    return this.#ends.length;
  }

  reject(row: RejectedRow): void {
    ++this.rejectedCount;
    if (this.rejected.length === mostRejectedListed) return;
    const text = row.text.length > shownText ? `${row.text.slice(0, shownText)}…` : row.text;
    this.rejected.push({ ...row, text });
  }

  /** A row that is not as wide as the header is left out, with the reason. */
  add(given: readonly string[], line: number, text: () => string): void {
    if (given.length !== this.names.length) {
      const params = { value: given.length, expected: this.names.length };
      this.reject({ line, code: 'cell_count', params, text: text() });
      return;
    }
    const cells = given.map((cell, column) => this.#read(cell.trim(), column));
    cells.forEach((cell, index) => this.#look(cell, index));
    if (this.preview.length < previewRows) this.preview.push(cells);
    this.#append(`${cells.map(quoted).join(',')}\n`);
    this.#ends.push(this.#used);
    this.#lines.push(line);
  }

  /** Numbers are made plain only among numbers: "1 234" may be a name as well. */
  #read(cell: string, column: number): string {
    if (this.#areNumbers[column] !== true)
      return this.#decimal === ',' && isCommaNumber(cell) ? cell.replace(',', '.') : cell;
    const value = plain(cell, this.#decimal, this.#isSure);
    if (!this.#isSure && isEitherWay(cell) && (cell.includes(',') || this.#decimal === ','))
      this.#eitherWay[column] ??= { text: cell, value };
    else if (value !== null && value !== cell && value !== cell.replace(',', '.'))
      this.#grouped[column] ??= { text: cell, value };
    return value ?? cell;
  }

  #look(cell: string, column: number): void {
    if (isNumber(cell)) return;
    if (isMissing(cell)) this.#missing[column]! += 1;
    else if (this.#words[column]! < mostLookedAt) {
      this.#words[column]! += 1;
      if (isMoment(cell)) this.#moments[column]! += 1;
    }
  }

  #append(text: string): void {
    // A UTF-16 unit takes at most three bytes.
    if (this.#used + 3 * text.length > this.#bytes.length) {
      const larger = new Uint8Array(Math.ceil(1.5 * this.#bytes.length) + 3 * text.length);
      larger.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = larger;
    }
    this.#used += encoder.encodeInto(text, this.#bytes.subarray(this.#used)).written;
  }

  columns(): ColumnSight[] {
    return this.names.map((name, index) => ({
      name,
      missing: this.#missing[index] ?? 0,
      isDate: this.#words[index]! > 0 && this.#words[index] === this.#moments[index],
      grouped: this.#grouped[index] ?? null,
      eitherWay: this.#eitherWay[index] ?? null,
    }));
  }

  /** A row as CSV, its line end included. */
  bytesOf(row: number): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(row === 0 ? 0 : this.#ends.values[row - 1], this.#ends.values[row]);
  }
  textOf(row: number): string {
    return decoder.decode(this.bytesOf(row));
  }
  lineOf(row: number): number {
    return this.#lines.values[row] ?? 0;
  }
}
