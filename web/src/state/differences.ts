// In which settings experiments differ, and which of their curves belong on one axis.
import type { Experiment, Field } from 'athanor';
import { valueAt } from './document';
import type { Task, Third } from './curves';

export interface Difference {
  path: string;
  /** Of each document in turn; undefined where one has no such place. */
  values: unknown[];
}

/** What stands for a table's text where texts are only compared: how many rows, and which text. */
export interface TableMark {
  rows: number;
  hash: number;
}

/** Of the two lists whose items have fields: what says that the lists themselves are others, and not a field within. */
const heads: Record<string, string> = { 'model.layers': 'units', 'data.table.columns': 'name' };

/** 53 bits after cyrb53 (two multiplicative hashes side by side): two texts of one are as good as never met. */
export function hashOf(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; ++i) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}

/** The header is no row. */
export function markOf(csv: string): TableMark {
  const lines = csv.split(/\r?\n/).filter((line) => line !== '').length;
  return { rows: Math.max(0, lines - 1), hash: hashOf(csv) };
}

/** A document with a mark in place of its table's text, which may be megabytes. */
export type MarkedExperiment = Omit<Experiment, 'data'> & {
  data: Omit<Experiment['data'], 'table'> & {
    table: Omit<Experiment['data']['table'], 'csv'> & { csv: TableMark | null };
  };
};

export function marked(document: Experiment): MarkedExperiment {
  const { data } = document;
  const csv = data.source === 'table' ? markOf(data.table.csv) : null;
  return { ...document, data: { ...data, table: { ...data.table, csv } } };
}

function differ(values: readonly unknown[]): boolean {
  return values.some((value) => JSON.stringify(value) !== JSON.stringify(values[0]));
}

/** A list is told as a whole where its length or its items' heads differ; other fields of its items each by itself. */
function inList(
  documents: readonly unknown[],
  path: string,
  fields: readonly Pick<Field, 'path'>[],
): Difference[] {
  const lists = documents.map((document) => valueAt(document, path) as Record<string, unknown>[]);
  const head = heads[path] ?? '';
  const isOther = differ(lists.map((items) => items.map((item) => item[head])));
  const found: Difference[] = isOther ? [{ path, values: lists }] : [];
  const names = fields
    .filter((field) => field.path.startsWith(`${path}[].`))
    .map((field) => field.path.slice(path.length + 3))
    .filter((name) => name !== head);
  const longest = Math.max(...lists.map((items) => items.length));
  for (let i = 0; i < longest; ++i) {
    // Of a layer that some runs do not have there is nothing to compare but between the others.
    const having = lists.filter((items) => i < items.length);
    for (const name of names)
      if (differ(having.map((items) => items[i]?.[name])))
        found.push({ path: `${path}[${i}].${name}`, values: lists.map((items) => items[i]?.[name]) });
  }
  return found;
}

/** The fields in which documents differ, in the order of the table. */
export function differences(
  documents: readonly MarkedExperiment[],
  fields: readonly Pick<Field, 'path'>[],
): Difference[] {
  return fields
    .filter(({ path }) => !path.includes('[]'))
    .flatMap(({ path }) => {
      if (path in heads) return inList(documents, path, fields);
      const values = documents.map((document) => valueAt(document, path));
      return differ(values) ? [{ path, values }] : [];
    });
}

/** Whether a run's curve belongs on the axis that shows this of the run at hand. */
export function isComparable(
  what: 'loss' | Third,
  run: { task: Task; document: MarkedExperiment },
  now: { task: Task; loss: string | undefined },
): boolean {
  if (what === 'rate') return true;
  return run.task === now.task && (what !== 'loss' || run.document.training.loss === now.loss);
}
