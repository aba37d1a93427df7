// Cross-validation: how many folds, and what they came to.
import type { Experiment, ValidationReport } from 'athanor';
import { playground } from './playground.svelte';
import { SlicedWork } from './sliced.svelte';

export const leastFolds = 2;
export const mostFolds = 20;

class Folds {
  /** What the person asked for; before that what the document says. */
  chosenCount = $state<number | null>(null);
  readonly count = $derived.by(() => {
    const folds = playground.document?.split.folds ?? 0;
    return this.chosenCount ?? (folds >= leastFolds ? folds : 5);
  });
  readonly work = new SlicedWork<ValidationReport>((act) => {
    if (act !== 'begin') return playground.ask('crossValidate', { act });
    const document = playground.document as Experiment;
    return playground.ask('crossValidate', { act, document, folds: this.count });
  });
}

export const folds = new Folds();
