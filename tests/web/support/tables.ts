// Tables read as the page reads them.
import { ReadingError, type ReadingChoices, type WriteArgs } from '../../../web/src/tables/messages';
import { readTable } from '../../../web/src/tables/reading';
import { write } from '../../../web/src/tables/writing';

export type Content = string | Uint8Array<ArrayBuffer>;

/** To write a table whole. */
export const args: WriteArgs = {
  columns: [],
  rows: null,
  seed: 1,
  mostRows: 100_000,
  mostBytes: 4 * 1024 * 1024,
};

export async function read(content: Content, name = 'table.csv', choices: ReadingChoices = {}) {
  return readTable({ blob: new Blob([content]), name, choices, unnamed: 'column {number}' }, () => undefined);
}
/** The table as the document would take it. */
export async function csvOf(
  content: Content,
  name = 'table.csv',
  choices: ReadingChoices = {},
): Promise<string> {
  const { store } = await read(content, name, choices);
  const { written } = await write(store, { ...args, columns: store.names.map((_, index) => index) });
  return written.csv;
}
export async function failureOf(content: Content, name = 'table.csv') {
  try {
    await read(content, name);
  } catch (error) {
    if (error instanceof ReadingError) return error.failure;
    throw error;
  }
  return null;
}
