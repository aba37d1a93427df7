// A generator's points in a small square: the shape is to be recognised, not measured.
import type { Sample } from '../engine/protocol';
import { classColour, css, rangeOf, valueColour } from './palette';

/** Draws into a square canvas of `size` CSS pixels; `radius` is that of a dot. */
export function drawSample(canvas: HTMLCanvasElement, size: number, sample: Sample, radius = 1.1): void {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = canvas.height = Math.round(size * ratio);
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const [x, y, values] = [rangeOf(sample.x), rangeOf(sample.y), rangeOf(sample.value)];
  const hasValues = sample.value.length === sample.x.length;
  const room = size - 2 * radius - 2;
  const along = (value: number, [low, high]: [number, number]) =>
    radius + 1 + ((value - low) / (high - low)) * room;
  for (let i = 0; i < sample.x.length; ++i) {
    const share = ((sample.value[i] ?? 0) - values[0]) / (values[1] - values[0]);
    context.fillStyle = css(hasValues ? valueColour(share) : classColour(sample.label[i] ?? 0));
    context.beginPath();
    context.arc(along(sample.x[i] ?? 0, x), size - along(sample.y[i] ?? 0, y), radius, 0, 2 * Math.PI);
    context.fill();
  }
}
