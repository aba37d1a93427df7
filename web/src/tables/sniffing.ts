// How a delimited file is to be read, found out from its beginning: what separates the cells, whether the first line holds
// names, and whether numbers are written with a comma.
import { isCommaNumber, isMissing, isNumber } from './cells';
import { isWritten, markOf } from './grouping';
import { decimals, delimiters, type Decimal, type Delimiter, type Format } from './messages';
import { recordsOf } from './records';

/** Records that are looked at. */
const most = 200;

/** How well a delimiter explains the text: the share of rows of the most frequent width, and how few cells still hold another
 * delimiter; 0 when nothing is separated. */
function merit(records: readonly string[][], delimiter: Delimiter): number {
  const widths = new Map<number, number>();
  for (const { length } of records) widths.set(length, (widths.get(length) ?? 0) + 1);
  const [width, count] = [...widths].sort(([a, m], [b, n]) => n - m || b - a)[0] ?? [0, 0];
  if (width < 2) return 0;
  const others = delimiters.filter((other) => other !== delimiter);
  const cells = records.flat();
  const torn = cells.filter(
    (cell) => !isWritten(cell.trim()) && others.some((other) => cell.includes(other)),
  );
  const isNamed = records[0]?.length === width;
  return (count / records.length) * (1 - 0.5 * (torn.length / cells.length)) * (isNamed ? 1 : 0.6);
}

export function findDelimiter(head: string): Delimiter {
  const merits = delimiters.map((delimiter): [Delimiter, number] => [
    delimiter,
    merit(recordsOf(head, delimiter).slice(0, most), delimiter),
  ]);
  // Of equals the first: a table of one column is one of commas.
  return merits.reduce((best, other) => (other[1] > best[1] ? other : best))[0];
}

/** Whether the first record names the columns: it holds no number and nothing empty, and below it there are numbers, or at
 * least no second of any of its words. */
export function hasHeader(records: readonly string[][]): boolean {
  const [first, ...rows] = records.slice(0, most).map((cells) => cells.map((cell) => cell.trim()));
  if (first === undefined || rows.length === 0) return true;
  const isValue = isWritten;
  if (first.some(isValue)) return false;
  // One without a name is common (an index); a row with several missing values is none.
  if (first.filter(isMissing).length > 1) return false;
  const column = (index: number) => rows.map((row) => row[index] ?? '').filter((cell) => !isMissing(cell));
  const columns = first.map((_, index) => column(index));
  const areNumbers = (cells: string[]) => cells.filter(isValue).length > cells.length / 2;
  if (columns.some(areNumbers)) return true;
  return new Set(first).size === first.length && !first.some((name, index) => columns[index]?.includes(name));
}

/** The decimal mark, and whether it is beyond doubt: some cell can only be read with it, and none only with the other. */
export function findDecimal(
  records: readonly string[][],
  delimiter: Delimiter,
): { decimal: Decimal; isSure: boolean } {
  const [point, comma] = decimals;
  const cells = records.flat().map((cell) => cell.trim());
  // Between commas "1,5" may be a list of two.
  const telling = delimiter === ',' ? cells.filter((cell) => !isCommaNumber(cell)) : cells;
  const marks = new Set(telling.map(markOf));
  if (marks.has(point) !== marks.has(comma))
    return { decimal: marks.has(comma) ? comma : point, isSure: true };
  const isComma = delimiter !== ',' && !marks.has(point) && cells.some(isCommaNumber);
  return {
    decimal: isComma && !cells.some((cell) => isNumber(cell) && cell.includes('.')) ? comma : point,
    isSure: false,
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** By the name's ending; else by the first characters, for text that was pasted. */
export function findFormat(head: string, name: string): Format {
  if (/\.(jsonl|ndjson)$/i.test(name)) return 'lines';
  const [line = '', next = ''] = head.trimStart().split('\n', 2);
  const isStructured = /^[[{]/.test(line.trim());
  const isOnePerLine = isStructured && isJson(line.trim()) && /^[[{]/.test(next.trim());
  if (/\.json$/i.test(name)) return isOnePerLine ? 'lines' : 'json';
  if (/\.(csv|tsv|tab)$/i.test(name) || !isStructured) return 'delimited';
  if (isOnePerLine) return 'lines';
  // "[1] a, b" is a line of a CSV table as well: JSON goes on with a value or ends.
  return /^(\[\s*([[{"\]]|-?\d|$)|\{\s*(["}]|$))/.test(head.trimStart()) ? 'json' : 'delimited';
}

/** Whether pasted text is a table rather than a sentence: two lines or more, of cells or of JSON. */
export function looksLikeTable(text: string): boolean {
  const head = text.slice(0, 20_000).replace(/\r\n?/g, '\n').trim();
  if (findFormat(head, '') !== 'delimited') return true;
  return delimiters.some((delimiter) => {
    const records = recordsOf(head, delimiter).slice(0, 20);
    const [first] = records;
    // The last one may be cut off.
    const whole = records.length > 2 && text.length > 20_000 ? records.slice(0, -1) : records;
    return (
      first !== undefined &&
      whole.length >= 2 &&
      first.length >= 2 &&
      whole.filter(({ length }) => length === first.length).length >= 0.8 * whole.length
    );
  });
}
