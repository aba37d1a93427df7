// Draws class regions and points on a canvas. Free of any framework; a frame costs a small image and one circle per point.
import type { Grid, Points } from 'athanor';
import { classColour, css, type Rgb } from './palette';

export interface BoundaryView {
  grid: Grid | null;
  points: Points | null;
  background: Rgb;
}

/** How strongly a region is tinted where the network is sure. */
const strength = 0.62;
const pointRadius = 3.4;
const partNames = { train: 0, validation: 1, test: 2, copy: 3 } as const;

/** The grid as an image, one pixel per cell, largest y on top: each class tints by how far it is above chance. */
export function gridImage(grid: Grid, background: Rgb): ImageData {
  const { resolution, width: classes, predictions: probabilities } = grid;
  const image = new ImageData(resolution, resolution);
  const chance = 1 / classes;
  for (let row = 0; row < resolution; ++row) {
    for (let column = 0; column < resolution; ++column) {
      const cell = (row * resolution + column) * classes;
      let best = 0;
      for (let k = 1; k < classes; ++k)
        if ((probabilities[cell + k] ?? 0) > (probabilities[cell + best] ?? 0)) best = k;
      const sure = Math.max(0, ((probabilities[cell + best] ?? 0) - chance) / (1 - chance)) * strength;
      const colour = classColour(best);
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

let buffer: HTMLCanvasElement | undefined;

function drawGrid(context: CanvasRenderingContext2D, grid: Grid, background: Rgb, size: number): void {
  buffer ??= document.createElement('canvas');
  if (buffer.width !== grid.resolution) buffer.width = buffer.height = grid.resolution;
  buffer.getContext('2d')?.putImageData(gridImage(grid, background), 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'low';
  context.drawImage(buffer, 0, 0, size, size);
}

function rangeOf(values: Float32Array): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low < high ? [low, high] : [low - 1, low + 1];
}

/** Training points are filled, validation points are rings, test points squares; copies are small. */
const mostDrawn = 4000;

function drawPoints(
  context: CanvasRenderingContext2D,
  points: Points,
  x: [number, number],
  y: [number, number],
  size: number,
  background: Rgb,
): void {
  const outline = css(background, 0.9);
  // More points than these hide each other and cost frames: every so-manyth stands for the others.
  const stride = Math.max(1, Math.ceil(points.x.length / mostDrawn));
  for (let i = 0; i < points.x.length; i += stride) {
    const px = (((points.x[i] ?? 0) - x[0]) / (x[1] - x[0])) * size;
    const py = size - (((points.y[i] ?? 0) - y[0]) / (y[1] - y[0])) * size;
    const part = points.part[i];
    const colour = css(classColour(points.label[i] ?? 0));
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
  }
}

/** Draws into a square canvas of `size` CSS pixels. */
export function drawBoundary(canvas: HTMLCanvasElement, size: number, view: BoundaryView): void {
  const ratio = window.devicePixelRatio || 1;
  const pixels = Math.round(size * ratio);
  if (canvas.width !== pixels) canvas.width = canvas.height = pixels;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = css(view.background);
  context.fillRect(0, 0, size, size);
  if (view.grid !== null) drawGrid(context, view.grid, view.background, size);
  if (view.points === null) return;
  const x = view.grid?.x ?? rangeOf(view.points.x);
  const y = view.grid?.y ?? rangeOf(view.points.y);
  drawPoints(context, view.points, x, y, size, view.background);
}
