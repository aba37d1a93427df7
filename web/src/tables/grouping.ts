// Numbers as people write them in tables: with a decimal comma, and with their thousands set apart: 1,234.5, 1.234,5, 1 234, 1'234.
// The engine takes plain ones; what is written here is read only where it can mean one thing.
import { isCommaNumber, isMissing, isNumber } from './cells';
import type { Decimal } from './messages';

/** Thin, narrow and no-break spaces, and both apostrophes, are written as well. */
const spaces = '[ \\u00a0\\u2009\\u202f]';
const apostrophes = "['\\u2019]";

interface Pattern {
  whole: RegExp;
  separator: RegExp;
  decimal: Decimal;
  /** What separates the thousands could be a decimal mark elsewhere. */
  isMark: boolean;
}

function pattern(separator: string, decimal: Decimal, isMark: boolean): Pattern {
  const mark = decimal === '.' ? '\\.' : ',';
  return {
    whole: new RegExp(`^([+-]?\\d{1,3}(?:${separator}\\d{3})+)(?:${mark}(\\d+))?$`),
    separator: new RegExp(separator, 'g'),
    decimal,
    isMark,
  };
}

const patterns: Record<Decimal, readonly Pattern[]> = {
  '.': [pattern(',', '.', true), pattern(spaces, '.', false), pattern(apostrophes, '.', false)],
  ',': [pattern('\\.', ',', true), pattern(spaces, ',', false), pattern(apostrophes, ',', false)],
};

/** One mark with three digits on either side, "1,234" or "1.234": a thousand and something, or one and something. */
const eitherWay = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;
export function isEitherWay(cell: string): boolean {
  return eitherWay.test(cell);
}

/** A number with its thousands set apart as a plain one; null for anything else. `isSure`: the file's decimal mark is beyond doubt,
 * so that the other mark can only separate thousands. */
export function ungrouped(cell: string, decimal: Decimal, isSure: boolean): string | null {
  if (!/^[+-]?\d{1,3}[^\d]\d{3}/.test(cell)) return null; // nearly all cells are done with here
  for (const { whole, separator, isMark } of patterns[decimal]) {
    const match = whole.exec(cell);
    if (match === null) continue;
    if (isMark && !isSure && isEitherWay(cell)) return null;
    const [, digits = '', fraction] = match;
    return digits.replace(separator, '') + (fraction === undefined ? '' : `.${fraction}`);
  }
  return null;
}

/** What a cell says of the decimal mark, if anything: 0,5 and 1.234,5 and 1.234.567 of a comma, 0.5 and 1,234.5 and 1,234,567 of a
 * point. */
export function markOf(cell: string): Decimal | null {
  if (isEitherWay(cell)) return null;
  if (isCommaNumber(cell)) return ',';
  if (isNumber(cell)) return cell.includes('.') ? '.' : null;
  const reads = (decimal: Decimal) =>
    patterns[decimal].some(({ whole, isMark }) => (isMark || cell.includes(decimal)) && whole.test(cell));
  if (reads('.')) return '.';
  return reads(',') ? ',' : null;
}

/** Whether a cell can be read as a number, in whatever way it is written. */
export function isWritten(cell: string): boolean {
  return (
    isNumber(cell) || isCommaNumber(cell) || markOf(cell) !== null || ungrouped(cell, '.', false) !== null
  );
}

/** The number of a cell as the engine takes it; null where it holds none. */
export function plain(cell: string, decimal: Decimal, isSure: boolean): string | null {
  if (decimal === ',') {
    // With commas for decimals a point cannot be one: 1.234 is a thousand and something.
    const grouped = ungrouped(cell, decimal, isSure);
    if (grouped !== null) return grouped;
    if (isCommaNumber(cell)) return cell.replace(',', '.');
  }
  return isNumber(cell) ? cell : ungrouped(cell, decimal, isSure);
}

/** Of a column's values so many are numbers, if it is one of numbers: a stray word is told as such. */
const leastShare = 0.8;

/** Of every column whether it is one of numbers, in whatever way they are written. */
export function numberColumns(
  rows: readonly (readonly string[])[],
  columns: number,
  decimal: Decimal,
  isSure: boolean,
): boolean[] {
  return Array.from({ length: columns }, (_, index) => {
    const cells = rows.map((row) => (row[index] ?? '').trim()).filter((cell) => !isMissing(cell));
    const numbers = cells.filter((cell) => plain(cell, decimal, isSure) !== null || isEitherWay(cell));
    return numbers.length > 0 && numbers.length >= leastShare * cells.length;
  });
}
