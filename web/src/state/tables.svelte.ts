// Tables that a person brings: read, offered, learned from, and what is said of their columns.
import type { Experiment, TableReport } from 'athanor';
import { EngineError } from '../engine/client';
import type { ColumnChoice, TableChoices } from '../engine/protocol';
import { withChoice } from './columns';
import type { Playground } from './playground.svelte';

/** A table that was dropped and waits for the person's word. */
export interface Candidate {
  name: string;
  text: string;
  report: TableReport;
}

export const maxTableBytes = 4 * 1024 * 1024;

export class Tables {
  readonly #playground: Playground;
  candidate = $state.raw<Candidate | null>(null);
  /** The table that was last learned from; a generator does not throw it away. */
  last = $state.raw<Experiment['data']['table'] | null>(null);
  /** What was found out of the table in use; null for generators. */
  report = $state.raw<TableReport | null>(null);

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** Reads a table without touching the run; good ones are loaded at once, others wait for the person. */
  async offer(name: string, size: number, read: () => Promise<string>): Promise<void> {
    if (size > maxTableBytes) {
      this.#playground.notice = { kind: 'file', name, size, max: maxTableBytes };
      return;
    }
    let text;
    try {
      text = await read();
    } catch {
      this.#playground.notice = { kind: 'unreadable', name };
      return;
    }
    const report = await this.#playground.call('readCsv', { text, choices: {} });
    if (report === undefined) return;
    this.candidate = { name, text, report };
    if (report.problemCount === 0 && report.error === undefined) await this.accept();
  }

  async accept(): Promise<void> {
    const candidate = this.candidate;
    this.candidate = null;
    if (candidate === null || this.#playground.document === null) return;
    // By characters: half of a surrogate pair would be no text.
    const name = Array.from(candidate.name).slice(0, 60).join('');
    const table = { ...this.none(), name, csv: candidate.text };
    try {
      await this.#playground.open({
        ...this.#playground.document,
        data: { ...this.#playground.document.data, source: 'table', table },
      });
    } catch (error) {
      // Readable, but nothing can be learned from it: the dialog says so, and nothing has changed.
      if (!(error instanceof EngineError)) throw error;
      this.candidate = { ...candidate, report: { ...candidate.report, error: error.problem } };
    }
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
