// What the network answers over the picture, as numbers: at one place, on a coarse grid, and what of the plane each class has.
import type { Grid } from 'athanor';

type Answers = Pick<Grid, 'resolution' | 'width' | 'predictions'>;

function between(low: number, high: number, share: number): number {
  return low + (high - low) * share;
}

/** The answers at a place, as shares of the sides from the lower left corner, between the four that the grid has around it: the
 * probabilities of the classes, or one value. */
export function answerAt({ resolution, width, predictions }: Answers, u: number, v: number): number[] {
  const at = (share: number) => {
    const exact = Math.min(1, Math.max(0, share)) * (resolution - 1);
    const low = Math.min(resolution - 2, Math.floor(exact));
    return { low, share: exact - low };
  };
  const [x, y] = [at(u), at(v)];
  return Array.from({ length: width }, (_, k) => {
    const of = (row: number, column: number) => predictions[(row * resolution + column) * width + k] ?? NaN;
    const line = (row: number) => between(of(row, x.low), of(row, x.low + 1), x.share);
    return between(line(y.low), line(y.low + 1), y.share);
  });
}

/** The place of the largest. */
export function largestOf(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? -Infinity) ? index : best), 0);
}

/** What share of the plane is answered with each class. */
export function sharesOf({ width, predictions }: Answers): number[] {
  const counts = new Array<number>(width).fill(0);
  const cells = predictions.length / width;
  for (let cell = 0; cell < cells; ++cell) {
    let best = 0;
    for (let k = 1; k < width; ++k)
      if ((predictions[cell * width + k] ?? 0) > (predictions[cell * width + best] ?? 0)) best = k;
    counts[best] = (counts[best] ?? 0) + 1;
  }
  return counts.map((count) => count / cells);
}

/** `count` places along a side, from its beginning to its end. */
export function placesAlong([low, high]: readonly [number, number], count: number): number[] {
  return Array.from({ length: count }, (_, i) => between(low, high, i / (count - 1)));
}
