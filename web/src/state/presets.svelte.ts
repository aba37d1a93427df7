// The engine's examples. They are asked for when there is something to see, or when a person wants one before: the page trains
// before it has everything.
import type { Preset } from 'athanor';
import { playground } from './playground.svelte';

class Presets {
  list = $state.raw<Preset[]>([]);

  /** None while there is no engine to ask. */
  async load(): Promise<readonly Preset[]> {
    if (this.list.length === 0 && playground.isStarted)
      this.list = (await playground.call('presets', {})) ?? [];
    return this.list;
  }
}

export const presets = new Presets();
