// The step that is looked into: the place a person chose and what the engine says of it, asked for anew when the run moves on.
import type { Problem, StepTrace } from 'athanor';
import { EngineError, EngineGone } from '../engine/client';
import type { TracePlace } from '../engine/protocol';
import { playground } from './playground.svelte';

export class Tracing {
  place = $state.raw<TracePlace>({ sample: 0, layer: 0, unit: 0, input: 0 });
  trace = $state.raw<StepTrace | null>(null);
  problem = $state.raw<Problem | null>(null);
  #isAsking = false;
  #isStale = false;

  /** The trace is of another step or place: it is asked for once more; of several wishes the last one counts. */
  async follow(): Promise<void> {
    this.#isStale = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      while (this.#isStale) {
        this.#isStale = false;
        await this.#ask();
      }
    } finally {
      this.#isAsking = false;
    }
  }

  async #ask(): Promise<void> {
    try {
      this.trace = await playground.trace(this.place);
      this.problem = null;
    } catch (error) {
      if (error instanceof EngineGone) return; // the next worker will be asked
      if (!(error instanceof EngineError)) throw error;
      if (this.#goHome()) return;
      this.trace = null;
      this.problem = error.problem;
    }
  }

  /** The network or the batch may have become smaller: then from the beginning. */
  #goHome(): boolean {
    const { sample, layer, unit, input } = this.place;
    if (sample + layer + unit + input === 0) return false;
    this.place = { sample: 0, layer: 0, unit: 0, input: 0 };
    this.#isStale = true;
    return true;
  }

  choose(place: Partial<TracePlace>): void {
    this.place = { ...this.place, ...place };
  }
}
