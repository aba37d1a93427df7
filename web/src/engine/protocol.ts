// The messages between the page and the worker that holds the engine: all of them, typed, in this one file.
import type { Moment } from './motion';
import type {
  Decisions,
  Diagnosis,
  Experiment,
  Field,
  Generator,
  Grid,
  LayerWeights,
  NeuronMaps,
  NeuronStep,
  PartReport,
  Points,
  Preset,
  Problem,
  Session,
  Status,
  StageId,
  StepTrace,
  TableReport,
  ThresholdReport,
  TrackedName,
  UnitView,
  ValidationReport,
  Variant,
} from 'athanor';

export type TableChoices = Partial<Pick<Experiment['data']['table'], 'target' | 'task' | 'columns'>>;
/** What a document says of one column. */
export type ColumnChoice = Experiment['data']['table']['columns'][number];

/** What the engine found out of a column, the document's choices included. */
export type ColumnReport = TableReport['columns'][number];
export type ColumnKind = ColumnReport['kind'];

export type Pace = 'motion' | 'slow' | 'normal' | 'full';
export type StepUnit = 'batch' | 'epoch' | 'stage';

/** What of the next step is looked into: a sample of the batch, a neuron, and one of its weights or its bias, from 0. */
export interface TracePlace {
  sample: number;
  /** Hidden layers, then the output layer. */
  layer: number;
  unit: number;
  /** The weights, then the bias. */
  input: number;
}

/** A row that cleaning dropped or relabelled: its number from 0, in units of the data; `target` is its class or value. */
export type CleanedRow = ReturnType<Session['cleaned']>[number];

/** Some points of a generator, to draw it small. */
export interface Sample {
  name: string;
  /** One column: `y` is the value. */
  x: Float32Array;
  y: Float32Array;
  /** The class, and for regression the value. */
  label: Uint8Array;
  value: Float32Array;
}

/** What of the network is drawn: so many neurons of every layer, and one of them in numbers. */
export interface WatchedNetwork {
  units: number;
  /** Hidden layers from 0, then the output layer. */
  unit: { layer: number; unit: number } | null;
}

/** The network as it is drawn. */
export interface DrawnNetwork {
  weights: LayerWeights[];
  /** Of the neurons that are drawn: `units` says how many of each hidden layer. */
  maps: NeuronMaps;
  unit: (UnitView & { layer: number }) | null;
}

export type PartName = 'train' | 'validation' | 'test';

/** What each row of a part is taken for; with a threshold, of two classes, for the second one from that probability on. */
export interface WatchedDecisions {
  part: PartName;
  threshold: number | null;
}

/** Everything that can be measured of all parts, and the counts of one of them at a threshold for one class. */
export interface WatchedReports {
  part: PartName;
  positive: number;
  threshold: number;
}

/** Null where there is nothing to measure: a sealed part, real values, a run that has diverged. */
export interface Judged {
  decisions: (Decisions & WatchedDecisions) | null;
  reports: Record<PartName, PartReport | null> | null;
  at: (ThresholdReport & WatchedReports) | null;
}

/** Experiments run beside the page's own to be compared: `done` of `count` of them, in parts of them, and what each came to. */
export interface Trials {
  count: number;
  done: number;
  finished: boolean;
  results: {
    rows: Status['rows'];
    epochs: number;
    train: Status['measures']['train'];
    validation: Status['measures']['validation'];
  }[];
}

/** The data of a document, to be edited. */
export interface SheetData {
  task: Status['task'];
  /** Points are given only when there are two, and numeric. */
  columns: string[];
  isNumeric: boolean;
  /** The name of the target; empty for generators. */
  target: string;
  classes: string[];
  x: Float32Array;
  y: Float32Array;
  /** The class, and for regression the value. */
  label: Uint8Array;
  value: Float32Array;
}

/** A rectangle of the first two columns, in units of the data. */
export interface PlaneRange {
  x: readonly [number, number];
  y: readonly [number, number];
}

/** Calls that are answered: name → arguments and result. */
export interface Calls {
  /** With a checkpoint the session goes on from there; one that cannot be restored gives way to the document. */
  start: {
    args: {
      document: unknown;
      checkpoint: Uint8Array<ArrayBuffer> | null;
      engineBase: string;
      wanted: Wanted;
    };
    result: Started;
  };
  /** `shows`: also while paused its data is there to see. `stops`: a run does not go on with it. `resumes`: one that is over does,
   * which may have come about before the page has heard of it. One that is refused changes nothing. */
  load: {
    args: { document: unknown; shows?: boolean; stops?: boolean; resumes?: boolean };
    result: Experiment;
  };
  set: { args: { path: string; value: unknown }; result: Experiment };
  run: { args: { running: boolean }; result: null };
  pace: { args: { pace: Pace }; result: null };
  step: { args: { unit: StepUnit }; result: null };
  rewind: { args: Record<never, never>; result: null };
  /** Works through the stages of the data, so that there is something to look at before anything is trained. */
  showData: { args: Record<never, never>; result: null };
  /** After divergence: back to the last sound state. */
  recover: { args: Record<never, never>; result: null };
  axes: { args: { x: number; y: number } | { x: null; y: null }; result: null };
  /** All points of a document's data, as they are before cleaning. */
  sheet: { args: { document: Experiment }; result: SheetData };
  /** The plane that the grid of snapshots covers; null: that of the training rows. */
  plane: { args: { plane: PlaneRange | null }; result: null };
  /** `choices` is what the document says of its table (the section data.table, or parts of it). */
  readCsv: { args: { text: string; choices: TableChoices }; result: TableReport };
  /** What cleaning did in the run at hand, in the order it was done. */
  cleaned: { args: Record<never, never>; result: CleanedRow[] };
  /** A few points of each of these generators. */
  samples: { args: { generators: string[]; points: number }; result: Sample[] };
  /** What the page shows just now beside what it always shows: only that is computed for the snapshots. */
  watch: {
    args: {
      log: boolean;
      network: WatchedNetwork | null;
      decisions: WatchedDecisions | null;
      reports: WatchedReports | null;
    };
    result: null;
  };
  /** The first weights of every layer, more of them than are drawn. */
  weights: { args: Record<never, never>; result: LayerWeights[] };
  /** Changes one trained number under way; gives the loss over the training part with it. */
  setParameter: { args: { name: string; index: number; value: number }; result: { loss: number | null } };
  /** Takes a neuron of a hidden layer out of the network under way; gives the document that goes with it and the loss over the
   * training part without it. */
  removeNeuron: {
    args: { layer: number; unit: number };
    result: { document: Experiment; loss: number | null };
  };
  /** The next step, followed through one neuron. */
  trace: { args: TracePlace; result: StepTrace };
  /** `begin` deals a document's rows into folds, `go` works at them for a moment, `end` gives up whatever is left. */
  crossValidate: {
    args: { act: 'begin'; document: Experiment; folds: number } | { act: 'go' } | { act: 'end' };
    result: ValidationReport | null;
  };
  /** The same for experiments that are run to their ends, one after the other. */
  compare: {
    args: { act: 'begin'; documents: Experiment[] } | { act: 'go' } | { act: 'end' };
    result: Trials | null;
  };
  presets: { args: Record<never, never>; result: Preset[] };
  mermaid: {
    args: {
      labels: Record<StageId, string>;
      edgeLabels: { yes: string; no: string };
      direction: 'LR' | 'TB';
    };
    result: string;
  };
}
export type CallName = keyof Calls;

/** Which build of the engine: one of those of one thread, or what is fastest here. `relaxed` needs a browser that has it. */
export type Wanted = 'simd' | 'relaxed' | 'fastest';

/** Which one it is, and why, once that is known: it was asked for; the browser has no relaxed SIMD; there is one processor; steps are too small
 * for threads, or large enough; the page may not share memory; the one with threads could not be had. */
export interface EngineInUse {
  variant: Variant;
  threads: number;
  why: 'asked' | 'browser' | 'alone' | 'small' | 'large' | 'unshared' | 'failed';
}

/** What the page needs once, when the engine stands. */
export interface Started {
  /** Of one thread: what every run begins in. */
  variant: Exclude<Variant, 'threads'>;
  version: string;
  document: Experiment;
  defaults: Experiment;
  fields: Field[];
  generators: Generator[];
  /** Whether the session goes on from the checkpoint. */
  restored: boolean;
  /** Set when the given document was refused; the session then runs the default one. */
  refused: Problem | null;
}

/** A line every so many steps, as listings print it. */
export interface LossLog {
  /** step, loss, step, loss, … */
  lines: Float64Array;
  /** The loss of whoever always answers with the mean of the targets; null before there is a network. */
  baseline: number | null;
}

/** What there is to draw. Sent when something changed, never before the last one was acknowledged. */
export interface Snapshot {
  status: Status;
  running: boolean;
  /** The last call that came before it: what was asked for later does not show in it. */
  heard: number;
  /** Counts rewinds and loads: a new number means that the curves begin anew. */
  run: number;
  /** New rows of six numbers (see Session.history) since the last snapshot of this run. */
  history: Float64Array;
  /** What else was measured in those epochs, as Session.measureHistory has it; null while there is nothing new. */
  measures: { names: TrackedName[]; rows: Float64Array } | null;
  axes: [number, number];
  grid: Grid | null;
  /** Only when the points changed. */
  points: Points | null;
  /** The next step of a single sigmoid neuron; null for any other network. */
  neuron: NeuronStep | null;
  /** What is being told in slow motion, or what a single step did; null while nothing is. */
  moment: Moment | null;
  /** What the curves say; null as long as the first frame is waited for. */
  diagnosis: Diagnosis | null;
  /** Only when watched. */
  log: LossLog | null;
  /** Only when watched and new; null before there is a network, too. */
  network: DrawnNetwork | null;
  /** Only when watched and new. */
  judged: Judged | null;
  /** Optimiser steps per second, over about the last half second. */
  stepsPerSecond: number;
}

export type Request = {
  [Name in CallName]: { type: 'call'; id: number; name: Name; args: Calls[Name]['args'] };
}[CallName];
/** A worker that does not answer a ping is dead or hangs. */
export type ToWorker = Request | { type: 'acknowledge' } | { type: 'ping' };

export type FromWorker =
  | { type: 'result'; id: number; value: Calls[CallName]['result'] }
  | { type: 'error'; id: number; error: Problem }
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'pong' }
  /** Why the build in use is this one, or that another goes on with the run. */
  | { type: 'engine'; engine: EngineInUse }
  /** The session as it stands, to go on from in another worker; every few seconds while it changes. */
  | { type: 'checkpoint'; bytes: Uint8Array<ArrayBuffer> };
