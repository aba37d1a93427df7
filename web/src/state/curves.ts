// The training curves, column by column, as uPlot takes them.
import type { Status, TrackedName } from 'athanor';
import type { Snapshot } from '../engine/protocol';

/** What is learnt: classes, or real values. */
export type Task = Status['task'];
/** What a chart beside that of the loss shows. */
export type Third = TrackedName | 'rate';

export type CurvePart = 'train' | 'validation';
export type PartColumns = Record<CurvePart, number[]>;

/** A score is the accuracy, where values are learnt R². */
export interface Curves {
  epoch: number[];
  trainLoss: number[];
  validationLoss: number[];
  trainScore: number[];
  validationScore: number[];
  learningRate: number[];
  /** What the engine tracks beside them, of the first `measured` epochs. */
  measures: Partial<Record<TrackedName, PartColumns>>;
  measured: number;
}

export function emptyCurves(): Curves {
  return {
    epoch: [],
    trainLoss: [],
    validationLoss: [],
    trainScore: [],
    validationScore: [],
    learningRate: [],
    measures: {},
    measured: 0,
  };
}

/** NaN stands for "none" in the engine's numbers; charts leave it out. */
function pushRow(curves: Curves, row: Float64Array): void {
  const columns = [
    curves.epoch,
    curves.trainLoss,
    curves.validationLoss,
    curves.trainScore,
    curves.validationScore,
    curves.learningRate,
  ];
  columns.forEach((column, i) => column.push(row[i] ?? NaN));
}

/** New rows of six numbers (see Session.history); the learning rate is the last. */
export function pushRows(curves: Curves, history: Float64Array): void {
  for (let at = 0; at < history.length; at += 6) pushRow(curves, history.subarray(at, at + 6));
}

/** Rows of a pair for each name: train and validation. */
export function pushMeasures(curves: Curves, { names, rows }: NonNullable<Snapshot['measures']>): void {
  const width = 2 * names.length;
  names.forEach((name, i) => {
    const { train, validation } = (curves.measures[name] ??= { train: [], validation: [] });
    for (let at = 2 * i; at < rows.length; at += width) {
      train.push(rows[at] ?? NaN);
      validation.push(rows[at + 1] ?? NaN);
    }
  });
  curves.measured += rows.length / width;
}

export function copyOf(curves: Curves): Curves {
  return structuredClone(curves);
}

/**
 * An exponential moving average: each value's share of the next is `factor`, 0 leaves the values as they are. The first
 * values are corrected as Adam's are, else they would hang at the first one. What is none stays none.
 */
export function smooth(values: readonly number[], factor: number): number[] {
  let sum = 0;
  let weight = 0;
  return values.map((value) => {
    if (Number.isNaN(value)) return NaN;
    sum = factor * sum + (1 - factor) * value;
    weight = factor * weight + (1 - factor);
    return sum / weight;
  });
}
