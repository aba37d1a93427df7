// A sheet of points as the table of a document. The engine reads it back (engine/sheet.ts), as it reads any table.
import type { Experiment } from 'athanor';
import { decimalsOf, type Point, type Range, type Sheet } from './points';

type Table = Experiment['data']['table'];

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function written(value: number, range: Range): string {
  const text = value.toFixed(decimalsOf(range));
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short;
}

/** A header line and a line for each point, numbers as short as they can be told apart on the sheet. */
export function writeTable({ task, names, classes, x, y, values, points }: Sheet): string {
  const mark = (point: Point) =>
    task === 'regression' ? written(point.mark, values) : quoted(classes[point.mark] ?? '');
  const lines = points.map((point) => `${written(point.x, x)},${written(point.y, y)},${mark(point)}`);
  return `${[names.map(quoted).join(','), ...lines].join('\n')}\n`;
}

/** What the document says of such a table. */
export function tableOf(sheet: Sheet, name: string): Table {
  return { name, csv: writeTable(sheet), target: sheet.names[2], task: sheet.task, columns: [] };
}
