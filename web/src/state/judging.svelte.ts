// How the network's answers are looked at: of which part, where one class ends and the other begins, and which cell of the
// confusion matrix has its points ringed in the picture.
import type { PartName, WatchedDecisions } from '../engine/protocol';
import { rowsInCell, type Cell } from './cells';
import { playground } from './playground.svelte';

const nothing: ReadonlySet<number> = new Set();

class Judging {
  /** The part a person chose; while it is sealed or empty, and before they choose, the one that tells most. */
  chosenPart = $state<PartName | null>(null);
  cell = $state.raw<Cell | null>(null);
  /** Of two classes: from which probability on a row is taken for the second. Null: the more probable one. */
  threshold = $state<number | null>(null);
  /** The class whose curves are looked at, against all others. */
  chosenPositive = $state<number | null>(null);

  #known = '';
  readonly #classes = $derived(playground.status?.classes ?? []);
  readonly isTestOpen = $derived(playground.status?.measures.test != null);
  readonly part = $derived.by<PartName>(() => {
    if (this.chosenPart !== null && this.has(this.chosenPart)) return this.chosenPart;
    if (this.isTestOpen) return 'test';
    return this.has('validation') ? 'validation' : 'train';
  });
  /** Of two classes the second, as the areas under the curves are of it. */
  readonly positive = $derived(
    this.chosenPositive !== null && this.chosenPositive < this.#classes.length
      ? this.chosenPositive
      : this.#classes.length === 2
        ? 1
        : 0,
  );
  /** Of more than two classes the threshold of the chosen one's curves alone: it changes no prediction. */
  #restThreshold = $state(0.5);
  readonly #isBetweenTwo = $derived(this.#classes.length === 2);
  /** The operating point of the curves; between two classes that of the picture and the matrix, too. */
  readonly curveThreshold = $derived(this.#isBetweenTwo ? (this.threshold ?? 0.5) : this.#restThreshold);
  readonly #wanted = $derived<WatchedDecisions | null>(
    this.cell === null && this.threshold === null ? null : { part: this.part, threshold: this.threshold },
  );
  /** The newest answer for this part; while the threshold moves it may be one for a moment before. */
  readonly #decided = $derived.by(() => {
    const found = playground.judged?.decisions ?? null;
    return this.#wanted !== null && found?.part === this.part ? found : null;
  });
  /** Rows are true classes. As of the last evaluation, or, while a cell or a threshold is chosen, as of now. */
  readonly confusion = $derived.by(() => {
    if (this.#decided !== null && (this.#decided.threshold === null) === (this.threshold === null))
      return this.#decided.confusion;
    const measures = playground.status?.measures[this.part] ?? null;
    return measures !== null && 'confusion' in measures ? measures.confusion : null;
  });
  readonly ringed = $derived<ReadonlySet<number>>(
    this.cell === null || this.#decided === null ? nothing : rowsInCell(this.#decided, this.cell),
  );

  setCurveThreshold(threshold: number): void {
    if (this.#isBetweenTwo) this.threshold = threshold;
    else this.#restThreshold = threshold;
  }

  has(part: PartName): boolean {
    if (part === 'test') return this.isTestOpen;
    return (playground.status?.rows[part] ?? 0) > 0;
  }

  /** Rings the points of a cell, or lets go of them. */
  toggle(cell: Cell): void {
    this.cell = this.isChosen(cell) ? null : cell;
  }
  isChosen({ truth, predicted }: Cell): boolean {
    return this.cell?.truth === truth && this.cell.predicted === predicted;
  }

  /** Whether the classes are others than before: what was chosen of those means nothing any more. A run that begins anew has none
   * for a moment. */
  meet(classes: string[]): boolean {
    const names = JSON.stringify(classes);
    if (classes.length === 0 || names === this.#known) return false;
    if (this.#known !== '') {
      this.cell = null;
      this.threshold = null;
      this.chosenPositive = null;
      this.#restThreshold = 0.5;
    }
    this.#known = names;
    return true;
  }

  /** Asks the engine for what is chosen, as long as the matrix is there to be seen. */
  follow(isSeen: boolean): void {
    void playground.watch({ decisions: isSeen ? this.#wanted : null });
  }
}

export const judging = new Judging();
