// Begins one of the experiments to begin with.
import { playground } from './playground.svelte';
import { presets } from './presets.svelte';
import { shell } from './shell.svelte';
import { usePreset } from './shipped';
import { ownDocument, presetOf, type StartName } from './starts';

export async function begin(name: StartName): Promise<void> {
  const { painting } = playground;
  shell.tab = 'model'; // where it is to be seen on a phone
  painting.close();
  playground.neuronView = 'step';
  const preset = presetOf(name, await presets.load());
  if (preset !== null) return usePreset(preset);
  if (name !== 'own') return; // there is no engine to ask, which is told elsewhere
  // It rests: the person paints first and runs then.
  await playground.load(ownDocument, 'rest');
  painting.tool = 'paint';
  painting.label = 0;
  painting.begin('classification');
}
