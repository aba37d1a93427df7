// What the vertical axis of a curve spans.

/** Losses and errors from 0, shares up to 1, what is 1 at its best and below 0 when worse than nothing up to 1. */
export type Range = 'loss' | 'share' | 'signed';

export const spans: Record<Range, (low: number, high: number) => [number, number]> = {
  loss: (_low, high) => [0, high * 1.05 || 1],
  share: (low) => [Math.min(low, 0.5), 1.005],
  // R² of an untrained network can be as far below 0 as it likes; what matters is above.
  signed: (low) => [Math.max(-1, Math.min(low, 0)), 1.005],
};
