// The state of the page: the document, the last snapshot, the curves, what went wrong. Components read it and call its
// functions; the engine behind it lives in a worker.
import type { Experiment, Field, Grid, Points, Problem, Status, TableReport, Variant } from 'athanor';
import { engineBase, EngineClient, EngineError } from '../engine/client';
import type { CallName, Calls, Pace, Snapshot, StepUnit } from '../engine/protocol';
import { decodeLink, encodeLink, LinkError } from './link';
import { NewestOnly } from './newest';
import { settings } from './settings.svelte';

/** Columns of the training curves, as uPlot takes them. */
export interface Curves {
  epoch: number[];
  trainLoss: number[];
  validationLoss: number[];
  trainAccuracy: number[];
  validationAccuracy: number[];
}

/** A table that was dropped and waits for the person's word. */
export interface Candidate {
  name: string;
  text: string;
  report: TableReport;
}

export type Notice =
  | { kind: 'problem'; problem: Problem }
  | { kind: 'link'; reason: LinkError['reason'] }
  | { kind: 'crash'; detail: string }
  | { kind: 'file'; name: string; size: number; max: number }
  | { kind: 'unreadable'; name: string };

export const maxTableBytes = 4 * 1024 * 1024;
const linkDelay = 300;
/** Training begins without the flowchart when that takes longer than this. */
const longestWaitForChart = 1000;

function emptyCurves(): Curves {
  return { epoch: [], trainLoss: [], validationLoss: [], trainAccuracy: [], validationAccuracy: [] };
}

/** NaN stands for "none" in the engine's numbers; charts leave it out. */
function pushRow(curves: Curves, row: Float64Array): void {
  const [epoch = 0, trainLoss = NaN, validationLoss = NaN, trainAccuracy = NaN, validationAccuracy = NaN] =
    row;
  curves.epoch.push(epoch);
  curves.trainLoss.push(trainLoss);
  curves.validationLoss.push(validationLoss);
  curves.trainAccuracy.push(trainAccuracy);
  curves.validationAccuracy.push(validationAccuracy);
}

export class Playground {
  document = $state.raw<Experiment | null>(null);
  fields = $state.raw<Field[]>([]);
  variant = $state<Variant | null>(null);
  status = $state.raw<Status | null>(null);
  running = $state(false);
  axes = $state.raw<[number, number]>([0, 1]);
  grid = $state.raw<Grid | null>(null);
  points = $state.raw<Points | null>(null);
  stepsPerSecond = $state(0);
  /** The same object while a run lasts; `curveLength` tells that it grew. */
  curves = $state.raw<Curves>(emptyCurves());
  curveLength = $state(0);
  fieldProblems = $state<Record<string, Problem>>({});
  notice = $state.raw<Notice | null>(null);
  candidate = $state.raw<Candidate | null>(null);
  linkTooLong = $state(false);
  /** The table that was last learned from; a generator does not throw it away. */
  lastTable = $state.raw<Experiment['data']['table'] | null>(null);
  /** The columns of the table in use, to choose the class from; empty for generators. */
  tableColumns = $state.raw<string[]>([]);
  /** Whether the settings of clean, augment and split are unfolded. */
  preparationOpen = $state(false);

  #client: EngineClient | null = null;
  #defaults: Experiment | null = null;
  #run = 0;
  #drawn: () => void = () => undefined;
  readonly #chart = new Promise<void>((resolve) => (this.#drawn = resolve));
  #linkTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #setting = new NewestOnly((path, value) => this.#setNow(path, value));

  /** Loads the engine and starts training: the link's document, or the default one. */
  async start(): Promise<void> {
    let document: unknown = {};
    try {
      document = (await decodeLink(location.hash)) ?? {};
    } catch (error) {
      this.notice = { kind: 'link', reason: error instanceof LinkError ? error.reason : 'damaged' };
    }
    window.addEventListener('hashchange', () => void this.#openLink());
    await this.#begin(document);
  }

  /** Another link in the address bar of the same tab. */
  async #openLink(): Promise<void> {
    try {
      await this.#load((await decodeLink(location.hash)) ?? {});
    } catch (error) {
      this.notice = { kind: 'link', reason: error instanceof LinkError ? error.reason : 'damaged' };
    }
  }

  /** After a crash: a new worker with the document as it stands. */
  async restart(): Promise<void> {
    this.notice = null;
    this.#client?.close();
    await this.#begin(this.document ?? {});
  }

  async #begin(document: unknown): Promise<void> {
    this.#run = 0;
    this.#client = new EngineClient({
      snapshot: (snapshot) => this.#take(snapshot),
      crash: (detail) => {
        this.running = false;
        this.notice = { kind: 'crash', detail };
      },
    });
    try {
      const started = await this.#client.call('start', { document, engineBase: engineBase() });
      this.variant = started.variant;
      this.fields = started.fields;
      this.#defaults = started.defaults;
      this.document = started.document;
      this.#learnColumns();
      if (started.refused !== null) this.notice = { kind: 'problem', problem: started.refused };
      await this.call('pace', { pace: settings.pace });
      await Promise.race([this.#chart, new Promise((resolve) => setTimeout(resolve, longestWaitForChart))]);
      await this.run(true);
    } catch (error) {
      // Without an engine there is nothing to go on with: another try is all that can be offered.
      const detail = error instanceof Error ? error.message : String(error);
      this.notice = { kind: 'crash', detail };
    }
  }

  /** The flowchart stands: its drawing, the one long task of the page, disturbs no training frame. */
  chartDrawn(): void {
    this.#drawn();
  }

  #take(snapshot: Snapshot): void {
    if (snapshot.run !== this.#run) {
      this.#run = snapshot.run;
      this.curves = emptyCurves();
    }
    for (let at = 0; at < snapshot.history.length; at += 6)
      pushRow(this.curves, snapshot.history.subarray(at, at + 6));
    this.curveLength = this.curves.epoch.length;
    this.status = snapshot.status;
    this.running = snapshot.running;
    this.axes = snapshot.axes;
    this.grid = snapshot.grid;
    if (snapshot.points !== null) this.points = snapshot.points;
    else if (snapshot.status.rows.train === 0) this.points = null;
    this.stepsPerSecond = snapshot.stepsPerSecond;
    // The next one comes when this one is on the screen; a hidden page draws nothing and asks for nothing more than that.
    if (window.document.hidden) setTimeout(() => this.#client?.acknowledge(), 500);
    else requestAnimationFrame(() => this.#client?.acknowledge());
  }

  #fail(error: unknown): void {
    if (error instanceof EngineError) this.notice = { kind: 'problem', problem: error.problem };
    else this.notice = { kind: 'crash', detail: error instanceof Error ? error.message : String(error) };
  }

  /** A call whose failure is shown as a notice; undefined then. */
  async call<Name extends CallName>(
    name: Name,
    args: Calls[Name]['args'],
  ): Promise<Calls[Name]['result'] | undefined> {
    try {
      return await this.#client?.call(name, args);
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  async run(running: boolean): Promise<void> {
    this.running = running;
    await this.call('run', { running });
  }
  async step(unit: StepUnit): Promise<void> {
    await this.call('step', { unit });
  }
  async rewind(): Promise<void> {
    this.notice = null;
    await this.call('rewind', {});
  }
  async setPace(pace: Pace): Promise<void> {
    settings.pace = pace;
    await this.call('pace', { pace });
  }
  async setAxes(x: number, y: number): Promise<void> {
    await this.call('axes', { x, y });
  }

  /** Sets one field. A refusal is kept beside the field; the old value stays in force. */
  async set(path: string, value: unknown): Promise<void> {
    await this.#setting.offer(path, value);
  }

  async #setNow(path: string, value: unknown): Promise<void> {
    if (this.#client === null) return;
    try {
      this.document = await this.#client.call('set', { path, value });
      this.#forgetProblems(path);
      if (this.notice?.kind === 'problem') this.notice = null;
      this.#updateLink();
    } catch (error) {
      if (error instanceof EngineError) this.fieldProblems[path] = error.problem;
      else this.#fail(error);
    }
  }

  /** What was refused may be allowed now: the field itself, the fields below it, and those it is judged together with. */
  #forgetProblems(path: string): void {
    const section = path.split('.')[0] ?? '';
    const isJudgedTogether = section === 'split' || section === 'data';
    for (const other of Object.keys(this.fieldProblems)) {
      if (other.startsWith(path) || (isJudgedTogether && other.startsWith(`${section}.`)))
        delete this.fieldProblems[other];
    }
  }

  /** Reads a table without touching the run; good ones are loaded at once, others wait for the person. */
  async offerTable(name: string, size: number, read: () => Promise<string>): Promise<void> {
    if (size > maxTableBytes) {
      this.notice = { kind: 'file', name, size, max: maxTableBytes };
      return;
    }
    let text;
    try {
      text = await read();
    } catch {
      this.notice = { kind: 'unreadable', name };
      return;
    }
    const report = await this.call('readCsv', { text, target: '' });
    if (report === undefined) return;
    this.candidate = { name, text, report };
    if (report.problemCount === 0 && report.error === undefined) await this.acceptTable();
  }

  async acceptTable(): Promise<void> {
    const candidate = this.candidate;
    this.candidate = null;
    if (candidate === null || this.document === null) return;
    // By characters: half of a surrogate pair would be no text.
    const name = Array.from(candidate.name).slice(0, 60).join('');
    const table = { name, csv: candidate.text, target: '' };
    try {
      await this.#open({ ...this.document, data: { ...this.document.data, source: 'table', table } });
    } catch (error) {
      // Readable, but nothing can be learned from it: the dialog says so, and nothing has changed.
      if (!(error instanceof EngineError)) throw error;
      this.candidate = { ...candidate, report: { ...candidate.report, error: error.problem } };
    }
  }

  /** Back to the table that a generator replaced. */
  async useLastTable(): Promise<void> {
    if (this.document === null || this.lastTable === null) return;
    await this.#load({
      ...this.document,
      data: { ...this.document.data, source: 'table', table: this.lastTable },
    });
  }

  /** Back from a table to the generator. */
  async useGenerator(generator: string): Promise<void> {
    if (this.document === null) return;
    if (this.document.data.source === 'generator') return this.set('data.generator', generator);
    const table = { name: '', csv: '', target: '' };
    await this.#load({
      ...this.document,
      data: { ...this.document.data, source: 'generator', generator, table },
    });
  }

  async #load(document: unknown): Promise<void> {
    try {
      await this.#open(document);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Throws what the engine refuses; the run goes on untouched then. */
  async #open(document: unknown): Promise<void> {
    if (this.#client === null) return;
    this.document = await this.#client.call('load', { document });
    this.fieldProblems = {};
    this.notice = null;
    this.#learnColumns();
    this.#updateLink();
    await this.run(true);
  }

  #learnColumns(): void {
    const data = this.document?.data;
    this.tableColumns = [];
    if (data?.source !== 'table') return;
    this.lastTable = data.table;
    void this.call('readCsv', { text: data.table.csv, target: data.table.target }).then((report) => {
      if (this.document?.data.table.csv === data.table.csv)
        this.tableColumns = report?.columns.map(({ name }) => name) ?? [];
    });
  }

  /** The address that holds the experiment as it is now, whatever was typed a moment ago included. */
  async currentLink(): Promise<string> {
    await this.#setting.settled();
    clearTimeout(this.#linkTimer);
    await this.#writeLink();
    return location.href;
  }

  #updateLink(): void {
    clearTimeout(this.#linkTimer);
    this.#linkTimer = setTimeout(() => void this.#writeLink(), linkDelay);
  }

  async #writeLink(): Promise<void> {
    if (this.document === null || this.#defaults === null) return;
    try {
      const hash = await encodeLink(this.document, this.#defaults);
      history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash);
      this.linkTooLong = false;
    } catch {
      history.replaceState(null, '', location.pathname + location.search);
      this.linkTooLong = true;
    }
  }
}

export const playground = new Playground();
