// Cells of a confusion matrix, and the rows that lie in them.
import type { Decisions } from 'athanor';

export interface Cell {
  truth: number;
  predicted: number;
}

/** Rows of a part that lie in a cell, as positions in the data set. */
export function rowsInCell(
  { rows, truths, predicted }: Pick<Decisions, 'rows' | 'truths' | 'predicted'>,
  cell: Cell,
): Set<number> {
  return new Set(rows.filter((_, i) => truths[i] === cell.truth && predicted[i] === cell.predicted));
}
