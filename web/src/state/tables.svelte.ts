// Tables that a person brings: taken in, learned from, and what is said of their columns.
import type { Experiment, TableReport } from 'athanor';
import type { ColumnChoice, TableChoices } from '../engine/protocol';
import { maxFileBytes } from '../tables/limits';
import { withChoice } from './columns';
import { takeJson } from './files';
import type { Playground } from './playground.svelte';

/** What a person brought; without a blob they want to paste or choose it. */
export interface Brought {
  name: string;
  blob: Blob | null;
  /** Files that came with it: one table is read at a time. */
  others: number;
}

/** Characters of a table's name that are kept. */
const longestName = 120;

export class Tables {
  readonly #playground: Playground;
  /** Read and shown in a dialog, which puts it away. */
  brought = $state.raw<Brought | null>(null);
  /** The table that was last learned from; a generator does not throw it away. */
  last = $state.raw<Experiment['data']['table'] | null>(null);
  /** What was found out of the table in use; null for generators. */
  report = $state.raw<TableReport | null>(null);

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** Takes a file, or text that was pasted, to the dialog; one that is too large is refused at once. */
  bring(name: string, blob: Blob | null = null, others = 0): void {
    if (blob !== null && blob.size > maxFileBytes)
      this.#playground.notice = { kind: 'file', name, size: blob.size, max: maxFileBytes };
    else this.brought = { name, blob, others };
  }
  bringFiles(files: FileList | readonly File[]): void {
    const [first] = files;
    if (first === undefined) return;
    const bring = () => this.bring(first.name, first, files.length - 1);
    if (/\.json$/i.test(first.name)) void takeJson(first, bring);
    else bring();
  }

  /** Learns from a table. Throws what the engine refuses; nothing has changed then. */
  async use(table: Partial<Experiment['data']['table']>): Promise<void> {
    const { document } = this.#playground;
    if (document === null) return;
    // By characters: half of a surrogate pair would be no text.
    const name = Array.from(table.name ?? '')
      .slice(0, longestName)
      .join('');
    await this.#playground.open({
      ...document,
      data: { ...document.data, source: 'table', table: { ...this.none(), ...table, name } },
    });
  }

  /** Back to the table that a generator replaced. */
  async useLast(): Promise<void> {
    if (this.#playground.document === null || this.last === null) return;
    await this.#playground.load({
      ...this.#playground.document,
      data: { ...this.#playground.document.data, source: 'table', table: this.last },
    });
  }

  /** A document's table when there is none. */
  none(): Experiment['data']['table'] {
    return (
      this.#playground.defaults?.data.table ?? { name: '', csv: '', target: '', task: 'auto', columns: [] }
    );
  }

  /** Finds out what the table in use holds; to be called when the document's data changed. */
  learn(): void {
    const data = this.#playground.document?.data;
    if (data?.source !== 'table') {
      this.report = null;
      return;
    }
    this.last = data.table;
    const { csv: text, target, task, columns } = data.table;
    void this.#playground.call('readCsv', { text, choices: { target, task, columns } }).then((report) => {
      if (this.#playground.document?.data.table === data.table) this.report = report ?? null;
    });
  }

  /** Says something of the table in use. What cannot be is told at once, and the run goes on as it is: false then. */
  async set(change: TableChoices): Promise<boolean> {
    const table = this.#playground.document?.data.table;
    if (table === undefined) return false;
    const { csv: text, target, task, columns } = { ...table, ...change };
    const report = await this.#playground.call('readCsv', { text, choices: { target, task, columns } });
    const [member] = Object.keys(change);
    const path = `data.table.${member}`;
    // When no row is left, what is wrong with the first one is what is wrong with the choice.
    const problem = report?.error ?? (report?.rows === 0 ? report.problems[0] : undefined);
    if (problem !== undefined) {
      this.#playground.fieldProblems[path] = { path, ...problem };
      return false;
    }
    for (const [name, value] of Object.entries(change))
      await this.#playground.set(`data.table.${name}`, value);
    return this.#playground.fieldProblems[path] === undefined;
  }

  /** Says something of one column. */
  async setColumn(name: string, change: Partial<ColumnChoice>): Promise<boolean> {
    const columns = this.#playground.document?.data.table.columns;
    return columns !== undefined && this.set({ columns: withChoice(columns, name, change) });
  }
}
