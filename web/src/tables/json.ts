// JSON as records: a list of objects or of lists; an object with `columns` and `rows` or `data`; an object of columns; or such
// an object or list on every line. Objects in objects become columns of their own ("size.width"), lists stay one text.
import { hasHeader } from './sniffing';
import { placeOfError } from './jsonplace';
import { maxFileColumns } from './limits';
import { ReadingError } from './messages';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Row = Record<string, string> | string[];

/** Objects in objects are taken apart so deep. */
const deepest = 4;

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cellOf(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function flatten(
  value: { [key: string]: Json },
  prefix: string,
  depth: number,
  into: Record<string, string>,
) {
  for (const [key, member] of Object.entries(value)) {
    const name = prefix + key;
    if (isObject(member) && depth < deepest) flatten(member, `${name}.`, depth + 1, into);
    else into[name] = cellOf(member);
  }
  return into;
}

/** A value as a row; null for what is none. */
export function rowOf(value: Json): Row | null {
  if (Array.isArray(value)) return value.map(cellOf);
  return isObject(value) ? flatten(value, '', 1, Object.create(null) as Record<string, string>) : null;
}

/** The names of objects' members, in the order they are first met. */
export class Names {
  readonly #seen = new Set<string>();

  add(row: Row): void {
    if (Array.isArray(row)) return;
    for (const name of Object.keys(row)) this.#seen.add(name);
    if (this.#seen.size > maxFileColumns)
      throw new ReadingError('too_many_columns', { value: this.#seen.size, max: maxFileColumns });
  }
  get all(): string[] {
    return [...this.#seen];
  }
}

/** What rows a JSON value holds, and the names that stand beside them. */
function rowsIn(value: Json): { names: string[] | null; rows: Json[] } | null {
  if (Array.isArray(value)) return { names: null, rows: value };
  if (!isObject(value)) return null;
  const rows = value['rows'] ?? value['data'] ?? value['records'];
  const { columns } = value;
  if (Array.isArray(rows)) {
    const nameOf = (column: Json) => cellOf(isObject(column) ? (column['name'] ?? '') : column);
    return { names: Array.isArray(columns) ? columns.map(nameOf) : null, rows };
  }
  const lists = Object.entries(value);
  const [first] = lists;
  const length = Array.isArray(first?.[1]) ? first[1].length : -1;
  if (length < 1 || !lists.every(([, list]) => Array.isArray(list) && list.length === length)) return null;
  const transposed = Array.from({ length }, (_, row) =>
    lists.map(([, list]) => (list as Json[])[row] ?? null),
  );
  return { names: lists.map(([name]) => name), rows: transposed };
}

export interface JsonRecords {
  /** null: the first of `rows` may hold them. */
  names: string[] | null;
  rows: { cells: string[]; number: number }[];
  /** Positions from 1 of what is no row, as text. */
  rejected: { number: number; text: string }[];
}

export function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const place = placeOfError(text);
    if (place === null) throw error;
    throw new ReadingError('bad_json', { ...place });
  }
}

/** Rows of one kind, objects or lists, which the first one decides; all others are no rows. */
export function recordsOfJson(text: string): JsonRecords {
  const found = rowsIn(parseJson(text));
  if (found === null) throw new ReadingError('no_table');
  const isList = found.rows.some((value) => Array.isArray(value) || isObject(value))
    ? Array.isArray(found.rows.find((value) => Array.isArray(value) || isObject(value)))
    : null;
  if (isList === null) throw new ReadingError(found.rows.length === 0 ? 'no_rows' : 'no_table');
  const result: JsonRecords = { names: found.names, rows: [], rejected: [] };
  const names = new Names();
  const good: { row: Row; number: number }[] = [];
  found.rows.forEach((value, index) => {
    const row = rowOf(value);
    if (row === null || Array.isArray(row) !== isList)
      result.rejected.push({ number: index + 1, text: JSON.stringify(value) });
    else {
      names.add(row);
      good.push({ row, number: index + 1 });
    }
  });
  if (!isList) result.names = names.all;
  const order = names.all;
  for (const { row, number } of good)
    result.rows.push({ number, cells: Array.isArray(row) ? row : order.map((name) => row[name] ?? '') });
  return result;
}

/** Whether the first of lists without names holds the names. */
export function firstNames(records: JsonRecords): boolean {
  return records.names === null && hasHeader(records.rows.slice(0, 200).map(({ cells }) => cells));
}
