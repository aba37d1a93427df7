// The state of the page: the document, the last snapshot, the curves, what went wrong. Components read it and call its
// functions; the engine behind it lives in a worker.
import type { Experiment, Field, Generator, Problem, StepTrace } from 'athanor';
import { engineBase, EngineClient, EngineError, EngineGone } from '../engine/client';
import type { CallName, Calls, Pace, Snapshot, StepUnit, TracePlace } from '../engine/protocol';
import { afterFrame } from '../charts/frames';
import { Address } from './address.svelte';
import { changedFields, isJudgedWith, valueAt } from './document';
import { NewestOnly } from './newest';
import type { Notice } from './notice';
import { Painting } from './painting.svelte';
import { Restarts } from './restarts';
import { settings } from './settings.svelte';
import { Shown } from './shown.svelte';
import { Tables } from './tables.svelte';
import { Unheard } from './unheard';
import { view } from './view';
import { Visit } from './visit.svelte';

/** How a document that was opened begins: it runs; takes one step and waits for the person to take the next; shows its data and
 * waits for the person to run it; rests at its beginning; or goes on as the one before it did. */
export type Begin = 'run' | 'step' | 'wait' | 'rest' | 'keep';

/** Workers that die one after the other before they have shown anything; then the person is asked. */
const mostDeaths = 2;

export class Playground extends Shown {
  document = $state.raw<Experiment | null>(null);
  defaults: Experiment | null = null;
  readonly tables = new Tables(this);
  readonly painting = new Painting(this);
  readonly visit = new Visit(this);
  fields = $state.raw<Field[]>([]);
  generators = $state.raw<Generator[]>([]);
  /** Of a single neuron: its next step in numbers, or the picture. */
  neuronView = $state<'step' | 'picture'>('step');
  fieldProblems = $state<Record<string, Problem>>({});
  notice = $state.raw<Notice | null>(null);
  /** The engine stands and its document is open: from now on it does what it is told. */
  isStarted = $state(false);
  #wasSeen = false;
  /** There has been something to see: a first epoch, or a run that rests. What is large is fetched only then, and stays. */
  readonly isSeen = $derived.by(
    () =>
      (this.#wasSeen ||= this.isStarted && this.status !== null && (!this.running || this.status.epoch > 0)),
  );
  /** It stands and waits to be run: what is empty says how it gets its content. */
  readonly isIdle = $derived(this.isStarted && !this.running);
  /** It stands in the middle of a run. */
  readonly isPaused = $derived(
    this.isIdle && this.status?.finished === false && this.status.failure === null,
  );
  /** The document came from elsewhere and nobody has run it yet. */
  waiting = $state(false);
  /** The field whose change began this run, while that is news. */
  restarted = $state<string | null>(null);
  /** Whether the settings of clean, augment and split are unfolded. */
  preparationOpen = $state(false);

  readonly #restarts = new Restarts();
  readonly #unheard = new Unheard();
  #client: EngineClient | null = null;
  /** To go on from when the worker dies. */
  #checkpoint: Uint8Array<ArrayBuffer> | null = null;
  /** Snapshots of the present worker, and workers that died in a row without any. */
  #lived = 0;
  #deaths = 0;
  #watched: Calls['watch']['args'] = {
    log: false,
    network: null,
    decisions: null,
    reports: null,
  };
  readonly address = new Address(() => ({ document: this.document, defaults: this.defaults }));
  readonly #setting = new NewestOnly((path, value) => this.#setNow(path, value));

  /** Loads the engine with what this visit begins with. */
  async start(): Promise<void> {
    const { document, checkpoint, begin, isKept, wasPaused, sheet } = await this.visit.beginning();
    await this.#begin(document, checkpoint, begin);
    if (wasPaused) await this.call('showData', {}); // if there is no more of it yet
    if (isKept) this.address.follow();
    // A link to another experiment wins over points that belong to this one.
    if (sheet !== null && JSON.stringify(sheet.above) === JSON.stringify(this.document))
      this.painting.restore(sheet.sheet);
  }

  /** After crashes: a new worker with the document as it stands. */
  async restart(): Promise<void> {
    this.notice = null;
    this.#client?.close();
    await this.#begin(this.document ?? {});
  }

  /** Another worker goes on from the last checkpoint, unless workers die before they have shown anything. */
  async #replace(detail: string): Promise<void> {
    if (this.#lived === 0 && ++this.#deaths > mostDeaths) {
      this.running = false;
      this.notice = { kind: 'crash', detail };
      return;
    }
    const { document, running, waiting } = this;
    await this.#begin(document ?? {}, this.#checkpoint, running ? 'run' : waiting ? 'wait' : 'pause');
    if (this.notice === null) this.notice = { kind: 'replaced' };
    if (this.isStarted) for (const [path, value] of this.#unheard.take()) await this.set(path, value);
  }

  async #begin(
    document: unknown,
    checkpoint: Uint8Array<ArrayBuffer> | null = null,
    begin: 'run' | 'pause' | 'wait' = 'run',
  ): Promise<void> {
    this.forget();
    this.forgetRestart();
    this.isStarted = false;
    this.#lived = 0;
    this.#client = new EngineClient({
      snapshot: (snapshot) => this.#take(snapshot),
      checkpoint: (bytes) => {
        this.#checkpoint = bytes;
        if (this.isPaused) this.keep();
      },
      engine: (engine) => (this.engine = engine),
      crash: (detail) => void this.#replace(detail),
    });
    try {
      // A copy is sent: the next worker may need it again.
      const base = engineBase();
      const started = await this.#client.call('start', {
        document,
        checkpoint,
        engineBase: base,
        wanted: view.variant,
      });
      this.variant = started.variant;
      this.fields = started.fields;
      this.generators = started.generators;
      this.defaults = started.defaults;
      this.document = started.document;
      this.tables.learn();
      if (started.refused !== null) this.notice = { kind: 'problem', problem: started.refused };
      await this.call('pace', { pace: settings.pace });
      await this.call('watch', this.#watched);
      if (started.restored) await this.#catchUp(document);
      // In place of what was refused stands the default document, which is nobody's.
      const isNobodys = started.refused !== null && !view.isEmbed;
      if (begin !== 'wait' || isNobodys) await this.run(begin !== 'pause');
      else if (!this.running) await this.#wait();
      this.painting.goOn();
      this.isStarted = true;
    } catch (error) {
      if (error instanceof EngineGone) return; // told by the event
      // Without an engine there is nothing to go on with: another try is all that can be offered.
      const detail = error instanceof Error ? error.message : String(error);
      this.notice = { kind: 'crash', detail };
    }
  }

  /** What was set after the checkpoint was taken. */
  async #catchUp(document: unknown): Promise<void> {
    // Other data is another run: there is nothing of the checkpoint to go on with.
    if (JSON.stringify(valueAt(document, 'data')) !== JSON.stringify(this.document?.data)) {
      await this.open(document, 'keep');
      return;
    }
    for (const { path, value } of changedFields(this.fields, this.document, document))
      await this.set(path, value);
  }

  #take(snapshot: Snapshot): void {
    ++this.#lived;
    this.#deaths = 0;
    this.take(snapshot);
    this.restarted = this.#restarts.take(snapshot);
    // The next one comes when this one is on the screen. It is for the worker that sent this one: the next has nothing yet
    // that it could show.
    const client = this.#client;
    afterFrame(() => client?.acknowledge());
  }

  /** Shown as a notice; that the engine is gone is told by its own event. */
  fail(error: unknown): void {
    if (error instanceof EngineGone) return;
    if (error instanceof EngineError) this.notice = { kind: 'problem', problem: error.problem };
    else this.notice = { kind: 'crash', detail: error instanceof Error ? error.message : String(error) };
  }

  /** A call whose failure is the caller's to tell: EngineError or EngineGone. */
  async ask<Name extends CallName>(name: Name, args: Calls[Name]['args']): Promise<Calls[Name]['result']> {
    if (this.#client === null) throw new EngineGone('no engine');
    return this.#client.call(name, args);
  }

  /** A call whose failure is shown as a notice; undefined then. */
  async call<Name extends CallName>(
    name: Name,
    args: Calls[Name]['args'],
  ): Promise<Calls[Name]['result'] | undefined> {
    try {
      return await this.#client?.call(name, args);
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  /** Shows the data and leaves it to the person to run. */
  async #wait(): Promise<void> {
    this.waiting = true;
    await this.call('run', { running: false });
    await this.call('showData', {});
  }
  /** The person has begun with it: what they change from now on is theirs, and kept in place of what was. */
  #own(): void {
    if (this.notice?.kind === 'sheet') this.notice = null;
    this.waiting = false;
  }

  /** What would run is the data before the sheet on screen. */
  #askForPoints(): void {
    this.painting.rest();
    this.notice = { kind: 'sheet' };
  }

  async run(running: boolean): Promise<void> {
    if (running && this.painting.isUnready) return this.#askForPoints();
    if (running) this.#own();
    const told = this.call('run', { running });
    this.expect(running, this.#client?.asked ?? 0);
    await told;
    if (!running || this.visit.isKeptPaused) this.keep();
  }
  async step(unit: StepUnit): Promise<void> {
    if (this.painting.isUnready) return this.#askForPoints();
    this.#own();
    await this.call('step', { unit });
  }
  async rewind(): Promise<void> {
    this.notice = null;
    this.forgetRestart();
    await this.call('rewind', {});
  }
  /** After divergence: back to the last sound state, where the person can change something before going on. */
  async recover(): Promise<void> {
    this.notice = null;
    await this.call('recover', {});
  }
  async setPace(pace: Pace): Promise<void> {
    settings.pace = pace;
    await this.call('pace', { pace });
  }
  async setAxes(x: number, y: number): Promise<void> {
    await this.call('axes', { x, y });
  }

  /** What the page shows beside what it always shows. */
  async watch(watched: Partial<Calls['watch']['args']>): Promise<void> {
    this.#watched = { ...this.#watched, ...watched };
    if (this.#client !== null) await this.call('watch', this.#watched);
  }
  /** Changes one weight or bias of the network under way; throws what the engine refuses. */
  async setParameter(name: string, index: number, value: number): Promise<number | null> {
    if (this.#client === null) return null;
    return (await this.#client.call('setParameter', { name, index, value })).loss;
  }
  /** Takes a neuron of a hidden layer, both counted from 0, out of the network under way, which trains on; gives the loss over
   * the training part without it, and throws what the engine refuses. */
  async removeNeuron(layer: number, unit: number): Promise<number | null> {
    if (this.#client === null) return null;
    const { document, loss } = await this.#client.call('removeNeuron', { layer, unit });
    this.document = document;
    this.#changed();
    return loss;
  }
  /** The next step followed through one neuron; throws what the engine refuses. */
  async trace(place: TracePlace): Promise<StepTrace | null> {
    return this.#client === null ? null : await this.#client.call('trace', place);
  }

  /** What began the run is no news any more, or it begins for a reason that the person has given. */
  forgetRestart(): void {
    this.restarted = this.#restarts.forget();
  }

  /** Sets one field. A refusal is kept beside the field; the old value stays in force. */
  async set(path: string, value: unknown): Promise<void> {
    await this.#setting.offer(path, value);
  }

  async #setNow(path: string, value: unknown): Promise<void> {
    if (this.#client === null) return;
    this.#unheard.begin(path);
    try {
      const told = this.#client.call('set', { path, value });
      this.restarted = this.#restarts.set({
        path,
        call: this.#client.asked,
        run: this.runNumber,
        hadBegun: (this.status?.epoch ?? 0) > 0,
      });
      this.document = await told;
      this.#unheard.answered(path);
      if (this.waiting) await this.#wait(); // a change mends data that failed, and that would run on
      for (const other of Object.keys(this.fieldProblems))
        if (isJudgedWith(other, path)) delete this.fieldProblems[other]; // it may be allowed now
      if (path.startsWith('data.table.')) this.tables.learn();
      this.#doubtNeuron();
      if (this.notice?.kind === 'problem') this.notice = null;
      this.#changed();
    } catch (error) {
      if (error instanceof EngineGone) this.#unheard.keep(path, value);
      else this.#unheard.answered(path);
      if (error instanceof EngineError) this.fieldProblems[path] = error.problem;
      else this.fail(error);
    }
  }

  /** Back from a table to the generator. */
  async useGenerator(generator: string): Promise<void> {
    if (this.document === null) return;
    if (this.document.data.source === 'generator') return this.set('data.generator', generator);
    const table = this.tables.none();
    await this.load({
      ...this.document,
      data: { ...this.document.data, source: 'generator', generator, table },
    });
  }

  /** Opens a document; a refusal is shown as a notice. */
  async load(document: unknown, begin: Begin = 'run'): Promise<void> {
    try {
      await this.open(document, begin);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Throws what the engine refuses; the run goes on untouched then. */
  async open(document: unknown, begin: Begin = 'run'): Promise<void> {
    if (this.#client === null) return;
    this.forgetRestart();
    this.document = await this.#client.call('load', {
      document,
      shows: begin === 'keep' || begin === 'wait',
      stops: begin !== 'run' && begin !== 'keep', // else it would run on from its beginning
      resumes: begin === 'keep' && !this.waiting && !this.painting.isUnready,
    });
    if (begin === 'rest') this.running = false;
    if (begin !== 'keep') this.waiting = begin === 'wait';
    this.fieldProblems = {};
    // What is asked of a sheet stays until it is run: a line that goes while it is painted moves it under the hand.
    if (begin !== 'keep' || this.notice?.kind !== 'sheet') this.notice = null;
    this.isNeuron = false;
    this.tables.learn();
    this.#changed();
    if (begin === 'run') await this.run(true);
    else if (begin === 'step') await this.step('batch');
  }

  /** Before the next snapshot says so: with these settings it is no single neuron any more. */
  #doubtNeuron(): void {
    if (this.document?.model.layers.length !== 0 || this.document.training.batch_size !== 1)
      this.isNeuron = false;
  }

  /** The address of the whole page that holds the experiment as it is now, whatever was typed a moment ago included; null,
   * and a notice, when what writes it cannot be fetched. */
  async currentLink(): Promise<string | null> {
    await this.#setting.settled();
    try {
      return await this.address.current();
    } catch {
      this.notice = { kind: 'missing' };
      return null;
    }
  }

  /** The default experiment, which takes the place of what was kept as well. */
  async fromScratch(): Promise<void> {
    this.painting.close();
    await this.load({});
    this.painting.letGo();
    this.keep();
  }

  #changed(): void {
    this.painting.follow();
    this.address.follow();
    this.keep();
  }

  /** Keeps what is on screen for the next visit, soon. */
  keep(): void {
    this.visit.keep(() => this.#checkpoint);
  }
}

export const playground = new Playground();
