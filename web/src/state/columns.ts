// What a document says of the columns of its table: a list of items, none for a column that is left alone.
import type { ColumnChoice } from '../engine/protocol';

const untouched: Omit<ColumnChoice, 'name'> = { role: 'auto', kind: 'auto', order: '', embedding: 0 };

/** What is said of a column; of one that is not listed, nothing. */
export function choiceOf(columns: readonly ColumnChoice[], name: string): ColumnChoice {
  return columns.find((column) => column.name === name) ?? { ...untouched, name };
}

/** The list with one column changed. A new kind forgets what only the old one has; what says nothing is left out. */
export function withChoice(
  columns: readonly ColumnChoice[],
  name: string,
  change: Partial<ColumnChoice>,
): ColumnChoice[] {
  const isNewKind = change.kind !== undefined;
  const changed = {
    ...choiceOf(columns, name),
    ...(isNewKind ? { order: '', embedding: 0 } : {}),
    ...change,
  };
  const saysSomething =
    changed.role !== 'auto' || changed.kind !== 'auto' || changed.order !== '' || changed.embedding !== 0;
  const others = columns.filter((column) => column.name !== name);
  return saysSomething ? [...others, changed] : others;
}

const separator = '|';

/** The levels with the one at `index` moved one place to the front, as the document writes an order. */
export function moveEarlier(levels: readonly string[], index: number): string {
  const moved = [...levels];
  moved.splice(index - 1, 2, ...moved.slice(index - 1, index + 1).reverse());
  return moved.join(separator);
}
