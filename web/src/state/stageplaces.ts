// Where on the page each stage of the flowchart is set and seen; fetched when a stage is first chosen.
import type { StageId } from 'athanor';
import type { Ring } from './moment';
import { leadTo } from './panels';
import { shell } from './shell.svelte';
import { view } from './view';

/** The panel of each stage, and what stands in for it where an embed does not show that. */
const panelsOf: Record<StageId, readonly Ring[]> = {
  prepare: ['data'],
  clean: ['preparation', 'data'],
  augment: ['preparation', 'data'],
  split: ['preparation', 'data'],
  done: ['training'],
  train: ['network', 'boundary'],
  evaluate: ['measures', 'curves'],
  optimise: ['training'],
  finish: ['measures', 'curves'],
};
/** The conditions of the end and the cure of a plateau lie in the fold of the training strip. */
const unfolds: ReadonlySet<StageId> = new Set(['done', 'optimise']);

/** Tells of a stage, and leads to the panel it is about. */
export async function showStage(stage: StageId): Promise<void> {
  shell.stage = stage;
  const panel = panelsOf[stage].find((name) => view.shows(name));
  if (panel !== undefined) await leadTo(panel, { unfolds: unfolds.has(stage) });
}
