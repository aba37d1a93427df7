// Begins one of the experiments to begin with.
import { playground } from './playground.svelte';
import { shell } from './shell.svelte';
import { ownDocument, presetOf, type StartName } from './starts';

export async function begin(name: StartName): Promise<void> {
  const { painting } = playground;
  shell.tab = 'model'; // where it is to be seen on a phone
  painting.close();
  playground.neuronView = 'step';
  const preset = presetOf(name, playground.presets);
  if (preset !== null) return playground.usePreset(preset);
  // It rests: the person paints first and runs then.
  await playground.load(ownDocument, 'rest');
  painting.tool = 'paint';
  painting.label = 0;
  painting.begin('classification');
}
