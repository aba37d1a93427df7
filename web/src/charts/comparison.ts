// Curves of several runs in one chart, on uPlot: a person drags across it to enlarge a part, and points at it to read.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface Line {
  name: string;
  colour: string;
  dashed: boolean;
  values: number[];
}

export interface ComparisonOptions {
  width: number;
  height: number;
  /** The horizontal axis: the epochs of the longest run. */
  epochs: number[];
  epochName: string;
  lines: Line[];
  logX: boolean;
  logY: boolean;
  /** What the vertical axis must hold. */
  least?: number | undefined;
  most?: number | undefined;
  text: string;
  grid: string;
  format: (value: number) => string;
  /** For the vertical axis. */
  formatTick: (value: number) => string;
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
  #zoom: { min: number; max: number } | null = null;
  #setting = false;

  /** Charts of the same `group` share the pointer's place. */
  constructor(host: HTMLElement, options: ComparisonOptions, group: string) {
    const { text, grid, format, formatTick, least, most } = options;
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
          x: { time: false, distr: options.logX ? 3 : 1 },
          y: options.logY
            ? { distr: 3 }
            : {
                range: (_, low, high) => [Math.min(low, least ?? low), Math.max(high, most ?? high) || 1],
              },
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
          setCursor: [() => this.#readNewest()],
          setScale: [
            (plot, key) => {
              if (key !== 'x' || this.#setting) return;
              const { min, max } = plot.scales['x'] ?? {};
              const [first, last] = [plot.data[0][0], plot.data[0][plot.data[0].length - 1]];
              const isWhole = min == null || max == null || (min <= (first ?? 0) && max >= (last ?? 0));
              this.#zoom = isWhole ? null : { min, max };
            },
          ],
        },
      },
      [[]],
      host,
    );
    this.update(options);
  }

  /** New numbers of the same lines. What was enlarged stays so until a double click. */
  update({ epochs, lines, logY }: Pick<ComparisonOptions, 'epochs' | 'lines' | 'logY'>): void {
    const data = lines.map(({ values }) => drawable(values, epochs.length, logY));
    this.#setting = true;
    this.#plot.setData([epochs, ...data], this.#zoom === null);
    if (this.#zoom !== null) this.#plot.setScale('x', this.#zoom);
    this.#setting = false;
    this.#readNewest();
  }

  /** As long as nobody points at the chart the legend shows the values of the last epoch. */
  #readNewest(): void {
    const plot = this.#plot as uPlot | undefined; // the first word of the cursor comes while it is made
    const length = plot?.data[0].length ?? 0;
    if (plot !== undefined && length > 0 && (plot.cursor.left ?? -1) < 0) plot.setLegend({ idx: length - 1 });
  }

  /** Shows all epochs again. */
  reset(): void {
    this.#zoom = null;
    this.#plot.setData(this.#plot.data, true);
  }

  destroy(): void {
    this.#plot.destroy();
  }
}
