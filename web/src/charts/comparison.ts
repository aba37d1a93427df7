// Curves of several runs in one chart, on uPlot: a part is enlarged and values are read with mouse, finger or keys (reading.ts).
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { spans, type Range } from './ranges';
import { readByFinger, readByKeys, type Zoom } from './reading';

export interface Line {
  name: string;
  colour: string;
  dashed: boolean;
  values: number[];
}

export interface ComparisonOptions {
  /** What screen readers call it. */
  name: string;
  width: number;
  height: number;
  /** The horizontal axis: the epochs of the longest run. */
  epochs: number[];
  epochName: string;
  lines: Line[];
  logX: boolean;
  logY: boolean;
  range: Range;
  text: string;
  grid: string;
  format: (value: number) => string;
  /** For the vertical axis. */
  formatTick: (value: number) => string;
  /** The part of the epochs that is enlarged; null: all of them. */
  zoom: Zoom | null;
  onzoom: (zoom: Zoom | null) => void;
}

const font = '11px system-ui, sans-serif';

/** uPlot leaves null out, and a logarithmic axis knows no zero. */
function drawable(values: readonly number[], length: number, isLog: boolean): (number | null)[] {
  return Array.from({ length }, (_, i) => {
    const value = values[i] ?? NaN;
    return Number.isNaN(value) || (isLog && value <= 0) ? null : value;
  });
}

export class ComparisonChart {
  readonly #plot: uPlot;
  #zoom: Zoom | null;
  #setting = false;
  readonly #stop: (() => void)[];
  readonly #keys: { tell: () => void; hold: () => void };

  /** Charts of the same `group` share the pointer's place. */
  constructor(host: HTMLElement, options: ComparisonOptions, group: string) {
    const { text, grid, format, formatTick, range } = options;
    this.#zoom = options.zoom;
    const axis = { stroke: text, font, ticks: { show: false }, grid: { stroke: grid, width: 1 } };
    const read = (_: uPlot, value: number | null) => (value == null ? '–' : format(value));
    this.#plot = new uPlot(
      {
        width: options.width,
        height: options.height,
        padding: [8, 16, 0, 0],
        legend: { live: true, markers: { width: 2 } },
        cursor: { y: false, drag: { x: true, y: false }, sync: { key: group } },
        scales: {
          x: {
            time: false,
            distr: options.logX ? 3 : 1,
            // Logarithmic ones would go on to the next power of ten, with nothing drawn there.
            range: (_, low, high) => (low < high ? [low, high] : [low, low + 1]),
          },
          y: options.logY ? { distr: 3 } : { range: (_, low, high) => spans[range](low, high) },
        },
        axes: [
          {
            ...axis,
            size: 24,
            values: (_, ticks) => ticks.map((tick) => (tick === null ? '' : String(tick))),
          },
          {
            ...axis,
            size: 52,
            values: (_, ticks) => ticks.map((tick) => (tick === null ? '' : formatTick(tick))),
          },
        ],
        series: [
          {
            label: options.epochName,
            value: (_, value: number | null) => (value == null ? '–' : String(value)),
          },
          ...options.lines.map(({ name, colour, dashed }) => ({
            label: name,
            stroke: colour,
            width: 1.5,
            ...(dashed ? { dash: [5, 3] } : {}),
            value: read,
            points: { show: false },
          })),
        ],
        hooks: {
          setCursor: [() => this.#tell()],
          // What is drawn first has a cursor set after it, which clears the legend.
          draw: [() => queueMicrotask(() => this.#tell())],
          setScale: [
            (plot, key) => {
              if (key !== 'x' || this.#setting) return;
              const { min, max } = plot.scales['x'] ?? {};
              const [first, last] = [plot.data[0][0], plot.data[0][plot.data[0].length - 1]];
              const isWhole = min == null || max == null || (min <= (first ?? 0) && max >= (last ?? 0));
              this.#zoom = isWhole ? null : { min, max };
              options.onzoom(this.#zoom);
            },
          ],
        },
      },
      [[]],
      host,
    );
    const keys = readByKeys(this.#plot, options.name, (zoom) => this.#enlarge(zoom));
    this.#keys = keys;
    this.#stop = [keys.stop, readByFinger(this.#plot, (zoom) => this.#enlarge(zoom))];
    this.update(options);
  }

  /** New numbers of the same lines. What was enlarged stays so. */
  update({ epochs, lines, logY }: Pick<ComparisonOptions, 'epochs' | 'lines' | 'logY'>): void {
    const data = lines.map(({ values }) => drawable(values, epochs.length, logY));
    this.#setting = true;
    this.#plot.batch(() => {
      this.#plot.setData([epochs, ...data], this.#zoom === null);
      if (this.#zoom !== null) this.#plot.setScale('x', this.#zoom);
    });
    this.#setting = false;
    this.#keys.hold();
    this.#tell();
  }

  /** As another chart shows it. */
  show(zoom: Zoom | null): void {
    if (this.#zoom?.min === zoom?.min && this.#zoom?.max === zoom?.max) return;
    this.#zoom = zoom;
    this.#setting = true;
    this.#plot.batch(() => {
      if (zoom === null) this.#plot.setData(this.#plot.data, true);
      else this.#plot.setScale('x', zoom);
    });
    this.#setting = false;
  }

  /** By hand: the others follow. */
  #enlarge(zoom: Zoom | null): void {
    if (zoom === null) this.#plot.setData(this.#plot.data, true);
    else this.#plot.setScale('x', zoom);
  }

  /** As long as nobody points at the chart the legend shows each line's last value. */
  #tell(): void {
    const plot = this.#plot as uPlot | undefined; // the first word of the cursor comes while it is made
    const length = plot?.data[0].length ?? 0;
    if (plot === undefined || plot.status !== 1 || length === 0) return;
    if ((plot.cursor.left ?? -1) < 0) {
      // Of each run its own last epoch: the longest one's is not theirs.
      const lasts = plot.data.slice(1).map((values) => {
        let last = length - 1;
        while (last > 0 && values[last] == null) --last;
        return last;
      });
      plot.setLegend({ idxs: [Math.max(0, ...lasts), ...lasts] }, false);
    }
    this.#keys.tell();
  }

  destroy(): void {
    for (const stop of this.#stop) stop();
    this.#plot.destroy();
  }
}
