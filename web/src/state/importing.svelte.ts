// A table on its way into the experiment: how its file is read, what its columns are for, which rows of it are taken. The file
// is read by a worker of its own, and what comes of it is tried by the engine before anything changes.
import type { Experiment, Problem, TableReport } from 'athanor';
import { EngineError, EngineGone } from '../engine/client';
import type { ColumnChoice, TableChoices } from '../engine/protocol';
import { TableReader } from '../tables/client';
import { maxRows } from '../tables/limits';
import type { ReadingChoices, ReadingFailure, Summary, Written } from '../tables/messages';
import { choiceOf, withChoice } from './columns';
import { playground } from './playground.svelte';
import type { Brought } from './tables.svelte';

/** What a column is for, as a person says it. */
export type Use = 'auto' | 'feature' | 'target' | 'ignored';

export interface BadRow {
  /** Of the file; of JSON the item's number. */
  line: number;
  problem: Pick<Problem, 'code' | 'message' | 'params'>;
  text: string;
}

/** The last of the lines that begin at or before this one. */
function rowAt(lines: Uint32Array, line: number): number {
  let [low, high] = [0, lines.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) <= line) low = middle;
    else high = middle;
  }
  return low;
}

export class Importing {
  phase = $state<'choose' | 'reading' | 'read' | 'failed'>('choose');
  name = $state('');
  size = $state(0);
  /** Files that were brought with it and are not read. */
  others = $state(0);
  progress = $state.raw<{ stage: 'encoding' | 'rows'; bytes: number; rows: number } | null>(null);
  failure = $state.raw<ReadingFailure | null>(null);
  /** The file that was last read or given up: it can be read again. */
  blob = $state.raw<Blob | null>(null);
  isCancelled = $state(false);

  /** What a person said of how it is read. */
  said = $state.raw<ReadingChoices>({});
  summary = $state.raw<Summary | null>(null);
  target = $state('');
  task = $state<Experiment['data']['table']['task']>('auto');
  columns = $state.raw<ColumnChoice[]>([]);
  /** Rows of the sample; null: as many as fit. */
  wanted = $state<number | null>(null);
  seed = $state(1);

  written = $state.raw<Written | null>(null);
  /** Bytes of the table with all its columns; not all of them are written where that leaves no room. */
  allBytes = $state(0);
  isNarrowed = $state(false);
  report = $state.raw<TableReport | null>(null);
  /** Rows that the engine leaves out. */
  badRows = $state.raw<BadRow[]>([]);
  /** What the engine refuses of the whole. */
  problem = $state.raw<Problem | null>(null);
  isChecking = $state(false);
  isOpening = $state(false);
  /** The engine was lost while it was asked. */
  isStale = $state(false);

  readonly maxBytes = Number(playground.fields.find(({ path }) => path === 'data.table.csv')?.max ?? 0);
  readonly maxColumns = Number(playground.fields.find(({ path }) => path === 'data.table.columns')?.max ?? 0);
  readonly maxRows = maxRows;

  readonly #unnamed: () => string;
  #reader: TableReader | null = null;
  #turn = 0;

  /** @param unnamed how a column without a name is called, in the person's language: "column {number}" */
  constructor(unnamed: () => string) {
    this.#unnamed = unnamed;
  }

  /** Everything that is known of one file is forgotten with the next. */
  begin({ name, blob, others }: Brought): void {
    this.#stop();
    Object.assign(this, {
      name,
      blob,
      others,
      size: blob?.size ?? 0,
      said: {},
      summary: null,
      written: null,
      report: null,
      problem: null,
      badRows: [],
      target: '',
      task: 'auto',
      columns: [],
      wanted: null,
      seed: 1,
      isCancelled: false,
    });
    if (blob === null) this.phase = 'choose';
    else this.read();
  }

  /** Reads the file, with another choice of how where one is given; what was there is shown until it is done. */
  read(change: ReadingChoices = {}): void {
    if (this.blob === null) return;
    this.#stop();
    // What is found out depends on it: another encoding gives another text to look for delimiters in.
    this.said = 'encoding' in change ? change : { ...this.said, ...change };
    this.isCancelled = false;
    this.failure = null;
    this.progress = { stage: 'encoding', bytes: 0, rows: 0 };
    if (this.summary === null) this.phase = 'reading';
    this.#reader = new TableReader({
      progress: (stage, bytes, rows) => (this.progress = { stage, bytes, rows }),
      summary: (summary) => this.#take(summary),
      failure: (failure) => {
        this.#stop();
        this.failure = failure;
        this.phase = 'failed';
      },
    });
    this.#reader.read(this.blob, this.name, { ...this.said }, this.#unnamed());
  }

  /** Gives the reading up. The file stays at hand. */
  cancel(): void {
    this.#stop();
    this.isCancelled = true;
    this.phase = 'choose';
    this.summary = null;
  }

  close(): void {
    this.#stop();
    this.blob = null;
    this.summary = null;
    this.written = null;
    this.report = null;
  }

  #stop(): void {
    ++this.#turn;
    this.#reader?.close();
    this.#reader = null;
    this.progress = null;
    this.isChecking = false;
  }

  #take(summary: Summary): void {
    const before = this.summary?.columns.map(({ name }) => name).join('\n');
    const isOther = before !== summary.columns.map(({ name }) => name).join('\n');
    this.summary = summary;
    this.progress = null;
    this.phase = 'read';
    if (isOther) {
      this.target = '';
      this.task = 'auto';
      this.columns = this.#proposed(summary);
    }
    void this.check();
  }

  /** Dates are no numbers to learn from, and more columns than the engine takes are too many. */
  #proposed(summary: Summary): ColumnChoice[] {
    const ignored = summary.columns.filter(({ isDate }, index) => isDate || index >= this.maxColumns);
    return ignored.reduce<ColumnChoice[]>(
      (choices, { name }) => withChoice(choices, name, { role: 'ignored' }),
      [],
    );
  }

  useOf(name: string): Use {
    return name === this.target ? 'target' : choiceOf(this.columns, name).role;
  }

  setUse(name: string, use: Use): void {
    if (use === 'target') {
      this.target = name;
      this.columns = this.columns.filter((column) => column.name !== name);
    } else {
      if (this.target === name) this.target = '';
      this.columns = withChoice(this.columns, name, { role: use });
    }
    void this.check();
  }
  setKind(name: string, kind: ColumnChoice['kind']): void {
    this.columns = withChoice(this.columns, name, { kind });
    void this.check();
  }
  setTask(task: Experiment['data']['table']['task']): void {
    this.task = task;
    void this.check();
  }
  setSample(rows: number | null, seed: number): void {
    this.wanted = rows;
    this.seed = seed;
    void this.check();
  }

  /** Rows that were read but do not all fit. */
  get isSample(): boolean {
    return this.written !== null && this.summary !== null && this.written.rows < this.summary.rows;
  }
  #positions(withIgnored: boolean): number[] {
    const isIgnored = (name: string) => choiceOf(this.columns, name).role === 'ignored';
    const columns = this.summary?.columns ?? [];
    return columns.flatMap(({ name }, index) => (withIgnored || !isIgnored(name) ? [index] : []));
  }

  /** Has the table written and tried by the engine. Ignored columns come along where there is room: they can be used later. */
  async check(): Promise<void> {
    const { summary } = this;
    const reader = this.#reader;
    if (summary === null || reader === null) return;
    const turn = ++this.#turn;
    const isOld = () => turn !== this.#turn;
    this.isChecking = true;
    this.isStale = false;
    try {
      let positions = this.#positions(summary.columns.length <= this.maxColumns);
      let written = await this.#write(reader, positions);
      if (isOld()) return;
      let report = await this.#ask(written, positions);
      if (isOld()) return;
      const allBytes = written.wholeBytes;
      if (written.rows < summary.rows) {
        // What nothing is learned from takes the room of rows.
        const useless = report.columns.filter(({ role }) => role === 'ignored').map(({ name }) => name);
        for (const name of useless) this.columns = withChoice(this.columns, name, { role: 'ignored' });
        const useful = this.#positions(false);
        if (useless.length > 0 && useful.length > 1) {
          positions = useful;
          written = await this.#write(reader, positions);
          if (isOld()) return;
          report = await this.#ask(written, positions);
          if (isOld()) return;
        }
      }
      const badRows = await this.#locate(reader, written, report);
      if (isOld()) return;
      this.written = written;
      this.allBytes = allBytes;
      this.isNarrowed = positions.length < summary.columns.length;
      this.report = report;
      this.badRows = badRows;
      this.problem = report.error ?? null;
      this.isChecking = false;
    } catch (error) {
      if (isOld()) return;
      this.isChecking = false;
      this.#refuse(error);
    }
  }

  #write(reader: TableReader, columns: number[]): Promise<Written> {
    const { wanted, seed, maxBytes: mostBytes, maxRows: mostRows } = this;
    return reader.write({ columns, rows: wanted, seed, mostRows, mostBytes });
  }

  /** What is said of the columns that are written. */
  #choices(positions: readonly number[]): Required<TableChoices> {
    const names = positions.map((position) => this.summary?.columns[position]?.name ?? '');
    return {
      target: this.target,
      task: this.task,
      columns: this.columns.filter(({ name }) => names.includes(name)),
    };
  }

  #ask(written: Written, positions: readonly number[]): Promise<TableReport> {
    this.#asked = this.#choices(positions);
    return playground.ask('readCsv', { text: written.csv, choices: this.#asked });
  }
  /** What was said of the table that was tried last. */
  #asked: Required<TableChoices> = { target: '', task: 'auto', columns: [] };

  /** The engine counts the lines of what it was given; a person those of the file. */
  async #locate(reader: TableReader, written: Written, report: TableReport): Promise<BadRow[]> {
    const rows = report.problems.map(({ line }) => rowAt(written.lines, line));
    const texts = rows.length === 0 ? [] : await reader.texts(rows);
    return report.problems.map((problem, index) => ({
      line: written.sources[rows[index] ?? 0] ?? 0,
      problem,
      text: texts[index] ?? '',
    }));
  }

  #refuse(error: unknown): void {
    if (error instanceof EngineGone) this.isStale = true;
    else if (error instanceof EngineError) this.problem = error.problem;
    else throw error;
  }

  /** Learns from the table; true when that is done. What the engine refuses is told, and nothing has changed. */
  async accept(name: string): Promise<boolean> {
    const { written } = this;
    if (written === null || this.isOpening || this.isChecking) return false;
    this.isOpening = true;
    try {
      await playground.tables.use({ ...this.#asked, name, csv: written.csv });
      playground.painting.close(); // who brings a table has done with painting
      return true;
    } catch (error) {
      this.#refuse(error);
      return false;
    } finally {
      this.isOpening = false;
    }
  }
}
