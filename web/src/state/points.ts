// Points that a person edits: a sheet of them and what tools do to it. Values only: every change is a new sheet that shares
// the points it leaves alone, so that keeping old sheets to go back to costs little.

export interface Point {
  readonly x: number;
  readonly y: number;
  /** The position of its class in the sheet's list; for regression its value. */
  readonly mark: number;
}

export type Range = readonly [low: number, high: number];

export interface Sheet {
  /** Sheets that came from each other by editing have the same one. */
  readonly key: number;
  readonly task: 'classification' | 'regression';
  /** The columns' names: the two of the point, and what is learnt of it. */
  readonly names: readonly [x: string, y: string, target: string];
  /** Classes, with points or without; none for regression. */
  readonly classes: readonly string[];
  /** What the square of the sheet shows. */
  readonly x: Range;
  readonly y: Range;
  /** What a value can be; for regression. */
  readonly values: Range;
  readonly points: readonly Point[];
}

/** A place on the sheet as shares of its side, from the lower left corner. */
export interface Place {
  readonly u: number;
  readonly v: number;
}

export const mostPoints = 5000;
export const mostClasses = 8;
/** Coordinates keep about so many different values along a side. */
const fineness = 5000;

/** An empty sheet, a little wider than what generators draw. */
export function emptySheet(key: number, task: Sheet['task']): Sheet {
  const isRegression = task === 'regression';
  return {
    key,
    task,
    names: ['x', 'y', isRegression ? 'value' : 'class'],
    classes: isRegression ? [] : ['1', '2'],
    x: [-1.2, 1.2],
    y: [-1.2, 1.2],
    values: [-1, 1],
    points: [],
  };
}

/** Decimals that tell about `fineness` values apart within a range. */
export function decimalsOf([low, high]: Range): number {
  return Math.min(12, Math.max(0, Math.ceil(Math.log10(fineness / (high - low)))));
}

function rounded(value: number, range: Range): number {
  return Number(value.toFixed(decimalsOf(range))) + 0; // no −0
}

function between(value: number, [low, high]: Range): number {
  return Math.min(high, Math.max(low, value));
}

export function placeOf({ x, y }: Pick<Sheet, 'x' | 'y'>, point: Pick<Point, 'x' | 'y'>): Place {
  return { u: (point.x - x[0]) / (x[1] - x[0]), v: (point.y - y[0]) / (y[1] - y[0]) };
}

/** A point at a place, as it will be written; beyond the sheet there is none. */
export function pointAt(sheet: Sheet, { u, v }: Place, mark: number): Point {
  const at = (share: number, range: Range) =>
    rounded(range[0] + between(share, [0, 1]) * (range[1] - range[0]), range);
  return {
    x: at(u, sheet.x),
    y: at(v, sheet.y),
    mark: sheet.task === 'regression' ? rounded(between(mark, sheet.values), sheet.values) : mark,
  };
}

/** With points at these places, as many as there is room for. */
export function withPoints(sheet: Sheet, places: readonly Place[], mark: number): Sheet {
  const room = mostPoints - sheet.points.length;
  if (room <= 0 || places.length === 0) return sheet;
  const added = places.slice(0, room).map((place) => pointAt(sheet, place, mark));
  return { ...sheet, points: [...sheet.points, ...added] };
}

export function without(sheet: Sheet, gone: ReadonlySet<Point>): Sheet {
  if (!sheet.points.some((point) => gone.has(point))) return sheet;
  return { ...sheet, points: sheet.points.filter((point) => !gone.has(point)) };
}

/** With another class or value for some of its points. */
export function relabelled(sheet: Sheet, chosen: ReadonlySet<Point>, mark: number): Sheet {
  const wanted = sheet.task === 'regression' ? rounded(between(mark, sheet.values), sheet.values) : mark;
  const changes = (point: Point) => chosen.has(point) && point.mark !== wanted;
  if (!sheet.points.some(changes)) return sheet;
  return {
    ...sheet,
    points: sheet.points.map((point) => (changes(point) ? { ...point, mark: wanted } : point)),
  };
}

/** With one point elsewhere. */
export function moved(sheet: Sheet, point: Point, place: Place): { sheet: Sheet; point: Point } {
  const there = pointAt(sheet, place, point.mark);
  if (there.x === point.x && there.y === point.y) return { sheet, point };
  return {
    sheet: { ...sheet, points: sheet.points.map((one) => (one === point ? there : one)) },
    point: there,
  };
}

/** With one class more, named by the next number; the same sheet when it has as many as it may. */
export function withClass(sheet: Sheet): Sheet {
  if (sheet.task === 'regression' || sheet.classes.length >= mostClasses) return sheet;
  const numbers = sheet.classes.map(Number).filter(Number.isInteger);
  let next = Math.max(0, ...numbers) + 1;
  while (sheet.classes.includes(String(next))) ++next;
  return { ...sheet, classes: [...sheet.classes, String(next)] };
}

/** How many points each class has. */
export function countsOf({ classes, points }: Pick<Sheet, 'classes' | 'points'>): number[] {
  const counts = classes.map(() => 0);
  for (const { mark } of points) if (counts[mark] !== undefined) counts[mark] += 1;
  return counts;
}

/** What one array of points has and the other has not. */
export function differenceOf(
  before: readonly Point[],
  after: readonly Point[],
): { gone: Point[]; added: Point[] } {
  let same = 0;
  while (same < before.length && before[same] === after[same]) ++same;
  const old = new Set(before.slice(same));
  const now = new Set(after.slice(same));
  return {
    gone: before.slice(same).filter((point) => !now.has(point)),
    added: after.slice(same).filter((point) => !old.has(point)),
  };
}

/** Finds points near a place without looking at all of them. Distances are shares of the side. */
export class PointGrid {
  static readonly #cells = 32;
  readonly #sheet: Sheet;
  readonly #points = new Map<number, Point[]>();

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
    for (const point of sheet.points) {
      const { u, v } = placeOf(sheet, point);
      const cell = PointGrid.#key(PointGrid.#cell(u), PointGrid.#cell(v));
      const members = this.#points.get(cell);
      if (members === undefined) this.#points.set(cell, [point]);
      else members.push(point);
    }
  }

  static #cell(share: number): number {
    return Math.min(PointGrid.#cells - 1, Math.max(0, Math.floor(share * PointGrid.#cells)));
  }
  static #key(column: number, row: number): number {
    return row * PointGrid.#cells + column;
  }

  /** The points within a circle, each with its distance. */
  #near({ u, v }: Place, radius: number): [Point, number][] {
    const found: [Point, number][] = [];
    for (let row = PointGrid.#cell(v - radius); row <= PointGrid.#cell(v + radius); ++row) {
      for (let column = PointGrid.#cell(u - radius); column <= PointGrid.#cell(u + radius); ++column) {
        for (const point of this.#points.get(PointGrid.#key(column, row)) ?? []) {
          const at = placeOf(this.#sheet, point);
          const distance = Math.hypot(at.u - u, at.v - v);
          if (distance <= radius) found.push([point, distance]);
        }
      }
    }
    return found;
  }

  within(place: Place, radius: number): Set<Point> {
    return new Set(this.#near(place, radius).map(([point]) => point));
  }

  nearest(place: Place, radius: number): Point | null {
    let best: [Point | null, number] = [null, Infinity];
    for (const found of this.#near(place, radius)) if (found[1] < best[1]) best = found;
    return best[0];
  }
}

/** Places along the way from the last dot to `to`, `spacing` apart; the last of them is where the next way begins. */
export function dotsAlong(from: Place, to: Place, spacing: number): Place[] {
  const length = Math.hypot(to.u - from.u, to.v - from.v);
  const count = Math.floor(length / spacing + 1e-9);
  return Array.from({ length: count }, (_, i) => {
    const share = ((i + 1) * spacing) / length;
    return { u: from.u + (to.u - from.u) * share, v: from.v + (to.v - from.v) * share };
  });
}

/** Random numbers in [0, 1) that are the same for the same seed (mulberry32, T. Ettinger 2017). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Places spread evenly over a circle, as far as they lie on the sheet. */
export function sprayed(random: () => number, { u, v }: Place, radius: number, count: number): Place[] {
  const places = Array.from({ length: count }, () => {
    const far = radius * Math.sqrt(random());
    const angle = 2 * Math.PI * random();
    return { u: u + far * Math.cos(angle), v: v + far * Math.sin(angle) };
  });
  return places.filter((place) => Math.min(place.u, place.v) >= 0 && Math.max(place.u, place.v) <= 1);
}
