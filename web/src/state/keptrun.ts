// A run that is kept to be compared, and how many of them are stored.
import type { Curves, Task } from './curves';
import type { MarkedExperiment } from './differences';

export interface KeptRun {
  id: number;
  name: string;
  /** Position of its colour; the run at hand has position 0. */
  colour: number;
  task: Task;
  document: MarkedExperiment;
  curves: Curves;
}

/** As many as can be told apart by their colours. */
export const mostKept = 7;
/** Numbers of curves that are stored: 16 MB. */
const mostStored = 2_000_000;

function numbersOf({ epoch, measures }: Curves): number {
  return epoch.length * (6 + 2 * Object.keys(measures).length);
}

/** Those that fit, the newest first; in their order. */
export function storable(runs: readonly KeptRun[], most = mostStored): KeptRun[] {
  let left = most;
  const fitting = [...runs].reverse().filter(({ curves }) => {
    const fits = numbersOf(curves) <= left;
    if (fits) left -= numbersOf(curves);
    return fits;
  });
  return fitting.reverse();
}

/** What was stored by this page, as far as it can be told; a shape that is no run would break every table and chart. */
export function isRun(value: unknown): value is KeptRun {
  const run = value as Partial<KeptRun> | null;
  return (
    typeof run?.id === 'number' &&
    typeof run.name === 'string' &&
    typeof run.colour === 'number' &&
    Array.isArray(run.curves?.epoch) &&
    typeof run.curves.measures === 'object' &&
    typeof run.document?.training?.loss === 'string'
  );
}
