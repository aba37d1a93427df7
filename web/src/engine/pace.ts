// How fast a run goes: pure decisions, so that they can be tested without a clock.
import type { Status } from 'athanor';
import type { Pace } from './protocol';

/** What the worker does next, and how long it waits afterwards. */
export type Move =
  | { kind: 'stage'; wait: number }
  | { kind: 'batches'; count: number; wait: number }
  | { kind: 'epochs'; count: number; wait: number };

/** A stage of the data is lit this long, so that an eye can follow. */
export const stageMilliseconds = 90;
const epochMilliseconds = { slow: 1000, normal: 40 } as const;
/** No tick is shorter: drawing is not faster either. */
const shortestTick = 16;
export const dataStages: readonly string[] = ['prepare', 'clean', 'augment', 'split'];

export function nextMove(
  pace: Exclude<Pace, 'motion'>,
  status: Pick<Status, 'stage' | 'batchesPerEpoch'>,
): Move {
  if (pace === 'full') return { kind: 'epochs', count: Number.MAX_SAFE_INTEGER, wait: 0 };
  if (dataStages.includes(status.stage)) return { kind: 'stage', wait: stageMilliseconds };
  if (pace === 'normal') return { kind: 'epochs', count: 1, wait: epochMilliseconds.normal };
  if (status.stage !== 'train') return { kind: 'stage', wait: stageMilliseconds };
  const batches = Math.max(1, status.batchesPerEpoch);
  const tick = Math.max(shortestTick, epochMilliseconds.slow / batches);
  return {
    kind: 'batches',
    count: Math.max(1, Math.round((batches * tick) / epochMilliseconds.slow)),
    wait: tick,
  };
}
