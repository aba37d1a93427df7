// Training samples alone, or with the copies that augmentation made of them; one of them ringed and joined with its copies.
import type { Points } from 'athanor';
import type { Family } from '../state/augmented';
import { classColour, css, rangeOf, valueColour } from './palette';

export interface AugmentedView {
  points: Points;
  families: readonly Family[];
  /** The family that is ringed. */
  chosen: Family | null;
  withCopies: boolean;
  paper: string;
  ink: string;
}

const radius = 2.6;
const ringRadius = 6;
/** More than these hide each other; the chosen ones are always drawn. */
const mostDrawn = 4000;

/** Draws into a square canvas of `size` CSS pixels; before and after have the same scale. */
export function drawAugmented(canvas: HTMLCanvasElement, size: number, view: AugmentedView): void {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = canvas.height = Math.round(size * ratio);
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = view.paper;
  context.fillRect(0, 0, size, size);
  const { points, families, chosen } = view;
  // One column alone is drawn against the value it has.
  const heights =
    points.value.length > 0 && points.x.every((x, i) => x === points.y[i]) ? points.value : points.y;
  const [xRange, yRange, values] = [rangeOf(points.x), rangeOf(heights), rangeOf(points.value)];
  const room = size - 4 * radius;
  const along = (value: number, [low, high]: [number, number]) =>
    2 * radius + ((value - low) / (high - low)) * room;
  const place = (i: number): [number, number] => [
    along(points.x[i] ?? 0, xRange),
    size - along(heights[i] ?? 0, yRange),
  ];
  const colourOf = (i: number) =>
    points.value.length > 0
      ? valueColour(((points.value[i] ?? 0) - values[0]) / (values[1] - values[0]))
      : classColour(points.label[i] ?? 0);
  const dot = (i: number, isCopy: boolean) => {
    context.beginPath();
    context.arc(...place(i), isCopy ? radius * 0.7 : radius, 0, 2 * Math.PI);
    context.fillStyle = css(colourOf(i), isCopy ? 0.65 : 1);
    context.fill();
  };
  const all = families.reduce((sum, { copies }) => sum + 1 + copies.length, 0);
  const stride = Math.max(1, Math.ceil(all / mostDrawn));
  const drawn = families.filter((_, i) => i % stride === 0);
  if (view.withCopies) for (const { copies } of drawn) for (const i of copies) dot(i, true);
  for (const { original } of drawn) dot(original, false);
  if (chosen === null) return;
  const copies = view.withCopies ? chosen.copies : [];
  context.strokeStyle = view.ink;
  context.lineWidth = 1.2;
  context.beginPath();
  for (const copy of copies) {
    context.moveTo(...place(chosen.original));
    context.lineTo(...place(copy));
  }
  context.stroke();
  for (const i of [...copies, chosen.original]) {
    context.beginPath();
    context.arc(...place(i), i === chosen.original ? ringRadius : ringRadius * 0.7, 0, 2 * Math.PI);
    context.fillStyle = view.paper;
    context.fill();
    context.lineWidth = i === chosen.original ? 2 : 1.2;
    context.strokeStyle = view.ink;
    context.stroke();
    dot(i, i !== chosen.original);
  }
}
