// What cleaning does to the score: the same experiment with it and without it, for as many epochs, from the same seed.
import type { Experiment } from 'athanor';
import type { Trials } from '../engine/protocol';
import { cleaningDocuments } from './cleaned';
import { playground } from './playground.svelte';
import { SlicedWork } from './sliced.svelte';

export const cleaningTrial = new SlicedWork<Trials>((act) =>
  playground.ask(
    'compare',
    act === 'begin' ? { act, documents: cleaningDocuments(playground.document as Experiment) } : { act },
  ),
);
