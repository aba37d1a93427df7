// What is said of a stage beside its name: how it stands, its figures, what it does, and what of the time it took.
import type { StageId, StageStatus, Status } from 'athanor';
import { timeShares } from '../charts/flowchart';
import type { Catalogue } from '../messages/catalogue';
import { texts } from '../messages/current.svelte';
import { cleanFigures } from './cleaned';
import { fill, formatNumber, formatPercent } from './format';
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

/** The figures of each stage, as text; empty before its first visit. */
function figuresOf(t: Catalogue, status: Status): Record<StageId, string> {
  const result = {} as Record<StageId, string>;
  for (const { id, figures: given } of status.stages) {
    const shown: Record<string, string> = {};
    for (const [name, value] of Object.entries(given)) {
      shown[name] = name === 'accuracy' || name === 'f1' ? formatPercent(value) : formatNumber(value);
    }
    let sentence: string = t.stageFigures[id];
    if (id === 'clean') {
      const { removed, relabelled } = cleanFigures(given, playground.document?.clean.labels === 'relabel');
      Object.assign(shown, { removed, relabelled });
      if (relabelled > 0) sentence = t.relabelledFigure;
    }
    if ((id === 'evaluate' || id === 'finish') && status.task === 'regression') sentence = t.valueFigure;
    const text = Object.keys(given).length === 0 ? '' : fill(sentence, shown);
    result[id] = text.includes('{') ? '–' : text;
  }
  return result;
}

/** Worked out once, whoever shows it; null before the first snapshot. */
class StagesTold {
  /** What each stage does, and what of the time it took. */
  readonly hints = $derived(playground.status === null ? null : hintsOf(texts.current, playground.status));
  readonly figures = $derived(
    playground.status === null ? null : figuresOf(texts.current, playground.status),
  );
}
export const stagesTold = new StagesTold();

/** How a stage stands, in a word. The one that is due while nothing runs is where the run stands. */
export function wordOf({ state }: Pick<StageStatus, 'state'>, isRunning: boolean): StageWord {
  if (state !== 'active') return state;
  return isRunning ? 'running' : 'standing';
}
