// Draws a network on a canvas: weights as lines whose width and colour say their size and sign, every neuron with the picture
// of what it answers. Free of any framework.
import type { LayerWeights } from 'athanor';
import { biasPoint, linkEnds, samePlace, type Place, type Wiring } from './wiring';

export interface NetworkColours {
  positive: string;
  negative: string;
  line: string;
  surface: string;
  text: string;
  focus: string;
}

export interface NetworkView {
  wiring: Wiring;
  /** Of the layers after the input; null before there is a network. */
  weights: readonly LayerWeights[] | null;
  /** What stands in a neuron; null for a plain one. */
  images: readonly (readonly (ImageData | null)[])[];
  /** Beside the neurons of the first and the last column. */
  inputs: readonly string[];
  outputs: readonly string[];
  /** "+504 more" below a column that is cut short. */
  more: (hidden: number) => string;
  /** What the pointer or the keyboard is at. */
  selected: Place | null;
  colours: NetworkColours;
}

/** Wide enough to see at 0.1, growing with the weight, and never wider than this. */
const widest = 5;
export function lineWidth(weight: number): number {
  return Number.isFinite(weight) ? 0.3 + (widest - 0.3) * (1 - Math.exp(-Math.abs(weight) / 2)) : 0.3;
}

function opacity(weight: number): number {
  return 0.22 + 0.68 * (1 - Math.exp(-Math.abs(weight)));
}

/** Whether a link belongs to what is selected: the link itself, or one of the neuron's own. */
function isLit(selected: Place, column: number, from: number, neuron: number): boolean {
  if (selected.kind === 'link') return samePlace(selected, { kind: 'link', column, from, neuron });
  const leadsIn = column === selected.column && neuron === selected.neuron;
  return leadsIn || (column === selected.column + 1 && from === selected.neuron && selected.column === 0);
}

function drawLink(
  context: CanvasRenderingContext2D,
  view: NetworkView,
  column: number,
  from: number,
  neuron: number,
): void {
  const { x1, y1, x2, y2, level } = linkEnds(view.wiring, column, from, neuron);
  const layer = view.weights?.[column - 1];
  const weight = layer?.weights[from * layer.shownUnits + neuron];
  const isDimmed = view.selected !== null && !isLit(view.selected, column, from, neuron);
  context.beginPath();
  context.moveTo(x1, y1);
  context.bezierCurveTo(x1 + level, y1, x2 - level, y2, x2, y2);
  if (weight === undefined || !Number.isFinite(weight)) {
    context.strokeStyle = view.colours.line;
    context.lineWidth = 0.5;
    context.globalAlpha = 1;
  } else {
    context.strokeStyle = weight < 0 ? view.colours.negative : view.colours.positive;
    context.lineWidth = lineWidth(weight);
    context.globalAlpha = opacity(weight) * (isDimmed ? 0.3 : 1);
  }
  if (view.selected?.kind === 'link' && !isDimmed) {
    context.save();
    context.globalAlpha = 1;
    context.strokeStyle = view.colours.focus;
    context.lineWidth += 3;
    context.stroke();
    context.strokeStyle = view.colours.surface;
    context.lineWidth -= 1.5;
    context.stroke();
    context.restore();
  }
  context.stroke();
}

function drawLinks(context: CanvasRenderingContext2D, view: NetworkView): void {
  for (let column = 1; column < view.wiring.columns.length; ++column) {
    for (let from = 0; from < (view.wiring.columns[column - 1]?.shown ?? 0); ++from) {
      for (let neuron = 0; neuron < (view.wiring.columns[column]?.shown ?? 0); ++neuron)
        drawLink(context, view, column, from, neuron);
    }
  }
  // Once more on top, so that no other line crosses it.
  const { selected } = view;
  if (selected?.kind === 'link') drawLink(context, view, selected.column, selected.from, selected.neuron);
  context.globalAlpha = 1;
}

let buffer: HTMLCanvasElement | undefined;

/** An image of any size into a square of CSS pixels. */
export function drawImage(
  context: CanvasRenderingContext2D,
  image: ImageData,
  x: number,
  y: number,
  side: number,
): void {
  buffer ??= document.createElement('canvas');
  if (buffer.width !== image.width) buffer.width = buffer.height = image.width;
  buffer.getContext('2d')?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.drawImage(buffer, x, y, side, side);
}

function drawNode(
  context: CanvasRenderingContext2D,
  view: NetworkView,
  column: number,
  neuron: number,
): void {
  const { node, columns } = view.wiring;
  const x = (columns[column]?.x ?? 0) - node / 2;
  const y = (columns[column]?.ys[neuron] ?? 0) - node / 2;
  const image = view.images[column]?.[neuron] ?? null;
  const { selected, colours } = view;
  const isSelected =
    selected !== null &&
    selected.kind !== 'link' &&
    samePlace({ ...selected, kind: 'node' }, { kind: 'node', column, neuron });
  context.save();
  context.beginPath();
  context.roundRect(x, y, node, node, 4);
  context.fillStyle = colours.surface;
  context.fill();
  if (image !== null) {
    context.clip();
    drawImage(context, image, x, y, node);
  }
  context.restore();
  context.beginPath();
  context.roundRect(x, y, node, node, 4);
  context.lineWidth = isSelected ? 2 : 1;
  context.strokeStyle = isSelected ? colours.focus : colours.line;
  context.stroke();
  const bias = view.weights?.[column - 1]?.biases[neuron];
  if (column === 0 || bias === undefined || !Number.isFinite(bias)) return;
  const at = biasPoint(view.wiring, column, neuron);
  const side = selected?.kind === 'bias' && isSelected ? 8 : 6;
  context.fillStyle = colours.surface;
  context.fillRect(at.x - side / 2, at.y - side / 2, side, side);
  context.globalAlpha = Math.min(1, 0.25 + 0.75 * (1 - Math.exp(-Math.abs(bias))));
  context.fillStyle = bias < 0 ? colours.negative : colours.positive;
  context.fillRect(at.x - side / 2, at.y - side / 2, side, side);
  context.globalAlpha = 1;
  context.strokeStyle = selected?.kind === 'bias' && isSelected ? colours.focus : colours.line;
  context.lineWidth = 1;
  context.strokeRect(at.x - side / 2, at.y - side / 2, side, side);
}

/** A text that ends with … where its room ends. */
function fitted(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let length = text.length;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) --length;
  return `${text.slice(0, length)}…`;
}

function drawTexts(context: CanvasRenderingContext2D, view: NetworkView, font: string): void {
  const { columns, node, width } = view.wiring;
  context.fillStyle = view.colours.text;
  context.font = `11px ${font}`;
  context.textBaseline = 'middle';
  const [first, last] = [columns[0], columns.at(-1)];
  context.textAlign = 'right';
  for (const [neuron, y] of (first?.ys ?? []).entries()) {
    const end = (first?.x ?? 0) - node / 2 - 6;
    context.fillText(fitted(context, view.inputs[neuron] ?? '', end), end, y);
  }
  context.textAlign = 'left';
  for (const [neuron, y] of (last?.ys ?? []).entries()) {
    const start = (last?.x ?? 0) + node / 2 + 6;
    context.fillText(fitted(context, view.outputs[neuron] ?? '', width - start), start, y);
  }
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  for (const { units, shown, x } of columns)
    if (units > shown) context.fillText(view.more(units - shown), x, view.wiring.height - 2);
}

/** Draws into a canvas of the wiring's size in CSS pixels. */
export function drawNetwork(canvas: HTMLCanvasElement, view: NetworkView): void {
  const { width, height, columns } = view.wiring;
  const ratio = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  drawLinks(context, view);
  for (const [column, { shown }] of columns.entries())
    for (let neuron = 0; neuron < shown; ++neuron) drawNode(context, view, column, neuron);
  drawTexts(context, view, getComputedStyle(canvas).fontFamily);
}
