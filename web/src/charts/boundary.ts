// Draws what the network answers, and the points, on a canvas: class regions, a surface of values, or a curve over the one
// column there is. Free of any framework; a frame costs a small image and one circle per point.
import type { Grid, Points } from 'athanor';
import { contour, drawContour, type Level } from './contour';
import { classColour, css, rangeOf, valueColour, type Rgb } from './palette';

export interface BoundaryView {
  grid: Grid | null;
  points: Points | null;
  background: Rgb;
  /** What the canvas shows: regions of classes, values as colours, or values as heights over the one column. */
  kind: 'classes' | 'surface' | 'curve';
  /** The values at the ends of the colours or of the vertical axis; see valuesOf. */
  values: [number, number];
  /** For each class the place of its colour; its own place where none is given. */
  colours?: readonly number[];
  /** Every place has the colour of its answer, however sure; of values, of the step of the scale that it lies in. */
  hasHardEdges?: boolean;
  /** Rows whose points are ringed; all others step back. */
  ringed?: ReadonlySet<number>;
  /** The decision line that is drawn. */
  line?: Level | null;
}

/** The values that points have: where their colours, or the axis of a curve, begin and end. */
export function valuesOf(points: Points | null): [number, number] {
  return rangeOf(points?.value ?? []);
}

/** A little room above and below a curve's points. */
function withMargin([low, high]: [number, number]): [number, number] {
  const margin = (high - low) * 0.08;
  return [low - margin, high + margin];
}

/** How strongly a region is tinted where the network is sure. */
const strength = 0.62;
const surfaceStrength = 0.6;
const hardStrength = 0.5;
/** Of values with hard edges; an even number has an edge in the middle, where the colour changes. */
const steps = 10;
const pointRadius = 3.4;
const ringRadius = 7;
/** How visible points are beside ringed ones. */
const paleness = 0.3;
const partNames = { train: 0, validation: 1, test: 2, copy: 3 } as const;

/** The grid as an image, one pixel per cell, largest y on top: each class tints by how far it is above chance, with hard edges
 * all alike. */
export function gridImage(
  grid: Grid,
  background: Rgb,
  colours: readonly number[] = [],
  hasHardEdges = false,
): ImageData {
  const { resolution, width: classes, predictions: probabilities } = grid;
  const image = new ImageData(resolution, resolution);
  const chance = 1 / classes;
  for (let row = 0; row < resolution; ++row) {
    for (let column = 0; column < resolution; ++column) {
      const cell = (row * resolution + column) * classes;
      let best = 0;
      for (let k = 1; k < classes; ++k)
        if ((probabilities[cell + k] ?? 0) > (probabilities[cell + best] ?? 0)) best = k;
      const sure = hasHardEdges
        ? hardStrength
        : Math.max(0, ((probabilities[cell + best] ?? 0) - chance) / (1 - chance)) * strength;
      const colour = classColour(colours[best] ?? best);
      const at = ((resolution - 1 - row) * resolution + column) * 4;
      for (let channel = 0; channel < 3; ++channel) {
        const under = background[channel] ?? 0;
        image.data[at + channel] = under + ((colour[channel] ?? 0) - under) * sure;
      }
      image.data[at + 3] = 255;
    }
  }
  return image;
}

/** The same for values: the colours of the points and of their scale, paler. */
export function surfaceImage(
  grid: Grid,
  background: Rgb,
  [low, high]: [number, number],
  hasHardEdges = false,
): ImageData {
  const { resolution, predictions } = grid;
  const image = new ImageData(resolution, resolution);
  for (let cell = 0; cell < resolution * resolution; ++cell) {
    const exact = Math.min(1, Math.max(0, ((predictions[cell] ?? 0) - low) / (high - low)));
    const share = hasHardEdges ? (Math.min(steps - 1, Math.floor(exact * steps)) + 0.5) / steps : exact;
    const colour = valueColour(share);
    const row = resolution - 1 - Math.floor(cell / resolution);
    const at = (row * resolution + (cell % resolution)) * 4;
    for (let channel = 0; channel < 3; ++channel) {
      const under = background[channel] ?? 0;
      image.data[at + channel] = under + ((colour[channel] ?? 0) - under) * surfaceStrength;
    }
    image.data[at + 3] = 255;
  }
  return image;
}

let buffer: HTMLCanvasElement | undefined;

function drawGrid(context: CanvasRenderingContext2D, grid: Grid, view: BoundaryView, size: number): void {
  const image =
    view.kind === 'surface'
      ? surfaceImage(grid, view.background, view.values, view.hasHardEdges)
      : gridImage(grid, view.background, view.colours, view.hasHardEdges);
  buffer ??= document.createElement('canvas');
  if (buffer.width !== grid.resolution) buffer.width = buffer.height = grid.resolution;
  buffer.getContext('2d')?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'low';
  context.drawImage(buffer, 0, 0, size, size);
}

/** The network's answers over its one column: every row of the grid is the same. */
function drawCurve(context: CanvasRenderingContext2D, grid: Grid, view: BoundaryView, size: number): void {
  const [low, high] = withMargin(view.values);
  context.beginPath();
  for (let i = 0; i < grid.resolution; ++i) {
    const height = ((grid.predictions[i] ?? 0) - low) / (high - low);
    context.lineTo((i / (grid.resolution - 1)) * size, size - height * size);
  }
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeStyle = css(classColour(1));
  context.stroke();
}

/** Training points are filled, validation points are rings, test points squares; copies are small. */
const mostDrawn = 4000;

function drawPoints(
  context: CanvasRenderingContext2D,
  points: Points,
  x: [number, number],
  y: [number, number],
  size: number,
  view: BoundaryView,
): void {
  const outline = css(view.background, 0.9);
  const heights = view.kind === 'curve' ? points.value : points.y;
  const [low, high] = view.values;
  const colourOf = (i: number) =>
    view.kind === 'surface'
      ? valueColour(((points.value[i] ?? 0) - low) / (high - low))
      : classColour(view.colours?.[points.label[i] ?? 0] ?? points.label[i] ?? 0);
  // More points than these hide each other and cost frames: every so-manyth stands for the others.
  const stride = Math.max(1, Math.ceil(points.x.length / mostDrawn));
  const isRinged = (i: number) => view.ringed?.has(points.row[i] ?? -1) ?? false;
  const drawPoint = (i: number, hasRing: boolean) => {
    const px = (((points.x[i] ?? 0) - x[0]) / (x[1] - x[0])) * size;
    const py = size - (((heights[i] ?? 0) - y[0]) / (y[1] - y[0])) * size;
    if (hasRing) drawRing(context, px, py, view.background);
    const part = points.part[i];
    const colour = css(colourOf(i));
    const radius = part === partNames.copy ? pointRadius * 0.5 : pointRadius;
    context.beginPath();
    if (part === partNames.test) context.rect(px - radius, py - radius, 2 * radius, 2 * radius);
    else context.arc(px, py, radius, 0, 2 * Math.PI);
    if (part === partNames.validation) {
      context.fillStyle = outline;
      context.fill();
      context.lineWidth = 1.8;
      context.strokeStyle = colour;
    } else {
      context.fillStyle = colour;
      context.fill();
      context.lineWidth = 1;
      context.strokeStyle = outline;
    }
    context.stroke();
  };
  const hasRings = view.ringed !== undefined && view.ringed.size > 0;
  context.globalAlpha = hasRings ? paleness : 1;
  for (let i = 0; i < points.x.length; i += stride) if (!hasRings || !isRinged(i)) drawPoint(i, false);
  context.globalAlpha = 1;
  // Ringed ones lie above the others, and none of them is left out.
  if (hasRings) for (let i = 0; i < points.x.length; ++i) if (isRinged(i)) drawPoint(i, true);
}

/** What is read on the picture's paper: dark on light, light on dark. */
function inkOn([red, green, blue]: Rgb): string {
  return red + green + blue > 384 ? '#18202a' : '#f4f6f9';
}

/** A ring around a point, with an edge of paper, so that it is seen on every region. */
function drawRing(context: CanvasRenderingContext2D, px: number, py: number, paper: Rgb): void {
  context.beginPath();
  context.arc(px, py, ringRadius, 0, 2 * Math.PI);
  context.fillStyle = css(paper, 0.85);
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = inkOn(paper);
  context.stroke();
}

/** Draws into a square canvas of `size` CSS pixels. */
export function drawBoundary(canvas: HTMLCanvasElement, size: number, view: BoundaryView): void {
  const ratio = window.devicePixelRatio || 1;
  const pixels = Math.round(size * ratio);
  // A new canvas is 300 × 150: its width alone may be right by chance.
  if (canvas.width !== pixels || canvas.height !== pixels) canvas.width = canvas.height = pixels;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = css(view.background);
  context.fillRect(0, 0, size, size);
  const isCurve = view.kind === 'curve';
  if (view.grid !== null && !isCurve) drawGrid(context, view.grid, view, size);
  if (view.grid !== null && view.kind === 'classes' && view.line != null && view.grid.width > view.line.label)
    drawContour(
      context,
      contour(view.grid, view.line),
      size,
      inkOn(view.background),
      css(view.background, 0.7),
    );
  if (view.points !== null) {
    const x = view.grid?.x ?? rangeOf(view.points.x);
    const y = isCurve ? withMargin(view.values) : (view.grid?.y ?? rangeOf(view.points.y));
    drawPoints(context, view.points, x, y, size, view);
  }
  if (view.grid !== null && isCurve) drawCurve(context, view.grid, view, size);
}
