// The training curves, column by column, as uPlot takes them.

/** A score is the accuracy, where values are learnt R². */
export interface Curves {
  epoch: number[];
  trainLoss: number[];
  validationLoss: number[];
  trainScore: number[];
  validationScore: number[];
}

export function emptyCurves(): Curves {
  return { epoch: [], trainLoss: [], validationLoss: [], trainScore: [], validationScore: [] };
}

/** NaN stands for "none" in the engine's numbers; charts leave it out. */
function pushRow(curves: Curves, row: Float64Array): void {
  const [epoch = 0, trainLoss = NaN, validationLoss = NaN, trainScore = NaN, validationScore = NaN] = row;
  curves.epoch.push(epoch);
  curves.trainLoss.push(trainLoss);
  curves.validationLoss.push(validationLoss);
  curves.trainScore.push(trainScore);
  curves.validationScore.push(validationScore);
}

/** New rows of six numbers (see Session.history); the learning rate is the last. */
export function pushRows(curves: Curves, history: Float64Array): void {
  for (let at = 0; at < history.length; at += 6) pushRow(curves, history.subarray(at, at + 6));
}
