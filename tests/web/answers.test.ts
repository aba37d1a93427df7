// What is told of the picture in numbers.
import { describe, expect, it } from 'vitest';
import { answerAt, largestOf, placesAlong, sharesOf } from '../../web/src/charts/answers';
import { thinned } from '../../web/src/state/thinning';

/** Of two classes: the second one's probability grows from left to right, and a little from the bottom to the top. */
const resolution = 5;
const second = (column: number, row: number) => 0.2 * column + 0.04 * row;
const grid = {
  resolution,
  width: 2,
  predictions: Float32Array.from(
    Array.from({ length: resolution * resolution }, (_, cell) => {
      const share = second(cell % resolution, Math.floor(cell / resolution));
      return [1 - share, share];
    }).flat(),
  ),
};

describe('the answer at a place', () => {
  it('is the grid’s own where the grid has one, rows counting from the bottom', () => {
    expect(answerAt(grid, 0, 0)).toEqual([1, 0]);
    expect(answerAt(grid, 1, 0)[1]).toBeCloseTo(0.8, 5);
    expect(answerAt(grid, 0, 1)[1]).toBeCloseTo(0.16, 5);
    expect(answerAt(grid, 0.25, 0.5)[1]).toBeCloseTo(second(1, 2), 5);
  });
  it('lies between them elsewhere, and at the edge beyond it', () => {
    expect(answerAt(grid, 0.375, 0.125)[1]).toBeCloseTo(second(1.5, 0.5), 5);
    expect(answerAt(grid, -1, 7)).toEqual(answerAt(grid, 0, 1));
    expect(answerAt(grid, 0.3, 0.9).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  });
  it('of several classes is that of the largest', () => {
    expect(largestOf([0.2, 0.5, 0.3])).toBe(1);
    expect(largestOf([0.4, 0.4, 0.2])).toBe(0);
  });
});

describe('the plane', () => {
  it('belongs to the classes in shares that add up', () => {
    // Columns 3 and 4 from the bottom row on, and of column 2 (0.4 to 0.56) the rows above 2.5.
    expect(sharesOf(grid)).toEqual([13 / 25, 12 / 25]);
  });
  it('is told at places from end to end', () => {
    expect(placesAlong([-6, 6], 7)).toEqual([-6, -4, -2, 0, 2, 4, 6]);
  });
});

describe('rows of a long table', () => {
  it('are all of a short one, else evenly spaced, with the first and the last', () => {
    expect(thinned(3, 50)).toEqual([0, 1, 2]);
    expect(thinned(0, 50)).toEqual([]);
    for (const count of [51, 77, 4000]) {
      const rows = thinned(count, 50);
      expect(rows).toHaveLength(50);
      expect([rows[0], rows.at(-1)]).toEqual([0, count - 1]);
      const steps = rows.slice(1).map((row, i) => row - (rows[i] ?? 0));
      expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
    }
  });
});
