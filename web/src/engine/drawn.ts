// The network as it is drawn: what of it the worker sends to the page, and how often, so that training hardly notices.
import { AthanorError, type LayerWeights, type NeuronMaps, type Session } from 'athanor';
import type { DrawnNetwork, WatchedNetwork } from './protocol';

/** No eye follows more pictures a second than this allows. */
const shortestPause = 100;
/** A picture that took a millisecond is followed by twenty without: a twentieth of the worker's time at most. */
const pausePerCost = 20;
const mapResolution = 24;
/** All neurons' maps together; larger networks get coarser ones. */
const mostMapNumbers = 1_000_000;

/** Of each layer's maps the first `units`. */
function firstMaps(maps: NeuronMaps, units: number): NeuronMaps {
  const cells = maps.resolution * maps.resolution;
  const shown = maps.units.map((count) => Math.min(count, units));
  const values = new Float32Array(shown.reduce((sum, count) => sum + count, 0) * cells);
  let from = 0;
  let to = 0;
  for (const [layer, count] of maps.units.entries()) {
    const taken = (shown[layer] ?? 0) * cells;
    values.set(maps.values.subarray(from, from + taken), to);
    from += count * cells;
    to += taken;
  }
  return { ...maps, units: shown, values };
}

export interface Moment {
  run: number;
  step: number;
  /** The end may take other weights back than the last step's. */
  finished: boolean;
  axes: [number, number];
}

type Source = Pick<Session, 'weights' | 'neuronMaps' | 'unit'>;

export class NetworkSource {
  #due = 0;
  #moment = '';
  #unit = '';
  #last: DrawnNetwork | null = null;
  #run = 0;

  /** The weights are others than the step says, and a person has made them so: they wait for it. */
  changed(): void {
    this.#moment = '';
    this.#due = 0;
  }

  /** What is new of the network; null when nothing is, when it is not its turn, or when there is none. */
  take(
    session: Source,
    wanted: WatchedNetwork | null,
    moment: Moment,
    isMoving: boolean,
  ): DrawnNetwork | null {
    if (wanted === null || moment.step === 0) return null;
    if (moment.run !== this.#run) this.#last = null;
    this.#run = moment.run;
    const started = performance.now();
    const key = JSON.stringify([moment, wanted.units]);
    const isNew = key !== this.#moment && (!isMoving || started >= this.#due);
    const unitKey = JSON.stringify(wanted.unit);
    const isOtherUnit = unitKey !== this.#unit;
    try {
      if (isNew) this.#last = { ...this.#drawn(session, wanted.units, moment.axes), unit: null };
      else if (!isOtherUnit || this.#last === null) return null;
      this.#last = { ...this.#last, unit: this.#numbers(session, wanted.unit, this.#last.weights) };
      this.#unit = unitKey;
    } catch (error) {
      if (error instanceof AthanorError) return null; // not built yet
      throw error;
    }
    if (!isNew) return this.#last;
    this.#moment = key;
    this.#due = started + Math.max(shortestPause, (performance.now() - started) * pausePerCost);
    return this.#last;
  }

  #drawn(session: Source, units: number, axes: [number, number]): Pick<DrawnNetwork, 'weights' | 'maps'> {
    const weights = session.weights(units);
    const neurons = weights.slice(0, -1).reduce((sum, layer) => sum + layer.units, 0);
    const finest = Math.floor(Math.sqrt(mostMapNumbers / Math.max(1, neurons)));
    const maps = session.neuronMaps(Math.max(2, Math.min(mapResolution, finest)), ...axes);
    return { weights, maps: firstMaps(maps, units) };
  }

  #numbers(session: Source, wanted: WatchedNetwork['unit'], weights: LayerWeights[]): DrawnNetwork['unit'] {
    if (wanted === null || wanted.unit >= (weights[wanted.layer]?.units ?? 0)) return null;
    return { ...session.unit(wanted.layer, wanted.unit), layer: wanted.layer };
  }
}
