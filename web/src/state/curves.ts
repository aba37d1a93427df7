// The training curves, column by column, as uPlot takes them.

/** A score is the accuracy, where values are learnt R². */
export interface Curves {
  epoch: number[];
  trainLoss: number[];
  validationLoss: number[];
  trainScore: number[];
  validationScore: number[];
  learningRate: number[];
}

export function emptyCurves(): Curves {
  return {
    epoch: [],
    trainLoss: [],
    validationLoss: [],
    trainScore: [],
    validationScore: [],
    learningRate: [],
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

export function copyOf(curves: Curves): Curves {
  const copy = emptyCurves();
  for (const name of Object.keys(copy) as (keyof Curves)[]) copy[name] = [...curves[name]];
  return copy;
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
