// Cross-validation as the page shows it: it goes on while its panel is closed, and its result stays until the next one.
import type { Problem, ValidationReport } from 'athanor';
import { EngineError } from '../engine/client';
import { playground } from './playground.svelte';

export const leastFolds = 2;
export const mostFolds = 20;

class Folds {
  report = $state.raw<ValidationReport | null>(null);
  state = $state<'none' | 'running' | 'done' | 'cancelled' | 'failed'>('none');
  /** What the engine refused; null for an engine that stopped. */
  problem = $state.raw<Problem | null>(null);
  /** What the person asked for; before that what the document says. */
  chosenCount = $state<number | null>(null);
  readonly count = $derived.by(() => {
    const folds = playground.document?.split.folds ?? 0;
    return this.chosenCount ?? (folds >= leastFolds ? folds : 5);
  });
  #made = $state('');
  /** Whether the result belongs to settings that have changed since. */
  readonly isOld = $derived(this.report !== null && this.#made !== JSON.stringify(playground.document));
  /** Counts the validations: one that was cancelled stops asking. */
  #turn = 0;

  async run(): Promise<void> {
    const { document } = playground;
    if (document === null || this.state === 'running') return;
    const turn = ++this.#turn;
    this.state = 'running';
    this.report = null;
    this.problem = null;
    this.#made = JSON.stringify(document);
    try {
      let report = await playground.ask('crossValidate', { act: 'begin', document, folds: this.count });
      while (turn === this.#turn && report !== null) {
        this.report = report;
        if (report.finished) break;
        report = await playground.ask('crossValidate', { act: 'go' });
      }
      if (turn === this.#turn) this.state = report?.finished === true ? 'done' : 'failed';
    } catch (error) {
      if (turn !== this.#turn) return;
      this.state = 'failed';
      this.problem = error instanceof EngineError ? error.problem : null;
    }
  }

  async cancel(): Promise<void> {
    if (this.state !== 'running') return;
    ++this.#turn;
    this.state = 'cancelled';
    await playground.call('crossValidate', { act: 'end' });
  }
}

export const folds = new Folds();
