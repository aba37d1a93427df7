// The experiments to begin with: presets of the engine, and an empty sheet to paint on with settings that suit few points. Each
// also says which data draw its small picture.
import type { Experiment, Preset } from 'athanor';

export type StartName = 'neuron' | 'spiral' | 'iris' | 'overfit' | 'own';

/** The engine's presets that are a start, in the order in which they build on each other. */
const presetNames = ['neuron', 'spiral', 'iris', 'overfit'] as const;

export const startNames: readonly StartName[] = [...presetNames, 'own'];

/** Smooth units and small batches: what is painted by hand is a few dozen points. */
export const ownDocument = {
  model: {
    layers: [
      { units: 8, activation: 'tanh' },
      { units: 8, activation: 'tanh' },
    ],
  },
  training: { learning_rate: 0.02, batch_size: 8 },
};

/** The preset behind a start; null for the sheet of one's own. */
export function presetOf(name: StartName, presets: readonly Preset[]): Preset | null {
  return name === 'own' ? null : (presets.find((preset) => preset.name === name) ?? null);
}

/** Of iris the two columns that tell the species apart best: a picture has no more than two. */
const irisColumns = ['sepal_length', 'sepal_width'].map((name) => ({ name, role: 'ignored' }));

/** What a preset's picture is drawn from: a part of a document, to be completed by the engine's defaults. `table` is the text of
 * the preset's table, where it has one. */
export function pictureData(preset: Preset, table: string): { data: Partial<Experiment['data']> } {
  const { data } = preset.document as { data?: Partial<Experiment['data']> };
  if (preset.table === '') return { data: { ...data } };
  return {
    data: {
      ...data,
      table: { ...data?.table, csv: table, columns: irisColumns } as Experiment['data']['table'],
    },
  };
}
