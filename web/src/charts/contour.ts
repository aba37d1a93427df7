// Where a class has exactly a given probability: the line along which a decision turns, found square by square in the grid
// (marching squares, Lorensen & Cline 1987 in the plane).
import type { Grid } from 'athanor';

/** x1, y1, x2, y2 of a piece of the line, from 0 to 1 across the picture, y upwards. */
export type Piece = readonly [number, number, number, number];

/** Of which class at which probability. */
export interface Level {
  label: number;
  value: number;
}

/** Where between two neighbours the level is crossed: 0 at the first, 1 at the second. */
function crossing(from: number, to: number, level: number): number {
  return (level - from) / (to - from);
}

/** The pieces of the line; a square whose opposite corners lie on the same side has two, apart by the mean of its corners. */
export function contour(grid: Grid, { label, value }: Level): Piece[] {
  const { resolution, width, predictions } = grid;
  const pieces: Piece[] = [];
  const last = resolution - 1;
  const at = (column: number, row: number) => predictions[(row * resolution + column) * width + label] ?? 0;
  for (let row = 0; row < last; ++row) {
    for (let column = 0; column < last; ++column) {
      const corners = [at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)];
      const isIn = corners.map((corner) => corner >= value);
      // Around the square: below, right, above, left.
      const places: [number, number][] = [];
      for (const [side, [x, y, dx, dy]] of sides.entries()) {
        const next = (side + 1) % 4;
        if (isIn[side] === isIn[next]) continue;
        const share = crossing(corners[side] ?? 0, corners[next] ?? 0, value);
        places.push([(column + x + share * dx) / last, (row + y + share * dy) / last]);
      }
      if (places.length === 4) {
        const isMiddleIn = corners.reduce((sum, corner) => sum + corner, 0) / 4 >= value;
        // The corners that differ from the middle are cut off, each by a piece between its two sides.
        if (isMiddleIn === isIn[0]) join(pieces, places, [0, 1, 2, 3]);
        else join(pieces, places, [3, 0, 1, 2]);
      } else if (places.length === 2) join(pieces, places, [0, 1]);
    }
  }
  return pieces;
}

/** Corner and direction of each side. */
const sides: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 1, 0],
  [1, 0, 0, 1],
  [1, 1, -1, 0],
  [0, 1, 0, -1],
];

function join(pieces: Piece[], places: [number, number][], order: number[]): void {
  for (let i = 0; i + 1 < order.length; i += 2) {
    const [from, to] = [places[order[i] ?? 0], places[order[i + 1] ?? 0]];
    if (from !== undefined && to !== undefined) pieces.push([...from, ...to]);
  }
}

/** Draws the line into a square picture of `size` CSS pixels: dark on a light edge, so that it is seen on every colour. */
export function drawContour(
  context: CanvasRenderingContext2D,
  pieces: readonly Piece[],
  size: number,
  ink: string,
  edge: string,
): void {
  context.save(); // round ends are for this line alone
  context.beginPath();
  for (const [x1, y1, x2, y2] of pieces) {
    context.moveTo(x1 * size, size - y1 * size);
    context.lineTo(x2 * size, size - y2 * size);
  }
  context.lineCap = 'round';
  for (const [width, style] of [
    [4, edge],
    [1.6, ink],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = style;
    context.stroke();
  }
  context.restore();
}
