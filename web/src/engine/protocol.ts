// The messages between the page and the worker that holds the engine: all of them, typed, in this one file.
import type {
  Experiment,
  Field,
  Grid,
  Points,
  Problem,
  Status,
  StageId,
  TableReport,
  Variant,
} from 'athanor';

export type Pace = 'slow' | 'normal' | 'full';
export type StepUnit = 'batch' | 'epoch' | 'stage';

/** Calls that are answered: name → arguments and result. */
export interface Calls {
  start: { args: { document: unknown; engineBase: string }; result: Started };
  load: { args: { document: unknown }; result: Experiment };
  set: { args: { path: string; value: unknown }; result: Experiment };
  run: { args: { running: boolean }; result: null };
  pace: { args: { pace: Pace }; result: null };
  step: { args: { unit: StepUnit }; result: null };
  rewind: { args: Record<never, never>; result: null };
  axes: { args: { x: number; y: number } | { x: null; y: null }; result: null };
  readCsv: { args: { text: string; target: string }; result: TableReport };
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

/** What the page needs once, when the engine stands. */
export interface Started {
  variant: Variant;
  version: string;
  document: Experiment;
  defaults: Experiment;
  fields: Field[];
  /** Set when the given document was refused; the session then runs the default one. */
  refused: Problem | null;
}

/** What there is to draw. Sent when something changed, never before the last one was acknowledged. */
export interface Snapshot {
  status: Status;
  running: boolean;
  /** Counts rewinds and loads: a new number means that the curves begin anew. */
  run: number;
  /** New rows of six numbers (see Session.history) since the last snapshot of this run. */
  history: Float64Array;
  axes: [number, number];
  grid: Grid | null;
  /** Only when the points changed. */
  points: Points | null;
  /** Optimiser steps per second, over about the last half second. */
  stepsPerSecond: number;
}

export type Request = {
  [Name in CallName]: { type: 'call'; id: number; name: Name; args: Calls[Name]['args'] };
}[CallName];
export type ToWorker = Request | { type: 'acknowledge' };

export type FromWorker =
  | { type: 'result'; id: number; value: Calls[CallName]['result'] }
  | { type: 'error'; id: number; error: Problem }
  | { type: 'snapshot'; snapshot: Snapshot };
