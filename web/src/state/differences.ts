// In which settings experiments differ.
import type { Experiment, Field } from 'athanor';
import { valueAt } from './document';

export interface Difference {
  path: string;
  /** Of each document in turn. */
  values: unknown[];
}

/** The fields in which documents differ; of lists the whole list. */
export function differences(
  documents: readonly Experiment[],
  fields: readonly Pick<Field, 'path'>[],
): Difference[] {
  return fields
    .filter(({ path }) => !path.includes('[]') && path !== 'data.table.csv')
    .map(({ path }) => ({ path, values: documents.map((document) => valueAt(document, path)) }))
    .filter(({ values }) => values.some((value) => JSON.stringify(value) !== JSON.stringify(values[0])));
}
