// Small pictures of the generators for the buttons that choose them: a few points each, drawn with the same formulas' shapes.
export type Dot = readonly [x: number, y: number, label: number];

const count = 26;

function along(index: number): number {
  return (index + 0.5) / count;
}

/** A fixed scatter in [0, 1)²: the same picture every time. */
function scatter(index: number): [number, number] {
  const hash = (seed: number) => {
    const value = Math.sin((index + 1) * seed) * 43758.5453;
    return value - Math.floor(value);
  };
  return [hash(12.9898), hash(78.233)];
}

function ring(radius: number, turn: number, label: number): Dot {
  return [radius * Math.cos(turn * 2 * Math.PI), radius * Math.sin(turn * 2 * Math.PI), label];
}

const shapes: Record<string, (index: number, label: number) => Dot> = {
  blobs: (i, label) => {
    const [a, b] = scatter(i + 40 * label);
    const [x, y] = ring(0.34 * Math.sqrt(a), b, label);
    return [x + (label === 0 ? 0.45 : -0.45), y + (label === 0 ? 0.4 : -0.4), label];
  },
  xor: (i, label) => {
    const [a, b] = scatter(i + 40 * label);
    const x = (0.12 + 0.78 * a) * (i % 2 === 0 ? 1 : -1);
    return [x, (0.12 + 0.78 * b) * (x > 0 === (label === 0) ? 1 : -1), label];
  },
  circles: (i, label) => ring(label === 0 ? 0.36 * Math.sqrt(scatter(i)[0]) : 0.8, along(i) * 3.3, label),
  moons: (i, label) => {
    const angle = Math.PI * along(i);
    return label === 0
      ? [0.6 * Math.cos(angle) - 0.28, 0.75 * Math.sin(angle) - 0.2, 0]
      : [0.28 - 0.6 * Math.cos(angle), 0.2 - 0.75 * Math.sin(angle), 1];
  },
  spirals: (i, label) => ring(0.08 + 0.84 * along(i), label / 2 + along(i), label),
  checkerboard: (i, label) => {
    const [a, b] = scatter(i + 40 * label);
    const row = i % 4;
    const column = 2 * (Math.floor(i / 4) % 2) + ((row + label) % 2);
    return [(column + 0.2 + 0.6 * a) / 2 - 1, (row + 0.2 + 0.6 * b) / 2 - 1, label];
  },
};

/** Dots in [-1, 1]². */
export function thumbnail(generator: string): Dot[] {
  const shape = shapes[generator];
  if (shape === undefined) return [];
  return [0, 1].flatMap((label) => Array.from({ length: count }, (_, index) => shape(index, label)));
}
