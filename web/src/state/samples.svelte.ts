// A few points of generators, to draw them small; fetched when somebody looks.
import type { Sample } from '../engine/protocol';
import { playground } from './playground.svelte';

/** Enough to recognise a shape by. */
const points = 300;

class Samples {
  of = $state.raw<Record<string, Sample | undefined>>({});

  /** Fetches points of generators that have none yet. */
  async fetch(names: string[]): Promise<void> {
    const generators = names.filter((name) => this.of[name] === undefined);
    if (generators.length === 0) return;
    const fetched = await playground.call('samples', { generators, points });
    for (const sample of fetched ?? []) this.of = { ...this.of, [sample.name]: sample };
  }
}

export const samples = new Samples();
