// Where the neurons and weights of a drawn network lie, which of them a pointer means, and which comes next with the arrow
// keys. Numbers only; drawing is network.ts.

export interface Column {
  /** Neurons there are. */
  units: number;
  /** The first so many are drawn. */
  shown: number;
  x: number;
  /** Middles of those that are drawn. */
  ys: number[];
}

export interface Wiring {
  width: number;
  height: number;
  /** Input, hidden layers, output. */
  columns: Column[];
  /** Side of a neuron. */
  node: number;
}

/** A neuron, its bias, or the weight between two neurons; `column` is the one it leads to. */
export type Place =
  | { kind: 'node'; column: number; neuron: number }
  | { kind: 'bias'; column: number; neuron: number }
  | {
      kind: 'link';
      column: number;
      from: number;
      neuron: number;
      /** The end that stays with the arrow keys. */ held?: 'from' | 'to';
    };

export const mostShown = 8;
/** Room for the names of inputs on the left and of outputs on the right. */
export const margins = { left: 58, right: 62 };
const moreHeight = 14;
const largestNode = 26;
const gap = 3;

/** Columns for layers of so many neurons in a box of CSS pixels. */
export function wiringOf(units: readonly number[], width: number, height: number): Wiring {
  const most = Math.max(1, ...units.map((count) => Math.min(count, mostShown)));
  const hasMore = units.some((count) => count > mostShown);
  const room = height - (hasMore ? moreHeight : 0);
  const pitch = Math.max(6, Math.min(largestNode + gap, room / most));
  const inner = width - margins.left - margins.right;
  return {
    width,
    height,
    node: pitch - gap,
    columns: units.map((count, index) => {
      const shown = Math.min(count, mostShown);
      return {
        units: count,
        shown,
        x: margins.left + (units.length < 2 ? inner / 2 : (index * inner) / (units.length - 1)),
        ys: Array.from({ length: shown }, (_, neuron) => room / 2 + (neuron - (shown - 1) / 2) * pitch),
      };
    }),
  };
}

/** Where a link leaves its neuron, where it arrives, and how far its ends run level. */
export function linkEnds(wiring: Wiring, column: number, from: number, neuron: number) {
  const source = wiring.columns[column - 1];
  const target = wiring.columns[column];
  const x1 = (source?.x ?? 0) + wiring.node / 2;
  const x2 = (target?.x ?? 0) - wiring.node / 2;
  return { x1, y1: source?.ys[from] ?? 0, x2, y2: target?.ys[neuron] ?? 0, level: (x2 - x1) / 2 };
}

/** The point of a link at `t` from 0 to 1: a cubic whose ends run level. */
export function linkPoint(wiring: Wiring, column: number, from: number, neuron: number, t: number) {
  const { x1, y1, x2, y2, level } = linkEnds(wiring, column, from, neuron);
  const s = 1 - t;
  const blend = (a: number, b: number, c: number, d: number) =>
    s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
  return { x: blend(x1, x1 + level, x2 - level, x2), y: blend(y1, y1, y2, y2) };
}

const pieces = 16;

function distanceToPiece(px: number, py: number, ax: number, ay: number, bx: number, by: number): number {
  const along = ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2 || 1);
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay));
}

/** The middle of the small square that stands for a neuron's bias: at its lower left corner. */
export function biasPoint(wiring: Wiring, column: number, neuron: number) {
  const { x, ys } = wiring.columns[column] ?? { x: 0, ys: [] };
  return { x: x - wiring.node / 2 - 1, y: (ys[neuron] ?? 0) + wiring.node / 2 - 2 };
}

function nodeAt(wiring: Wiring, x: number, y: number, reach: number): Place | null {
  for (const [column, { x: middle, ys }] of wiring.columns.entries()) {
    for (const [neuron, height] of ys.entries()) {
      const bias = biasPoint(wiring, column, neuron);
      const isBias = column > 0 && Math.abs(x - bias.x) <= 4 && Math.abs(y - bias.y) <= 4;
      if (isBias) return { kind: 'bias', column, neuron };
      const half = wiring.node / 2 + reach;
      if (Math.abs(x - middle) <= half && Math.abs(y - height) <= half)
        return { kind: 'node', column, neuron };
    }
  }
  return null;
}

/** What lies at a point: a bias or a neuron before the links; the nearest link within `reach` pixels. */
export function placeAt(wiring: Wiring, x: number, y: number, reach = 5): Place | null {
  const node = nodeAt(wiring, x, y, Math.min(1, reach));
  if (node !== null) return node;
  const column = wiring.columns.findIndex((candidate) => candidate.x > x);
  if (column < 1) return null;
  let best: Place | null = null;
  let nearest = reach;
  for (let from = 0; from < (wiring.columns[column - 1]?.shown ?? 0); ++from) {
    for (let neuron = 0; neuron < (wiring.columns[column]?.shown ?? 0); ++neuron) {
      let last = linkPoint(wiring, column, from, neuron, 0);
      for (let piece = 1; piece <= pieces; ++piece) {
        const next = linkPoint(wiring, column, from, neuron, piece / pieces);
        const distance = distanceToPiece(x, y, last.x, last.y, next.x, next.y);
        last = next;
        if (distance >= nearest) continue;
        nearest = distance;
        best = { kind: 'link', column, from, neuron };
      }
    }
  }
  return best;
}

export function samePlace(a: Place | null, b: Place | null): boolean {
  if (a === null || b === null) return a === b;
  const from = (place: Place) => (place.kind === 'link' ? place.from : -1);
  return a.kind === b.kind && a.column === b.column && a.neuron === b.neuron && from(a) === from(b);
}

/**
 * Where an arrow key leads: up and down among the neurons of a layer; left and right to the links of a neuron, where up and
 * down go through its weights, and on to the neuron at their other end.
 */
export function neighbour(wiring: Wiring, place: Place, key: string): Place {
  const shown = (column: number) => wiring.columns[column]?.shown ?? 0;
  const within = (neuron: number, column: number) => Math.max(0, Math.min(shown(column) - 1, neuron));
  const step = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0;
  const { column, neuron } = place;
  if (place.kind !== 'link') {
    if (step !== 0) return { kind: 'node', column, neuron: within(neuron + step, column) };
    if (key === 'ArrowRight' && column + 1 < wiring.columns.length)
      return {
        kind: 'link',
        column: column + 1,
        from: neuron,
        neuron: within(neuron, column + 1),
        held: 'from',
      };
    if (key === 'ArrowLeft' && column > 0)
      return { kind: 'link', column, from: within(neuron, column - 1), neuron, held: 'to' };
    return place;
  }
  if (key === 'ArrowRight') return { kind: 'node', column, neuron };
  if (key === 'ArrowLeft') return { kind: 'node', column: column - 1, neuron: place.from };
  if (place.held === 'from') return { ...place, neuron: within(neuron + step, column) };
  return { ...place, from: within(place.from + step, column - 1) };
}
