// A curve over all thresholds on a canvas: ROC or precision–recall, the point of the threshold in force, and the one being read.
import { css, type Rgb } from './palette';

/** x, y, threshold; the first has none: no row lies above it. */
export type RankPoint = readonly [x: number, y: number, threshold: number | null];

export interface RankingView {
  points: readonly RankPoint[];
  /** ROC is drawn straight from point to point; precision holds over the recall that it gains, as the area counts it. */
  kind: 'roc' | 'precisionRecall';
  /** Where the threshold in force lies. */
  here: readonly [number, number] | null;
  /** The position of the point that is read. */
  read: number | null;
  /** What whoever looks at nothing gets: the diagonal, or the share of the class. */
  chance: number | null;
  xName: string;
  yName: string;
  colour: Rgb;
  text: string;
  line: string;
  paper: string;
}

const margin = { left: 44, right: 12, top: 10, bottom: 40 };

/** A place of the unit square in a canvas of these CSS pixels. */
function pixelsOf(x: number, y: number, width: number, height: number): [number, number] {
  return [
    margin.left + x * (width - margin.left - margin.right),
    height - margin.bottom - y * (height - margin.top - margin.bottom),
  ];
}

/** The point of the curve that lies nearest to a place on the canvas. */
export function nearestPoint(
  points: readonly RankPoint[],
  place: readonly [number, number],
  width: number,
  height: number,
): number | null {
  let nearest: number | null = null;
  let least = Infinity;
  for (const [i, [x, y]] of points.entries()) {
    const [px, py] = pixelsOf(x, y, width, height);
    const distance = (px - place[0]) ** 2 + (py - place[1]) ** 2;
    if (distance >= least) continue;
    least = distance;
    nearest = i;
  }
  return nearest;
}

export function drawRanking(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  view: RankingView,
): void {
  const ratio = window.devicePixelRatio || 1;
  const pixels: [number, number] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== pixels[0] || canvas.height !== pixels[1]) [canvas.width, canvas.height] = pixels;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const at = (x: number, y: number) => pixelsOf(x, y, width, height);
  drawFrame(context, at, width, height, view);
  context.lineJoin = 'round';
  context.strokeStyle = css(view.colour);
  context.lineWidth = 2;
  context.beginPath();
  let before: RankPoint | null = null;
  for (const point of view.points) {
    if (before !== null && view.kind === 'precisionRecall') context.lineTo(...at(before[0], point[1]));
    context.lineTo(...at(point[0], point[1]));
    before = point;
  }
  context.stroke();
  const read = view.read === null ? undefined : view.points[view.read];
  if (read !== undefined) drawReading(context, at, [read[0], read[1]], view);
  if (view.here !== null) {
    context.beginPath();
    context.arc(...at(...view.here), 6, 0, 2 * Math.PI);
    context.fillStyle = css(view.colour);
    context.fill();
    context.lineWidth = 2.5;
    context.strokeStyle = view.paper;
    context.stroke();
  }
}

type Place = (x: number, y: number) => [number, number];

/** Axes from 0 to 1, their names, and the line of chance. */
function drawFrame(
  context: CanvasRenderingContext2D,
  at: Place,
  width: number,
  height: number,
  view: RankingView,
): void {
  context.font = '11px system-ui, sans-serif';
  context.fillStyle = view.text;
  context.strokeStyle = view.line;
  context.lineWidth = 1;
  for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
    context.beginPath();
    context.moveTo(...at(tick, 0));
    context.lineTo(...at(tick, 1));
    context.moveTo(...at(0, tick));
    context.lineTo(...at(1, tick));
    context.stroke();
    const [x, bottom] = at(tick, 0);
    const [left, y] = at(0, tick);
    context.textAlign = 'center';
    context.textBaseline = 'top';
    context.fillText(String(tick), x, bottom + 6);
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.fillText(String(tick), left - 6, y);
  }
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillText(view.xName, at(0.5, 0)[0], height - 6);
  context.save();
  context.translate(10, at(0, 0.5)[1]);
  context.rotate(-Math.PI / 2);
  context.textBaseline = 'middle';
  context.fillText(view.yName, 0, 0);
  context.restore();
  if (view.kind === 'precisionRecall' && view.chance === null) return;
  context.beginPath();
  context.setLineDash([4, 4]);
  context.strokeStyle = view.text;
  context.moveTo(...at(0, view.kind === 'roc' ? 0 : (view.chance ?? 0)));
  context.lineTo(...at(1, view.kind === 'roc' ? 1 : (view.chance ?? 0)));
  context.stroke();
  context.setLineDash([]);
}

/** Lines to both axes from the point that is read. */
function drawReading(
  context: CanvasRenderingContext2D,
  at: Place,
  [x, y]: readonly [number, number],
  view: RankingView,
): void {
  context.beginPath();
  context.lineWidth = 1;
  context.strokeStyle = view.text;
  context.moveTo(...at(x, 0));
  context.lineTo(...at(x, y));
  context.lineTo(...at(0, y));
  context.stroke();
  context.beginPath();
  context.arc(...at(x, y), 4.5, 0, 2 * Math.PI);
  context.fillStyle = view.paper;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = css(view.colour);
  context.stroke();
}
