// Runs that a person keeps to compare the next ones with. This browser keeps them for the next visit, as far as there is room.
import { copyOf } from './curves';
import { marked } from './differences';
import { isRun, mostKept, storable, type KeptRun } from './keptrun';
import { playground } from './playground.svelte';
import { view } from './view';

/** What is stored has one shape: another one gets another key and is not found by this page. */
const key = 'runs 1';

class Runs {
  kept = $state.raw<KeptRun[]>([]);
  /** Names of those that end with this visit. */
  readonly unstored = $derived.by(() => {
    const stored = storable(this.kept);
    return this.kept.filter((run) => !stored.includes(run)).map(({ name }) => name);
  });
  #next = 1;

  constructor() {
    if (!view.isEmbed) void this.#read();
  }

  get isFull(): boolean {
    return this.kept.length >= mostKept;
  }

  /** Keeps the run at hand as it is now. */
  keep(name: (number: number) => string): void {
    const { document, status } = playground;
    if (document === null || status === null || this.isFull || playground.curves.epoch.length === 0) return;
    const id = this.#next++;
    const used = this.kept.map(({ colour }) => colour);
    const colour = Array.from({ length: mostKept }, (_, i) => i + 1).find((i) => !used.includes(i)) ?? 1;
    const run = {
      id,
      name: name(id),
      colour,
      task: status.task,
      document: marked(document),
      curves: copyOf(playground.curves),
    };
    this.#become([...this.kept, run]);
  }
  rename(id: number, name: string): void {
    this.#become(this.kept.map((run) => (run.id === id ? { ...run, name } : run)));
  }
  forget(id: number): void {
    this.#become(this.kept.filter((run) => run.id !== id));
  }

  #become(kept: KeptRun[]): void {
    this.kept = kept;
    if (!view.isEmbed) void playground.visit.storage.put(key, storable(kept));
  }

  /** Those of the visit before come first. */
  async #read(): Promise<void> {
    const stored = await playground.visit.storage.get(key);
    if (!Array.isArray(stored)) return;
    const before = stored.filter(isRun).slice(0, mostKept);
    const isTaken = (id: number) => this.kept.some((run) => run.id === id);
    this.kept = [...before.filter(({ id }) => !isTaken(id)), ...this.kept];
    this.#next = Math.max(0, ...this.kept.map(({ id }) => id)) + 1;
  }
}

export const runs = new Runs();
