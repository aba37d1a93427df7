// One small streaming chart of two curves, on uPlot.
import uPlot from 'uplot';
import { spans, type Range } from './ranges';
import 'uplot/dist/uPlot.min.css';

export interface CurveColours {
  text: string;
  line: string;
  train: string;
  validation: string;
}

export interface CurveOptions {
  width: number;
  height: number;
  log: boolean;
  range: Range;
  colours: CurveColours;
  names: { epoch: string; train: string; validation: string };
  format: (value: number) => string;
  /** For the vertical axis, where there is less room. */
  formatTick: (value: number) => string;
}

export type CurveData = [epoch: number[], train: number[], validation: number[]];

const font = '11px system-ui, sans-serif';

/** Epochs are whole numbers. */
const wholeSteps = [1, 10, 100, 1000, 10000, 100000].flatMap((power) => [power, 2 * power, 5 * power]);

/** uPlot leaves null out, and a logarithmic axis knows no zero. */
function clean(values: number[], log: boolean): (number | null)[] {
  return values.map((value) => (Number.isNaN(value) || (log && value <= 0) ? null : value));
}

export class CurveChart {
  readonly #plot: uPlot;
  readonly #log: boolean;

  constructor(host: HTMLElement, options: CurveOptions) {
    const { colours, names } = options;
    this.#log = options.log;
    const axis = {
      stroke: colours.text,
      font,
      ticks: { show: false },
      grid: { stroke: colours.line, width: 1 },
    };
    const value = (_: uPlot, number: number | null) => (number == null ? '–' : options.format(number));
    this.#plot = new uPlot(
      {
        width: options.width,
        height: options.height,
        padding: [8, 14, 0, 0], // on the right, half of a tick's figure
        legend: { live: true, markers: { width: 2 } },
        cursor: { y: false, points: { size: 6 } },
        hooks: { setCursor: [() => this.#readNewest()] },
        scales: {
          x: { time: false },
          y: options.log ? { distr: 3 } : { range: (_, low, high) => spans[options.range](low, high) },
        },
        axes: [
          { ...axis, size: 22, gap: 2, incrs: wholeSteps, values: (_, ticks) => ticks.map(String) },
          {
            ...axis,
            size: 44,
            gap: 2,
            space: 16, // low as it is, an axis with one figure says nothing
            values: (_, ticks) => ticks.map((tick) => (tick === null ? '' : options.formatTick(tick))),
          },
        ],
        series: [
          {
            label: names.epoch,
            value: (_, number: number | null) => (number == null ? '–' : String(number)),
          },
          { label: names.train, stroke: colours.train, width: 1.5, value, points: { show: false } },
          {
            label: names.validation,
            stroke: colours.validation,
            width: 1.5,
            dash: [5, 3],
            value,
            points: { show: false },
          },
        ],
      },
      [[], [], []],
      host,
    );
  }

  update([epoch, train, validation]: CurveData): void {
    this.#plot.setData([epoch, clean(train, this.#log), clean(validation, this.#log)]);
    this.#readNewest();
  }

  /** As long as nobody points at the chart the legend shows the newest values. */
  #readNewest(): void {
    const plot = this.#plot as uPlot | undefined; // the first word of the cursor comes while it is made
    const length = plot?.data[0].length ?? 0;
    if (plot !== undefined && length > 0 && (plot.cursor.left ?? -1) < 0) plot.setLegend({ idx: length - 1 });
  }

  resize(width: number, height: number): void {
    if (this.#plot.width === width && this.#plot.height === height) return;
    this.#plot.setSize({ width, height });
    this.#readNewest();
  }

  destroy(): void {
    this.#plot.destroy();
  }
}
