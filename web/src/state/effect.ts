// What a cure has done to the losses.
import type { Curves } from './curves';

/** The curves when it was taken, and the run they belong to. */
export interface Before {
  before: Curves;
  run: number;
}

export interface Losses {
  train: number;
  /** NaN without a validation part. */
  validation: number;
}

export interface Effect {
  /** At the same epoch of both runs, or since that epoch of this one. */
  compares: 'runs' | 'epochs';
  epoch: number;
  before: Losses;
  now: Losses;
}

/** A single epoch of a small part says little: means of so many are compared, as the engine's diagnosis does. */
const smoothed = 5;

/** Means over the last of the first `count` epochs. */
function lossesAt({ trainLoss, validationLoss }: Curves, count: number): Losses {
  const mean = (values: number[]) => {
    const last = values.slice(Math.max(0, count - smoothed), count);
    return last.reduce((sum, value) => sum + value, 0) / last.length;
  };
  return { train: mean(trainLoss), validation: mean(validationLoss) };
}

/** What a cure has done to the losses; null as long as there is nothing to compare. */
export function effectOf(taken: Before, curves: Curves, run: number): Effect | null {
  const [was, is] = [taken.before.epoch.length, curves.epoch.length];
  if (run !== taken.run) {
    const count = Math.min(was, is);
    const epoch = curves.epoch[count - 1];
    if (epoch === undefined) return null;
    const [before, now] = [lossesAt(taken.before, count), lossesAt(curves, count)];
    return { compares: 'runs', epoch, before, now };
  }
  const epoch = taken.before.epoch[was - 1];
  if (epoch === undefined || is <= was) return null;
  const [before, now] = [lossesAt(taken.before, was), lossesAt(curves, is)];
  return { compares: 'epochs', epoch, before, now };
}
