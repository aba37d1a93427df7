// The network that is drawn: names and numbers of its places, the pictures of its neurons, all from the last snapshot.
import type { UnitView } from 'athanor';
import { valuesOf } from '../charts/boundary';
import { outputImage, rampImage, signImage } from '../charts/maps';
import type { NetworkColours } from '../charts/network';
import { rgbOf } from '../charts/palette';
import { mostShown, type Place } from '../charts/wiring';
import type { DrawnNetwork } from '../engine/protocol';
import { texts } from '../messages/current.svelte';
import { fill, formatNumber } from './format';
import { neuronName, outputLabel } from './network';
import { playground } from './playground.svelte';
import { settings } from './settings.svelte';

export interface Sizes {
  inputs: number;
  hidden: number[];
  outputs: number;
}
export type Image = ImageData | null;

export class Drawn {
  readonly #sizes: () => Sizes;
  constructor(sizes: () => Sizes) {
    this.#sizes = sizes;
  }

  /** Neurons of every column: input, hidden layers, output. */
  readonly units = $derived.by(() => {
    const { inputs, hidden, outputs } = this.#sizes();
    return [inputs, ...hidden, outputs];
  });
  /** What came last, as long as it is of the network that is drawn. */
  readonly network = $derived.by<DrawnNetwork | null>(() => {
    const { weights } = playground.network ?? { weights: [] };
    const isSame =
      weights.length === this.units.length - 1 &&
      weights.every((one, index) => one.units === this.units[index + 1] && one.inputs === this.units[index]);
    return isSame ? playground.network : null;
  });
  readonly weights = $derived(this.network?.weights ?? null);

  readonly colours = $derived.by<NetworkColours>(() => {
    void settings.shownTheme;
    const style = getComputedStyle(document.documentElement);
    const of = (variable: string) => style.getPropertyValue(variable).trim();
    return {
      positive: of('--positive'),
      negative: of('--negative'),
      line: of('--line-strong'),
      surface: of('--surface'),
      text: of('--text-quiet'),
      focus: of('--accent'),
    };
  });
  readonly #signs = $derived({
    positive: rgbOf(this.colours.positive),
    negative: rgbOf(this.colours.negative),
    background: rgbOf(this.colours.surface),
  });

  /** Pictures of the inputs that are axes of the large one. */
  readonly inputImages = $derived.by<Image[]>(() => {
    const { inputs } = this.#sizes();
    const isPlain = inputs === playground.status?.columns.length;
    return Array.from({ length: Math.min(inputs, mostShown) }, (_, input) => {
      const axis = isPlain ? playground.axes.indexOf(input) : -1;
      return axis < 0 ? null : rampImage(axis === 0 ? 'x' : 'y', this.#signs);
    });
  });
  readonly hiddenImages = $derived.by<Image[][]>(() => {
    if (this.network === null) return this.#sizes().hidden.map(() => []);
    const { resolution, units, values } = this.network.maps;
    const cells = resolution * resolution;
    let next = 0;
    return units.map((count) =>
      Array.from({ length: count }, () => {
        const from = next++ * cells;
        return signImage(values.subarray(from, from + cells), resolution, this.#signs);
      }),
    );
  });
  /** Parts of the large picture, which is larger than a neuron's: made when they are drawn. */
  outputImages(): Image[] {
    const { outputs } = this.#sizes();
    const { grid, points, status } = playground;
    const of = { outputs, isRegression: status?.task === 'regression', values: valuesOf(points) };
    return Array.from({ length: Math.min(outputs, mostShown) }, (_, neuron) =>
      grid === null ? null : outputImage(grid, neuron, of, this.#signs.background),
    );
  }

  readonly inputLabels = $derived(this.inputImages.map((_, input) => this.name(0, input)));
  readonly outputLabels = $derived.by(() => {
    const { outputs } = this.#sizes();
    return Array.from({ length: Math.min(outputs, mostShown) }, (_, output) =>
      playground.status === null ? '' : outputLabel(playground.status, outputs, output),
    );
  });
  /** What the pictures show along their axes. */
  readonly plane = $derived.by(() => {
    const columns = playground.status?.columns ?? [];
    if (columns.length === 0 || playground.grid === null) return '';
    const words = texts.current.drawing;
    const [x, y] = playground.axes;
    return fill(columns.length === 1 ? words.planeOne : words.plane, {
      x: columns[x] ?? '',
      y: columns[y] ?? '',
    });
  });

  readonly name = (column: number, neuron: number): string => {
    const { inputs, outputs } = this.#sizes();
    if (playground.status === null) return '';
    const of = { status: playground.status, layers: this.units.length - 1, inputs, outputs };
    return neuronName(texts.current, of, column, neuron);
  };
  nameOf(place: Place): string {
    const words = texts.current.drawing;
    const to = this.name(place.column, place.neuron);
    if (place.kind === 'node') return to;
    if (place.kind === 'bias') return fill(words.bias, { neuron: to });
    return fill(words.weight, { from: this.name(place.column - 1, place.from), to });
  }

  isThere(place: Place): boolean {
    const { column, neuron } = place;
    const isNeuron = column < this.units.length && neuron < (this.units[column] ?? 0);
    return isNeuron && (place.kind !== 'link' || place.from < (this.units[column - 1] ?? 0));
  }
  /** The engine's name of a weight or bias; null before there is a network. */
  parameterOf(place: Place): { parameter: string; index: number } | null {
    const of = this.weights?.[place.column - 1];
    if (of === undefined || place.kind === 'node') return null;
    return place.kind === 'bias'
      ? { parameter: `${of.parameter}.bias`, index: place.neuron }
      : { parameter: `${of.parameter}.weight`, index: place.from * of.units + place.neuron };
  }
  /** Its value; of what is not drawn it is among the neuron's numbers. */
  valueOf(place: Place, unit: UnitView | null): number | null {
    const of = this.weights?.[place.column - 1];
    if (of === undefined || place.kind === 'node') return null;
    const listed = unit?.parameter === of.parameter && unit.unit === place.neuron ? unit : null;
    if (place.kind === 'bias')
      return place.neuron < of.shownUnits ? (of.biases[place.neuron] ?? null) : (listed?.bias ?? null);
    const isDrawn = place.from < of.shownInputs && place.neuron < of.shownUnits;
    if (isDrawn) return of.weights[place.from * of.shownUnits + place.neuron] ?? null;
    return listed?.weights[place.from] ?? null;
  }
  /** A place with its numbers as a sentence. */
  say(place: Place, unit: UnitView | null): string {
    const words = texts.current.drawing;
    const name = this.nameOf(place);
    if (place.kind !== 'node')
      return fill(words.says, { name, value: formatNumber(this.valueOf(place, unit)) });
    if (place.column === 0) return name;
    const bias = this.valueOf({ ...place, kind: 'bias' }, unit);
    return fill(words.saysNeuron, {
      name,
      bias: formatNumber(bias),
      sum: formatNumber(unit?.sum.mean),
    });
  }
}
