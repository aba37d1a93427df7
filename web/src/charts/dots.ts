// The points of a sheet on a canvas of their own, above the picture. Only what changed is drawn anew: a point more costs a
// point, and what is gone costs the part of the canvas around it.
import { differenceOf, placeOf, type Point, type Sheet } from '../state/points';
import { classColour, css, valueColour, type Rgb } from './palette';

const radius = 3.4;
const outline = 1;
/** Values are drawn in so many steps of colour. */
const valueSteps = 64;

function colourOf({ task, values }: Sheet, mark: number): [name: number, colour: Rgb] {
  if (task === 'classification') return [mark, classColour(mark)];
  const step = Math.round(((mark - values[0]) / (values[1] - values[0])) * valueSteps);
  return [step, valueColour(step / valueSteps)];
}

/** What a layer was drawn with; another size, theme or sheet is drawn from the beginning. */
interface Drawn {
  sheet: Sheet;
  size: number;
  ratio: number;
  paper: string;
}

export class DotLayer {
  readonly #canvas: HTMLCanvasElement;
  #drawn: Drawn | null = null;
  /** A dot of each colour, made once: copying a picture is cheaper than a circle. */
  #dots = new Map<number, HTMLCanvasElement>();

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /** @param size of the square canvas in CSS pixels; `paper` is the colour between dots that touch */
  draw(sheet: Sheet, size: number, paper: Rgb): void {
    const context = this.#canvas.getContext('2d');
    if (context === null) return;
    const now: Drawn = { sheet, size, ratio: window.devicePixelRatio || 1, paper: css(paper, 0.9) };
    const last = this.#drawn;
    this.#drawn = now;
    if (last === null || last.size !== size || last.ratio !== now.ratio || last.paper !== now.paper) {
      this.#canvas.width = this.#canvas.height = Math.round(size * now.ratio);
      this.#dots.clear();
    } else if (last.sheet.key === sheet.key) {
      this.#drawChange(context, now, last.sheet);
      return;
    }
    if (last?.sheet.task !== sheet.task) this.#dots.clear();
    context.setTransform(now.ratio, 0, 0, now.ratio, 0, 0);
    context.clearRect(0, 0, size, size);
    for (const point of sheet.points) this.#drawDot(context, now, point);
  }

  #drawChange(context: CanvasRenderingContext2D, now: Drawn, before: Sheet): void {
    const { gone, added } = differenceOf(before.points, now.sheet.points);
    if (gone.length === 0) {
      for (const point of added) this.#drawDot(context, now, point);
      return;
    }
    const room = radius + 2 * outline;
    const places = [...gone, ...added].map((point) => this.#pixels(now, point));
    const left = Math.min(...places.map(([x]) => x)) - room;
    const top = Math.min(...places.map(([, y]) => y)) - room;
    const width = Math.max(...places.map(([x]) => x)) + room - left;
    const height = Math.max(...places.map(([, y]) => y)) + room - top;
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    context.clearRect(left, top, width, height);
    for (const point of now.sheet.points) {
      const [x, y] = this.#pixels(now, point);
      const isNear = x > left - room && x < left + width + room && y > top - room && y < top + height + room;
      if (isNear) this.#drawDot(context, now, point);
    }
    context.restore();
  }

  #pixels({ sheet, size }: Drawn, point: Point): [number, number] {
    const { u, v } = placeOf(sheet, point);
    return [u * size, size - v * size];
  }

  #drawDot(context: CanvasRenderingContext2D, now: Drawn, point: Point): void {
    const [x, y] = this.#pixels(now, point);
    const dot = this.#dot(now, point.mark);
    const side = dot.width / now.ratio;
    context.drawImage(dot, x - side / 2, y - side / 2, side, side);
  }

  #dot({ sheet, ratio, paper }: Drawn, mark: number): HTMLCanvasElement {
    const [name, colour] = colourOf(sheet, mark);
    const known = this.#dots.get(name);
    if (known !== undefined) return known;
    const dot = document.createElement('canvas');
    dot.width = dot.height = Math.ceil(2 * (radius + outline) * ratio);
    const context = dot.getContext('2d');
    if (context !== null) {
      context.scale(ratio, ratio);
      context.beginPath();
      context.arc(dot.width / ratio / 2, dot.height / ratio / 2, radius, 0, 2 * Math.PI);
      context.fillStyle = css(colour);
      context.fill();
      context.lineWidth = outline;
      context.strokeStyle = paper;
      context.stroke();
    }
    this.#dots.set(name, dot);
    return dot;
  }
}
