// The engine's worker: answers the page's calls, and sends snapshots of the run when there is something new to draw.
import { detectSingle, loadEngine, type Engine, type Problem, type Session } from 'athanor';
import { FoldRunner } from './folds';
import { Keeper } from './keeper';
import { ifAnswered, problemOf } from './problems';
import { Runner } from './runner';
import { samplesOf, sheetOf, workDataStages } from './sheet';
import { SnapshotSource } from './snapshots';
import { ThreadedEngine } from './threaded';
import { TrialRunner } from './trials';
import type { CallName, Calls, FromWorker, Request, ToWorker, Wanted } from './protocol';

/** A snapshot at most every frame, */
const snapshotMilliseconds = 33;
/** and drawing takes at most about a fifth of the worker's time. */
const pausePerSnapshot = 4;
/** Of data that are tried before they take the place of what runs, in milliseconds. */
const mostTrying = 500;
/** Weights of a layer that a table of them holds at most: 64 inputs by 64 neurons. */
const mostListed = 64;

/** Until what could not be fetched is asked for once more. */
const retryMilliseconds = 5000;

let engine: Engine;
let began: { base: string; wanted: Wanted };
/** From when the rest is there. */
let threaded: ThreadedEngine | null = null;
let tellWhole: () => void = () => undefined;
/** What the page asks for by itself, not by a person's hand, waits for this. */
const whole = new Promise<void>((resolve) => (tellWhole = resolve));
/** Whatever the first frame does without is left out of snapshots until then: it would be waited for. */
let rest: 'unasked' | 'asked' | 'there' = 'unasked';
/** The page has said whether it runs. */
let isTold = false;

const runner = new Runner((isAtRest) => {
  show(isAtRest);
  if (isAtRest) keeper.rest();
  keep();
  useThreads();
});
const snapshots = new SnapshotSource();
const folds = new FoldRunner();
const trials = new TrialRunner();
const keeper = new Keeper();

/** The last call. */
let heard = 0;
let acknowledged = true;
let dirty = true;
/** When the next snapshot may be made: one that costs much, because the network is large, is made less often. */
let nextSnapshot = 0;

function send(message: FromWorker, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}

/** Sends a snapshot when there is something new and the page has drawn the last one. */
function show(now: boolean): void {
  dirty = true;
  const started = performance.now();
  if (!acknowledged || (!now && started < nextSnapshot)) return;
  dirty = false;
  acknowledged = false;
  send({ type: 'snapshot', snapshot: snapshots.take(runner, heard, rest === 'there') });
  const cost = performance.now() - started;
  nextSnapshot = started + Math.max(snapshotMilliseconds, cost * (1 + pausePerSnapshot));
}

/** Once the page has its first frame. What cannot be fetched now is waited for by whatever needs it. */
function fetchRest(): void {
  const isAwaited = !isTold || runner.running; // a run that is about to begin, or has
  if (rest !== 'unasked' || (isAwaited && snapshots.epoch === 0)) return;
  rest = 'asked';
  const there = () => {
    rest = 'there';
    tellWhole();
    show(false);
    threaded = new ThreadedEngine(began.base, engine.variant, began.wanted, (inUse) => {
      send({ type: 'engine', engine: inUse });
    });
  };
  // A snapshot that needed it would bring the worker down: they do without, and what asks for it is told.
  const lost = () => {
    tellWhole();
    setTimeout(() => {
      rest = 'unasked';
      fetchRest();
    }, retryMilliseconds);
  };
  engine.loadRest().then(there, lost);
}

function keep(): void {
  const bytes = runner.run === 0 || rest !== 'there' ? null : keeper.take(runner.session, runner.run);
  if (bytes !== null) send({ type: 'checkpoint', bytes }, [bytes.buffer]);
}

/** Between two slices the run moves to the build with threads, bit for bit, as soon as that pays. */
function useThreads(): void {
  // The log is all that a checkpoint does without, and somebody is reading it.
  if (snapshots.watched.log) return;
  const moved = threaded?.take(runner.session) ?? null;
  if (moved === null) return;
  engine = moved.engine;
  runner.move(moved.session);
}

/** The network is another, though no step need follow; gives the loss over the training part with it. */
function tellChanged(): number | null {
  snapshots.changed();
  keeper.changed();
  keep();
  return ifAnswered(() => runner.session.measures('train').loss);
}

/** A session at its beginning. What is wrong with a document or its data shows before anything is given up, but for what would
 * be waited for: the run works at that in slices, and tells it. */
function tried(document: unknown): Session {
  const next = engine.createSession(document);
  try {
    workDataStages(next, mostTrying);
    next.rewind();
    return next;
  } catch (error) {
    next.delete();
    throw error;
  }
}

function adopt(next: Session): void {
  runner.adopt(next);
  snapshots.learn(next.document());
  snapshots.axes = null;
}

function tryRestore(checkpoint: Uint8Array<ArrayBuffer> | null): boolean {
  const restored = checkpoint === null ? null : ifAnswered(() => engine.restoreSession(checkpoint));
  if (restored !== null) adopt(restored);
  return restored !== null;
}

type Handlers = {
  [Name in CallName]: (args: Calls[Name]['args']) => Calls[Name]['result'] | Promise<Calls[Name]['result']>;
};

const handlers: Handlers = {
  async start({ document, checkpoint, engineBase, wanted }) {
    const variant = wanted === 'simd' ? wanted : await detectSingle();
    engine = await loadEngine({ variant, base: engineBase, restLater: true });
    began = { base: engineBase, wanted };
    let refused: Problem | null = null;
    const restored = tryRestore(checkpoint);
    try {
      if (!restored) adopt(tried(document));
    } catch (error) {
      refused = problemOf(error);
      adopt(tried({}));
    }
    return {
      variant,
      version: engine.version(),
      document: runner.session.document(),
      defaults: engine.defaults(),
      fields: engine.fields(),
      generators: engine.generators(),
      restored,
      refused,
    };
  },
  load({ document, shows = false, stops = false, resumes = false }) {
    const wasOver = runner.isOver;
    adopt(tried(document));
    if (stops) runner.running = false;
    else if (resumes && wasOver) runner.running = true;
    if (shows && !runner.running) runner.showData();
    return runner.session.document();
  },
  set({ path, value }) {
    const { session, isOver: wasOver } = runner;
    // Other rows: like another document.
    if (path === 'data.table.csv') {
      const { data, ...others } = session.document();
      tried({ ...others, data: { ...data, table: { ...data.table, csv: value } } }).delete();
    }
    if (session.set(path, value) === 'restart') {
      session.rewind();
      runner.begin();
      // A run that had ended goes on with the new setting; one that was paused stays so, but shows its data. The field is set
      // whatever its data comes to.
      if (wasOver) runner.running = true;
      else if (!runner.running) runner.showData();
    }
    const document = session.document();
    snapshots.learn(document);
    return document;
  },
  run({ running }) {
    isTold = true;
    runner.go(running);
    return null;
  },
  pace({ pace }) {
    runner.setPace(pace);
    return null;
  },
  step({ unit }) {
    runner.step(unit);
    return null;
  },
  rewind() {
    runner.session.rewind();
    runner.begin();
    return null;
  },
  recover() {
    runner.session.recover();
    // Epochs that are gone must go from the curves too.
    runner.begin();
    return null;
  },
  showData() {
    runner.showData();
    return null;
  },
  axes({ x, y }) {
    snapshots.axes = x === null ? null : [x, y];
    return null;
  },
  sheet: ({ document }) => sheetOf(engine, document),
  plane({ plane }) {
    snapshots.plane = plane;
    return null;
  },
  readCsv: ({ text, choices }) => engine.readCsv(text, choices),
  cleaned: () => runner.session.cleaned(),
  samples: async ({ generators, points }) => {
    await whole;
    return generators.map((generator) => samplesOf(engine, generator, points));
  },
  weights: () => runner.session.weights(mostListed),
  setParameter({ name, index, value }) {
    runner.session.setParameter(name, index, value);
    return { loss: tellChanged() };
  },
  removeNeuron({ layer, unit }) {
    runner.session.removeNeuron(layer, unit);
    const loss = tellChanged();
    const document = runner.session.document();
    snapshots.learn(document);
    return { document, loss };
  },
  watch(watched) {
    snapshots.watched = watched;
    return null;
  },
  trace: ({ sample, layer, unit, input }) => runner.session.stepTrace(sample, layer, unit, input),
  crossValidate: (args) => folds.answer(engine, args),
  compare: (args) => trials.answer(engine, args),
  presets: async () => {
    await whole;
    return engine.presets();
  },
  async mermaid({ labels, edgeLabels, direction }) {
    await whole;
    return engine.mermaid(labels, edgeLabels, direction);
  },
};

async function answer<Name extends CallName>(request: Request & { name: Name }): Promise<void> {
  const handler = handlers[request.name] as (
    args: Calls[Name]['args'],
  ) => Calls[Name]['result'] | Promise<Calls[Name]['result']>;
  heard = request.id;
  try {
    const value = await handler(request.args);
    send({ type: 'result', id: request.id, value });
  } catch (error) {
    send({ type: 'error', id: request.id, error: problemOf(error) });
  }
  if (runner.run > 0) {
    show(true);
    runner.wake();
    if (!runner.isBusy) {
      keeper.rest();
      keep();
    }
  }
}

onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'acknowledge') {
    acknowledged = true;
    fetchRest();
    if (dirty) show(!runner.running);
  } else if (data.type === 'ping') {
    send({ type: 'pong' });
  } else {
    void answer(data);
  }
};
