// Long work that the worker does in slices while the page asks for one after the other: it shows how far it is, can be given up
// at any time, goes on while its panel is closed, and its result stays until the next one.
import type { Problem } from 'athanor';
import { EngineError } from '../engine/client';
import { playground } from './playground.svelte';

type Act = 'begin' | 'go' | 'end';

export class SlicedWork<Report extends { finished: boolean }> {
  report = $state.raw<Report | null>(null);
  state = $state<'none' | 'running' | 'done' | 'cancelled' | 'failed'>('none');
  /** What the engine refused; null for an engine that stopped. */
  problem = $state.raw<Problem | null>(null);
  readonly isRunning = $derived(this.state === 'running');
  #made = $state('');
  /** Whether the result belongs to settings that have changed since. */
  readonly isOld = $derived(this.report !== null && this.#made !== JSON.stringify(playground.document));
  /** Counts the works: one that was given up asks no more. */
  #turn = 0;
  readonly #ask: (act: Act) => Promise<Report | null>;

  constructor(ask: (act: Act) => Promise<Report | null>) {
    this.#ask = ask;
  }

  async run(): Promise<void> {
    if (playground.document === null || this.isRunning) return;
    const turn = ++this.#turn;
    this.state = 'running';
    this.report = null;
    this.problem = null;
    this.#made = JSON.stringify(playground.document);
    try {
      let report = await this.#ask('begin');
      while (turn === this.#turn && report !== null) {
        this.report = report;
        if (report.finished) break;
        report = await this.#ask('go');
      }
      if (turn === this.#turn) this.state = report?.finished === true ? 'done' : 'failed';
    } catch (error) {
      if (turn !== this.#turn) return;
      this.state = 'failed';
      this.problem = error instanceof EngineError ? error.problem : null;
    }
  }

  async cancel(): Promise<void> {
    if (!this.isRunning) return;
    ++this.#turn;
    this.state = 'cancelled';
    // A worker that died meanwhile has nothing to give up.
    await this.#ask('end').catch(() => null);
  }
}
