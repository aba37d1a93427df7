// The engine's worker: owns the session, runs it in short slices, and tells the page what there is to draw.
import {
  AthanorError,
  loadEngine,
  type Engine,
  type Grid,
  type NeuronStep,
  type Problem,
  type Session,
  type Status,
} from 'athanor';
import { NetworkSource } from './drawn';
import { FoldRunner } from './folds';
import { JudgedSource } from './judged';
import { Keeper } from './keeper';
import { Motion } from './motion';
import { nextMove } from './pace';
import { ifAnswered, problemOf } from './problems';
import { gridOver, samplesOf, sheetOf, workDataStages } from './sheet';
import { TrialRunner } from './trials';
import type {
  CallName,
  Calls,
  FromWorker,
  LossLog,
  Pace,
  PlaneRange,
  Request,
  Snapshot,
  ToWorker,
} from './protocol';

/** A slice leaves room for messages; a snapshot at most every frame. */
const sliceMilliseconds = 12;
const snapshotMilliseconds = 33;
const gridResolution = 80;
/** Drawing takes at most about a fifth of the worker's time. */
const pausePerSnapshot = 4;

let engine: Engine;
let tellWhole: () => void = () => undefined;
/** What the page asks for by itself, not by a person's hand, waits for this. */
const whole = new Promise<void>((resolve) => (tellWhole = resolve));
/** Whatever the first frame does without is left out of snapshots until then: it would be waited for. */
let rest: 'unasked' | 'asked' | 'there' = 'unasked';
let session: Session;
let running = false;
let pace: Pace = 'normal';
let timer: ReturnType<typeof setTimeout> | undefined;

let run = 0;
let sentEpoch = 0;
/** Of the last snapshot. */
let shownEpoch = 0;
/** The page has said whether it runs. */
let isTold = false;
let sentPoints = '';
let chosenAxes: [number, number] | null = null;
let plane: PlaneRange | null = null;
let watched: Calls['watch']['args'] = { log: false, network: null, decisions: null, reports: null };
const network = new NetworkSource();
const judged = new JudgedSource();
const folds = new FoldRunner();
const trials = new TrialRunner();
const keeper = new Keeper();
const motion = new Motion();
/** Weights of a layer that a table of them holds at most: 64 inputs by 64 neurons. */
const mostListed = 64;
/** The log has a line every so many steps, as the tutorial prints it. */
const logEvery = 100;
/** The targets' own spread, for the log; they are the same for a whole run. */
let baseline: { run: number; value: number } | null = null;
/** A network with hidden layers is no single neuron; whether one without them is, the engine says. */
let mayBeNeuron = false;
let acknowledged = true;
let dirty = true;
/** When the next snapshot may be made: one that costs much, because the network is large, is made less often. */
let nextSnapshot = 0;
/** What a single step still has to reach; null when none is under way. */
let goal: { unit: 'epoch' | 'stage'; reached: (status: Status) => boolean } | null = null;
const speed = { since: performance.now(), steps: 0, value: 0 };

function send(message: FromWorker, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}

function isSplit(): boolean {
  return session.status().rows.train > 0;
}

function axes(): [number, number] {
  const columns = session.status().columns.length;
  if (chosenAxes !== null && Math.max(...chosenAxes) < columns) return chosenAxes;
  return isSplit() ? session.axes() : [0, Math.min(1, Math.max(0, columns - 1))];
}

function neuronStep(status: Status): NeuronStep | null {
  return mayBeNeuron && status.rows.train > 0 ? ifAnswered(() => session.neuronStep()) : null;
}

function lossLog(status: Status): LossLog | null {
  if (!watched.log) return null;
  if (baseline?.run !== run && status.parameters > 0) {
    const value = ifAnswered(() => session.measures('train').baseline);
    baseline = value === null ? null : { run, value };
  }
  return { lines: session.lossLog(logEvery), baseline: baseline?.run === run ? baseline.value : null };
}

function gridNow(status: Status, x: number, y: number): Grid | null {
  if (status.step === 0 || status.failure !== null) return null;
  if (plane !== null && status.columns.length === 2) return gridOver(session, plane, gridResolution);
  return session.grid(gridResolution, x, y);
}

function makeSnapshot(): Snapshot {
  const status = session.status();
  shownEpoch = status.epoch;
  const [x, y] = axes();
  const pointsKey = `${run} ${x} ${y} ${status.rows.train} ${status.finished}`;
  const pointsChanged = pointsKey !== sentPoints && isSplit();
  if (pointsChanged) sentPoints = pointsKey;
  const history = session.history(sentEpoch);
  sentEpoch = history.length > 0 ? (history[history.length - 6] ?? sentEpoch) : sentEpoch;
  return {
    status,
    running,
    run,
    history,
    axes: [x, y],
    grid: gridNow(status, x, y),
    points: pointsChanged ? session.points(x, y) : null,
    neuron: neuronStep(status),
    moment: motion.moment,
    diagnosis: session.diagnosis(),
    log: lossLog(status),
    network: network.take(
      session,
      rest === 'there' ? watched.network : null,
      { run, step: status.step, finished: status.finished, axes: [x, y] },
      running || goal !== null,
    ),
    judged: judged.take(
      session,
      rest === 'there' ? watched : { decisions: null, reports: null },
      { run, step: status.step, finished: status.finished },
      running || goal !== null,
    ),
    stepsPerSecond: speed.value,
  };
}

/** Sends a snapshot when there is something new and the page has drawn the last one. */
function show(now: boolean): void {
  dirty = true;
  const started = performance.now();
  if (!acknowledged || (!now && started < nextSnapshot)) return;
  dirty = false;
  acknowledged = false;
  send({ type: 'snapshot', snapshot: makeSnapshot() });
  const cost = performance.now() - started;
  nextSnapshot = started + Math.max(snapshotMilliseconds, cost * (1 + pausePerSnapshot));
}

/** Once the page has its first frame. What cannot be fetched now is waited for by whatever needs it. */
function fetchRest(): void {
  const isAwaited = !isTold || running; // a run that is about to begin, or has
  if (rest !== 'unasked' || (isAwaited && shownEpoch === 0)) return;
  rest = 'asked';
  const go = () => {
    rest = 'there';
    tellWhole();
    show(false);
  };
  engine.loadRest().then(go, go);
}

function keep(): void {
  const bytes = run === 0 || rest !== 'there' ? null : keeper.take(session, run);
  if (bytes !== null) send({ type: 'checkpoint', bytes }, [bytes.buffer]);
}

function measureSpeed(steps: number): void {
  speed.steps += steps;
  const seconds = (performance.now() - speed.since) / 1000;
  if (seconds < 0.5) return;
  speed.value = speed.steps / seconds;
  speed.since = performance.now();
  speed.steps = 0;
}

function tick(): void {
  timer = undefined;
  if (goal !== null) return approach(goal);
  if (!running) return;
  const started = performance.now();
  const before = session.status();
  const move = pace === 'motion' ? null : nextMove(pace, before);
  if (move !== null) motion.clear();
  try {
    if (move === null) motion.advance(session);
    else if (move.kind === 'stage') session.stepStage();
    else if (move.kind === 'epochs') session.advance(sliceMilliseconds, Math.min(move.count, 1_000_000));
    else for (let i = 0; i < move.count && session.status().stage === 'train'; ++i) session.stepBatch();
  } catch {
    running = false; // the status carries the failure
    motion.clear();
  }
  const status = session.status();
  measureSpeed(status.step - before.step);
  if (status.finished) running = false;
  show(!running);
  keep();
  const wait = move === null ? motion.wait : move.wait - (performance.now() - started);
  if (running) timer = setTimeout(tick, Math.max(0, wait));
}

/** A slice of the way to the end of the epoch or stage, so that other calls are heard in between. */
function approach({ unit, reached }: NonNullable<typeof goal>): void {
  const until = performance.now() + sliceMilliseconds;
  try {
    do {
      if (unit === 'epoch') session.advance(sliceMilliseconds, 1);
      else if (session.status().stage === 'train') session.stepBatch();
      else session.stepStage();
    } while (!isOver() && !reached(session.status()) && performance.now() < until);
  } catch {
    goal = null; // the status carries the failure
  }
  if (isOver() || reached(session.status())) goal = null;
  if (goal === null) motion.end(session.status());
  show(goal === null);
  wake();
}

function isOver(): boolean {
  const { finished, failure } = session.status();
  return finished || failure !== null;
}

function visits(status: Status, stage: string): number {
  return status.stages.find(({ id }) => id === stage)?.visits ?? 0;
}

function wake(): void {
  clearTimeout(timer);
  timer = running || goal !== null ? setTimeout(tick, goal === null ? motion.wait : 0) : undefined;
}

/** The field is set whatever its data comes to: a stage that fails is told by the status. */
function showData(): void {
  try {
    workDataStages(session);
  } catch (error) {
    if (!(error instanceof AthanorError)) throw error;
  }
}

function beginRun(): void {
  goal = null;
  motion.clear();
  ++run;
  sentEpoch = 0;
  sentPoints = '';
  speed.since = performance.now();
  speed.steps = 0;
  speed.value = 0;
}

/** A session at its beginning. Everything that can be wrong with a document or its data shows before anything is given up. */
function tried(document: unknown): Session {
  const next = engine.createSession(document);
  try {
    workDataStages(next);
    next.rewind();
    return next;
  } catch (error) {
    next.delete();
    throw error;
  }
}

function open(document: unknown): void {
  adopt(tried(document));
}

function adopt(next: Session): void {
  if (run > 0) session.delete();
  session = next;
  mayBeNeuron = session.document().model.layers.length === 0;
  chosenAxes = null;
  beginRun();
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
  async start({ document, checkpoint, engineBase }) {
    engine = await loadEngine({ base: engineBase, restLater: true });
    let refused: Problem | null = null;
    const restored = tryRestore(checkpoint);
    try {
      if (!restored) open(document);
    } catch (error) {
      refused = problemOf(error);
      open({});
    }
    return {
      variant: engine.variant,
      version: engine.version(),
      document: session.document(),
      defaults: engine.defaults(),
      fields: engine.fields(),
      generators: engine.generators(),
      restored,
      refused,
    };
  },
  load({ document, shows = false, stops = false }) {
    open(document);
    if (stops) running = false;
    if (shows && !running) showData();
    return session.document();
  },
  set({ path, value }) {
    const wasOver = isOver();
    // Other rows: like another document.
    if (path === 'data.table.csv') {
      const { data, ...rest } = session.document();
      tried({ ...rest, data: { ...data, table: { ...data.table, csv: value } } }).delete();
    }
    if (session.set(path, value) === 'restart') {
      session.rewind();
      beginRun();
      // A run that had ended goes on with the new setting; one that was paused stays so, but shows its data.
      if (wasOver) running = true;
      else if (!running) showData();
    }
    const document = session.document();
    mayBeNeuron = document.model.layers.length === 0;
    return document;
  },
  run({ running: wanted }) {
    isTold = true;
    running = wanted;
    goal = null;
    motion.hurry();
    if (running && (session.status().finished || session.status().failure !== null)) {
      session.rewind();
      beginRun();
    }
    return null;
  },
  pace({ pace: wanted }) {
    pace = wanted;
    motion.hurry();
    return null;
  },
  step({ unit }) {
    running = false;
    const before = session.status();
    motion.begin(unit, before.stage);
    if (unit === 'batch') {
      goal = null;
      session.stepBatch();
      motion.end(session.status());
    } else if (unit === 'epoch') {
      const target = visits(before, 'evaluate') + 1;
      goal = { unit, reached: (status) => visits(status, 'evaluate') >= target };
    } else {
      goal = { unit, reached: (status) => status.stage !== before.stage };
    }
    return null;
  },
  rewind() {
    session.rewind();
    beginRun();
    return null;
  },
  recover() {
    session.recover();
    // Epochs that are gone must go from the curves too.
    beginRun();
    return null;
  },
  showData() {
    showData();
    return null;
  },
  axes({ x, y }) {
    chosenAxes = x === null ? null : [x, y];
    return null;
  },
  sheet: ({ document }) => sheetOf(engine, document),
  plane({ plane: wanted }) {
    plane = wanted;
    return null;
  },
  readCsv: ({ text, choices }) => engine.readCsv(text, choices),
  cleaned: () => session.cleaned(),
  samples: async ({ generators, points }) => {
    await whole;
    return generators.map((generator) => samplesOf(engine, generator, points));
  },
  weights: () => session.weights(mostListed),
  setParameter({ name, index, value }) {
    session.setParameter(name, index, value);
    network.changed();
    judged.changed();
    keeper.changed();
    keep(); // no step need follow
    return { loss: ifAnswered(() => session.measures('train').loss) };
  },
  watch(wanted) {
    watched = wanted;
    return null;
  },
  trace: ({ sample, layer, unit, input }) => session.stepTrace(sample, layer, unit, input),
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
  try {
    const value = await handler(request.args);
    send({ type: 'result', id: request.id, value });
  } catch (error) {
    send({ type: 'error', id: request.id, error: problemOf(error) });
  }
  if (run > 0) {
    show(true);
    wake();
  }
}

onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'acknowledge') {
    acknowledged = true;
    fetchRest();
    if (dirty) show(!running);
  } else if (data.type === 'ping') {
    send({ type: 'pong' });
  } else {
    void answer(data);
  }
};
