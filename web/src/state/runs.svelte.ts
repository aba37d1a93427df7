// Runs that a person keeps to compare the next ones with; they last as long as the page.
import type { Experiment } from 'athanor';
import { copyOf, type Curves } from './curves';
import { playground } from './playground.svelte';

export interface KeptRun {
  id: number;
  name: string;
  /** Position of its colour; the run at hand has position 0. */
  colour: number;
  document: Experiment;
  curves: Curves;
}

/** As many as can be told apart by their colours. */
export const mostKept = 7;

class Runs {
  kept = $state.raw<KeptRun[]>([]);
  #next = 1;

  get isFull(): boolean {
    return this.kept.length >= mostKept;
  }

  /** Keeps the run at hand as it is now. */
  keep(name: (number: number) => string): void {
    const document = playground.document;
    if (document === null || this.isFull || playground.curves.epoch.length === 0) return;
    const id = this.#next++;
    const used = this.kept.map(({ colour }) => colour);
    const colour = Array.from({ length: mostKept }, (_, i) => i + 1).find((i) => !used.includes(i)) ?? 1;
    this.kept = [...this.kept, { id, name: name(id), colour, document, curves: copyOf(playground.curves) }];
  }
  rename(id: number, name: string): void {
    this.kept = this.kept.map((run) => (run.id === id ? { ...run, name } : run));
  }
  forget(id: number): void {
    this.kept = this.kept.filter((run) => run.id !== id);
  }
}

export const runs = new Runs();
