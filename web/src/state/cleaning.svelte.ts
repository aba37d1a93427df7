// What cleaning does to the score: the same experiment with it and without it, for as many epochs, from the same seed.
import type { Experiment } from 'athanor';
import type { Trials } from '../engine/protocol';
import { playground } from './playground.svelte';
import { SlicedWork } from './sliced.svelte';

/** The experiment without cleaning and with it. Both run all their epochs: one that ended early would be compared with one that
 * learnt for longer. What is missing is treated in both, for a network cannot take it. */
export function cleaningDocuments(document: Experiment): [without: Experiment, cleaned: Experiment] {
  const cleaned = { ...document, done: { ...document.done, patience: 0, target_score: 1 } };
  const clean = { ...document.clean, duplicates: 'keep', outliers: 'keep', labels: 'keep' } as const;
  return [{ ...cleaned, clean }, cleaned];
}

export const cleaningTrial = new SlicedWork<Trials>((act) =>
  playground.ask(
    'compare',
    act === 'begin' ? { act, documents: cleaningDocuments(playground.document as Experiment) } : { act },
  ),
);
