// What the figures of the Clean stage add up to.
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
