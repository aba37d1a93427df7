// A small table as cells that can be edited: the document's text taken apart, and put together again.
import { recordsOf } from '../tables/records';
import { quoted } from '../tables/store';

export interface Cells {
  header: string[];
  rows: string[][];
}

/** More would be no table to edit by hand. */
export const mostEditableRows = 300;
export const mostEditableColumns = 16;

/** A document's table; null where it is too large to be edited in the page. */
export function cellsOf(csv: string): Cells | null {
  // What is too long holds too many rows, and need not be taken apart to know it.
  if (csv.length > mostEditableRows * mostEditableColumns * 32) return null;
  const [header = [], ...rows] = recordsOf(csv, ',');
  if (rows.length > mostEditableRows || header.length > mostEditableColumns) return null;
  return { header, rows };
}

/** As the document takes it. A row without any cell filled in is none yet. */
export function textOf({ header, rows }: Cells): string {
  return [header, ...rows.filter((row) => row.some((cell) => cell.trim() !== ''))]
    .map((row) => `${row.map(quoted).join(',')}\n`)
    .join('');
}

export function withCell({ header, rows }: Cells, row: number, column: number, text: string): Cells {
  const changed = rows.map((cells, index) =>
    index === row ? header.map((_, at) => (at === column ? text : (cells[at] ?? ''))) : cells,
  );
  return { header, rows: changed };
}

export function withRow({ header, rows }: Cells): Cells {
  return { header, rows: [...rows, header.map(() => '')] };
}

export function withoutRow({ header, rows }: Cells, row: number): Cells {
  return { header, rows: rows.filter((_, index) => index !== row) };
}
