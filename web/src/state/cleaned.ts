// What the figures of the Clean stage add up to, and the experiment without it.
import type { Experiment } from 'athanor';

type Figures = Record<string, number>;

/** Rows that cleaning touched, whatever it did with them; the ones that could not be read are not among them. */
export function cleanedCount(figures: Figures): number {
  return ['missing', 'duplicates', 'outliers', 'labels'].reduce((sum, name) => sum + (figures[name] ?? 0), 0);
}

/** Rows that are gone, and rows that stay with another label. */
export function cleanFigures(figures: Figures, relabels: boolean): { removed: number; relabelled: number } {
  const relabelled = relabels ? (figures['labels'] ?? 0) : 0;
  return { removed: (figures['broken'] ?? 0) + cleanedCount(figures) - relabelled, relabelled };
}

/** The experiment without cleaning and with it. Both run all their epochs: one that ended early would be compared with one that
 * learnt for longer. What is missing is treated in both, for a network cannot take it. */
export function cleaningDocuments(document: Experiment): [without: Experiment, cleaned: Experiment] {
  const cleaned = { ...document, done: { ...document.done, patience: 0, target_score: 1 } };
  const clean = { ...document.clean, duplicates: 'keep', outliers: 'keep', labels: 'keep' } as const;
  return [{ ...cleaned, clean }, cleaned];
}
