// Editing points on the picture: which sheet is in hand, its tools, what can be taken back, and how the engine gets it. The
// sheet is the document's table; the engine takes it when a stroke ends, and now and then while one goes on.
import type { Experiment, Problem } from 'athanor';
import { EngineError, EngineGone } from '../engine/client';
import type { SheetData } from '../engine/protocol';
import { texts } from '../messages/current.svelte';
import { History } from './history';
import type { Playground } from './playground.svelte';
import { emptySheet, mostClasses, mostPoints, withClass, type Place, type Range, type Sheet } from './points';
import { tableOf, writeTable } from './pointtable';
import { Stroke, type Brush, type Tool } from './stroke';

/** Why the points on the picture cannot be edited. */
export interface Obstacle {
  kind: 'columns' | 'kinds' | 'classes' | 'rows';
  /** How many there are of what there are too many of. */
  count: number;
}

const csvPath = 'data.table.csv';
/** While a stroke goes on the engine gets the points this often at most. */
const offerMilliseconds = 250;
/** Around the points there is room to paint. */
const margin = 0.1;

function rangeWithMargin(values: ArrayLike<number>, share: number): Range {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; ++i) {
    low = Math.min(low, values[i] ?? low);
    high = Math.max(high, values[i] ?? high);
  }
  if (!(low < high)) return Number.isFinite(low) ? [low - 1, low + 1] : [-1, 1];
  return [low - (high - low) * share, high + (high - low) * share];
}

export function obstacleOf({ columns, isNumeric, classes, x }: SheetData): Obstacle | null {
  if (columns.length !== 2) return { kind: 'columns', count: columns.length };
  if (!isNumeric) return { kind: 'kinds', count: columns.length };
  if (classes.length > mostClasses) return { kind: 'classes', count: classes.length };
  return x.length > mostPoints ? { kind: 'rows', count: x.length } : null;
}

export function sheetFrom(data: SheetData, key: number): Sheet {
  const { task, columns, target, classes, x, y, label, value } = data;
  const isRegression = task === 'regression';
  const marks: ArrayLike<number> = isRegression ? value : label;
  return {
    key,
    task: isRegression ? 'regression' : 'classification',
    names: [
      columns[0] ?? 'x',
      columns[1] ?? 'y',
      target === '' ? (isRegression ? 'value' : 'class') : target,
    ],
    classes: isRegression ? [] : classes,
    x: rangeWithMargin(x, margin),
    y: rangeWithMargin(y, margin),
    values: rangeWithMargin(value, 0),
    points: Array.from(x, (px, i) => ({ x: px, y: y[i] ?? 0, mark: marks[i] ?? 0 })),
  };
}

export class Painting {
  readonly #playground: Playground;
  isOpen = $state(false);
  tool = $state<Tool>('paint');
  /** The class that tools give, or the value. */
  label = $state(0);
  value = $state(0);
  sheet = $state.raw<Sheet | null>(null);
  /** The last sheet that the engine took. */
  inForce = $state.raw<Sheet | null>(null);
  obstacle = $state.raw<Obstacle | null>(null);
  /** Why the engine did not take the sheet. */
  problem = $state.raw<Problem | null>(null);
  canUndo = $state(false);
  canRedo = $state(false);

  #history: History<Sheet> | null = null;
  #nextKey = 1;
  #strokes = 0;
  #stroke: Stroke | null = null;
  /** A sheet that nothing was done to, and the data it shows: going back to it brings these back as they were. */
  #origin: { sheet: Sheet; data: Experiment['data'] } | null = null;
  /** What the document's data was when the sheet was made of it, or it of the sheet. */
  #known = '';
  /** A run that was paused for an empty sheet goes on when the engine takes the sheet. */
  #resumes = false;
  #isOffering = false;
  #isOfferDue = false;
  #lastOffer = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** The engine learns from another sheet than the one in hand, or from older points of it. */
  get isPending(): boolean {
    return this.sheet !== null && this.sheet !== this.inForce;
  }

  /** The engine refuses the sheet in hand, and what it has in its place is other data altogether. */
  get isUnready(): boolean {
    const { sheet, inForce, problem } = this;
    return this.isOpen && sheet !== null && problem !== null && sheet.key !== inForce?.key;
  }

  /** For each class of the run, which colour it has: that of its place on the sheet, whatever classes have no points. */
  get colours(): number[] {
    const classes = this.inForce?.classes ?? [];
    return (this.#playground.status?.classes ?? []).map((name, index) => {
      const place = classes.indexOf(name);
      return place < 0 ? index : place;
    });
  }

  get mark(): number {
    return this.sheet?.task === 'regression' ? this.value : this.label;
  }

  async open(): Promise<void> {
    this.isOpen = true;
    if (this.sheet === null) await this.#fetch();
    this.#showPlane();
  }

  close(): void {
    this.cancelStroke();
    this.isOpen = false;
    this.#showPlane();
  }

  /** With a new worker. */
  goOn(): void {
    if (!this.isOpen) return;
    this.#showPlane();
    if (this.isPending) this.#offerSoon(0);
  }

  /** The grid covers the sheet while it is in hand. */
  #showPlane(): void {
    const { sheet } = this;
    const plane = this.isOpen && sheet !== null ? { x: sheet.x, y: sheet.y } : null;
    void this.#playground.call('plane', { plane });
  }

  #signature(): string {
    const document = this.#playground.document;
    if (document === null) return '';
    return JSON.stringify([document.data, document.data.source === 'generator' ? document.seed : 0]);
  }

  /** To be called when the document changed: other data than the sheet's makes another sheet. */
  follow(): void {
    // With nothing in hand a table of megabytes need not be compared.
    if (this.sheet === null && this.inForce === null && this.obstacle === null && !this.isOpen) return;
    if (!this.#isOffering && this.#signature() !== this.#known) this.letGo();
  }

  /** Away with the sheet in hand; what the document holds takes its place. */
  letGo(): void {
    this.cancelStroke();
    this.#take(null, null);
    this.#origin = null;
    this.inForce = null;
    this.obstacle = null;
    this.#resumes = false;
    if (this.#playground.notice?.kind === 'sheet') this.#playground.notice = null;
    if (this.isOpen) void this.#fetch();
  }

  async #fetch(): Promise<void> {
    const document = this.#playground.document;
    if (document === null) return;
    const known = this.#signature();
    const data = await this.#playground.call('sheet', { document });
    // An empty sheet may have been begun meanwhile, which stays in hand.
    if (data === undefined || this.sheet !== null || known !== this.#signature()) return;
    this.#known = known;
    this.obstacle = obstacleOf(data);
    if (this.obstacle !== null) return this.#take(null, null);
    const sheet = sheetFrom(data, this.#nextKey++);
    this.#origin = { sheet, data: document.data };
    this.inForce = sheet;
    this.#take(sheet, new History(sheet));
  }

  /** An empty sheet of one's own; what was there can be brought back by undoing. */
  begin(task: Sheet['task']): void {
    this.cancelStroke();
    const sheet = emptySheet(this.#nextKey++, task);
    if (this.#playground.running) {
      this.#resumes = true;
      void this.#playground.run(false);
    }
    this.obstacle = null;
    this.isOpen = true;
    this.#known = this.#signature();
    this.#push(sheet);
  }

  /** It is left to the person to run the sheet when it has enough points. */
  rest(): void {
    this.#resumes = false;
  }

  /** A sheet that was kept while the engine had not taken it: what ran without it rests. */
  restore(sheet: Sheet): void {
    this.#known = this.#signature();
    this.isOpen = true;
    void this.#playground.run(false); // whatever the last snapshot says: it may be older than what was asked since
    const kept = { ...sheet, key: this.#nextKey++ };
    this.#take(kept, new History(kept));
    this.#offerNow();
  }

  addClass(): void {
    if (this.sheet === null) return;
    const wider = withClass(this.sheet);
    this.label = wider.classes.length - 1;
    // Nothing changes for the engine, and it is no step to take back.
    if (this.inForce === this.sheet) this.inForce = wider;
    if (this.#origin?.sheet === this.sheet) this.#origin = { ...this.#origin, sheet: wider };
    this.#history?.replace(wider);
    this.sheet = wider;
  }

  undo(): void {
    this.#goTo(this.#history?.undo());
  }
  redo(): void {
    this.#goTo(this.#history?.redo());
  }

  #goTo(sheet: Sheet | undefined): void {
    this.cancelStroke();
    if (sheet === undefined || this.#history === null) return;
    this.#take(sheet, this.#history);
    this.#offerNow();
  }

  #take(sheet: Sheet | null, history: History<Sheet> | null): void {
    const isOther = sheet?.key !== this.sheet?.key;
    this.sheet = sheet;
    this.#history = history;
    this.canUndo = history?.canUndo ?? false;
    this.canRedo = history?.canRedo ?? false;
    this.label = Math.min(this.label, Math.max(0, (sheet?.classes.length ?? 1) - 1));
    if (!isOther) return;
    this.problem = null;
    if (sheet !== null) this.value = sheet.values[1];
    this.#showPlane();
  }

  #push(sheet: Sheet): void {
    const history = this.#history ?? new History(sheet);
    history.push(sheet);
    this.#take(sheet, history);
    this.#offerNow();
  }

  /** Puts the tool down; false when there is nothing for it to do there. */
  beginStroke(place: Place, brush: Omit<Brush, 'tool' | 'mark'>): boolean {
    if (this.sheet === null) return false;
    this.cancelStroke();
    const stroke = new Stroke(
      this.sheet,
      { ...brush, tool: this.tool, mark: this.mark },
      place,
      ++this.#strokes,
    );
    if (!stroke.holds) return false;
    this.#stroke = stroke;
    this.#show();
    return true;
  }
  moveStroke(places: readonly Place[]): void {
    for (const place of places) this.#stroke?.moveTo(place);
    this.#show();
  }
  spray(count: number): void {
    this.#stroke?.spray(count);
    this.#show();
  }
  endStroke(): void {
    const stroke = this.#stroke;
    this.#stroke = null;
    if (stroke !== null) this.#push(stroke.sheet);
  }
  cancelStroke(): void {
    const stroke = this.#stroke;
    this.#stroke = null;
    if (stroke === null || stroke.sheet === stroke.before) return;
    this.sheet = stroke.before;
    this.#offerNow();
  }

  #show(): void {
    if (this.#stroke === null || this.#stroke.sheet === this.sheet) return;
    this.sheet = this.#stroke.sheet;
    this.#offerSoon(Math.max(0, this.#lastOffer + offerMilliseconds - performance.now()));
  }

  #offerNow(): void {
    this.#playground.keep();
    this.#offerSoon(0);
  }

  #offerSoon(wait: number): void {
    if (this.#isOffering) {
      this.#isOfferDue = true;
      return;
    }
    if (wait > 0 && this.#timer !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#offer(), wait);
  }

  /** One at a time: what changed meanwhile is offered next. */
  async #offer(): Promise<void> {
    this.#timer = undefined;
    const { sheet } = this;
    if (sheet === null || this.#isOffering) return;
    this.#isOffering = true;
    this.#isOfferDue = false;
    this.#lastOffer = performance.now();
    try {
      if (sheet !== this.inForce) this.#known = await this.#send(sheet);
      this.inForce = sheet;
      this.problem = null;
      if (this.#resumes) {
        this.#resumes = false;
        await this.#playground.run(true);
      }
    } catch (error) {
      if (error instanceof EngineError) this.problem = error.problem;
      else if (!(error instanceof EngineGone)) throw error; // the next engine is offered it again
    } finally {
      this.#isOffering = false;
    }
    this.follow(); // other data may have been chosen meanwhile
    this.#playground.keep();
    if (this.#isOfferDue) this.#offerSoon(this.#stroke === null ? 0 : offerMilliseconds);
  }

  /** What the document's data is then. Throws an EngineError when the engine does not take it, and the run goes on as it is, or
   * EngineGone. */
  async #send(sheet: Sheet): Promise<string> {
    const document = this.#playground.document;
    if (document === null) return this.#known;
    const origin = this.#origin;
    if (sheet !== origin?.sheet && this.inForce?.key === sheet.key && this.#isOwn(document.data, sheet)) {
      const text = writeTable(sheet);
      await this.#playground.set(csvPath, text);
      const problem = this.#playground.fieldProblems[csvPath];
      delete this.#playground.fieldProblems[csvPath];
      if (problem !== undefined) throw new EngineError(problem);
      if (this.#playground.document?.data.table.csv !== text)
        throw new EngineGone('before it took the sheet');
      return this.#signature();
    }
    const isTable = origin?.sheet.key === sheet.key && origin.data.source === 'table';
    const name = isTable ? origin.data.table.name : texts.current.painting.tableName;
    const own = { ...document.data, source: 'table', table: tableOf(sheet, name) } as const;
    const data = sheet === origin?.sheet ? origin.data : own;
    await this.#playground.open({ ...document, data }, 'keep');
    return this.#signature();
  }

  /** Whether the document's table is one that was made of such a sheet. */
  #isOwn({ source, table }: Experiment['data'], { task, names }: Sheet): boolean {
    return (
      source === 'table' && table.task === task && table.target === names[2] && table.columns.length === 0
    );
  }
}
