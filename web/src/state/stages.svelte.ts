// What is said of a stage beside its name: how it stands, what it does, and what of the time it took.
import type { StageId, StageStatus, Status } from 'athanor';
import { timeShares } from '../charts/flowchart';
import type { Catalogue } from '../messages/catalogue';
import { texts } from '../messages/current.svelte';
import { fill, formatPercent } from './format';
import { playground } from './playground.svelte';

function hintsOf(t: Catalogue, { stages }: Pick<Status, 'stages'>): Record<StageId, string> {
  const shares = timeShares(stages);
  return Object.fromEntries(
    stages.map(({ id, visits, state }, index) => {
      const share = fill(t.timeShare, { share: formatPercent(shares[index] ?? 0) });
      return [id, `${t.stageHints[id]} ${state === 'skipped' ? t.skipped : visits > 0 ? share : ''}`];
    }),
  ) as Record<StageId, string>;
}

export type StageWord = 'idle' | 'running' | 'standing' | 'done' | 'skipped' | 'failed';

class StageHints {
  /** What each stage does, and what of the time it took; worked out once, whoever shows it. Null before the first snapshot. */
  readonly now = $derived(playground.status === null ? null : hintsOf(texts.current, playground.status));
}
export const stageHints = new StageHints();

/** How a stage stands, in a word. The one that is due while nothing runs is where the run stands. */
export function wordOf({ state }: Pick<StageStatus, 'state'>, isRunning: boolean): StageWord {
  if (state !== 'active') return state;
  return isRunning ? 'running' : 'standing';
}
