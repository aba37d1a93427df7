// One stroke of a tool over a sheet, from putting it down to lifting it.
import {
  dotsAlong,
  moved,
  placeOf,
  PointGrid,
  randomFrom,
  relabelled,
  sprayed,
  withPoints,
  without,
  type Place,
  type Point,
  type Sheet,
} from './points';

export const tools = ['paint', 'spray', 'move', 'erase', 'relabel'] as const;
export type Tool = (typeof tools)[number];
/** The keys that choose them while the sheet has the focus. */
export const toolKeys: Record<Tool, string> = { paint: 'p', spray: 's', move: 'm', erase: 'e', relabel: 'l' };

/** What is in the hand: the tool, the class or value it gives, and how far it reaches, as a share of the side. */
export interface Brush {
  tool: Tool;
  mark: number;
  reach: number;
  /** Between the dots of a painted line. */
  spacing: number;
}

/** Along the way, a spray can leaves a point every so many reaches. */
const sprayEvery = 0.22;

export class Stroke {
  readonly before: Sheet;
  sheet: Sheet;
  readonly #brush: Brush;
  readonly #random: () => number;
  readonly #grid: PointGrid;
  #last: Place;
  /** From the pointer to the point it carries, so that the point does not jump. */
  #carried: { point: Point; du: number; dv: number } | null = null;

  /** @param seed of the spray's pattern */
  constructor(sheet: Sheet, brush: Brush, place: Place, seed: number) {
    this.before = this.sheet = sheet;
    this.#brush = brush;
    this.#random = randomFrom(seed);
    this.#grid = new PointGrid(sheet);
    this.#last = place;
    if (brush.tool === 'paint') this.#add([place]);
    else if (brush.tool === 'spray') this.spray(1);
    else if (brush.tool === 'move') this.#carried = this.#grasp(place);
    else this.#sweep([place]);
  }

  /** Whether there was a point to take hold of; for the other tools always. */
  get holds(): boolean {
    return this.#brush.tool !== 'move' || this.#carried !== null;
  }

  moveTo(place: Place): void {
    const { tool, reach, spacing } = this.#brush;
    if (tool === 'move') {
      this.#carry(place);
      this.#last = place;
      return;
    }
    const step = tool === 'paint' ? spacing : reach * (tool === 'spray' ? sprayEvery : 0.5);
    const places = dotsAlong(this.#last, place, step);
    this.#last = places.at(-1) ?? this.#last;
    if (tool === 'paint') this.#add(places);
    else if (tool === 'spray') this.#add(places.flatMap((at) => sprayed(this.#random, at, reach, 1)));
    else this.#sweep([...places, place]);
  }

  /** More of the spray, where it is. */
  spray(count: number): void {
    this.#add(sprayed(this.#random, this.#last, this.#brush.reach, count));
  }

  #add(places: readonly Place[]): void {
    this.sheet = withPoints(this.sheet, places, this.#brush.mark);
  }

  #sweep(places: readonly Place[]): void {
    for (const place of places) {
      const hit = this.#grid.within(place, this.#brush.reach);
      this.sheet =
        this.#brush.tool === 'erase'
          ? without(this.sheet, hit)
          : relabelled(this.sheet, hit, this.#brush.mark);
    }
  }

  #grasp(place: Place): { point: Point; du: number; dv: number } | null {
    const point = this.#grid.nearest(place, this.#brush.reach);
    if (point === null) return null;
    const at = placeOf(this.sheet, point);
    return { point, du: at.u - place.u, dv: at.v - place.v };
  }

  #carry({ u, v }: Place): void {
    if (this.#carried === null) return;
    const { point, du, dv } = this.#carried;
    const there = moved(this.sheet, point, { u: u + du, v: v + dv });
    this.sheet = there.sheet;
    this.#carried = { point: there.point, du, dv };
  }
}
