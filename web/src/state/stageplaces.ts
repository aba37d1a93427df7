// Where on the page each stage of the flowchart is set and seen; fetched when a stage is first chosen.
import type { StageId } from 'athanor';
import { tick } from 'svelte';
import type { Ring } from './moment';
import { playground } from './playground.svelte';
import { shell, type Tab } from './shell.svelte';
import { tour, type Place } from './tour.svelte';
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
const tabOf: Record<Ring, Tab> = {
  data: 'data',
  preparation: 'data',
  network: 'model',
  boundary: 'model',
  training: 'training',
  curves: 'results',
  measures: 'results',
};
/** The conditions of the end and the cure of a plateau lie in the fold of the training strip. */
const unfolds: ReadonlySet<StageId> = new Set(['done', 'optimise']);

function placeOf(panel: Ring): Place {
  return panel === 'boundary' ? 'picture' : panel;
}

/** Tells of a stage, and brings the panel it is about before the person: opened, on screen, ringed, with the focus. */
export async function showStage(stage: StageId): Promise<void> {
  shell.stage = stage;
  const panel = panelsOf[stage].find((name) => view.shows(name));
  if (panel === undefined) return;
  shell.tab = tabOf[panel];
  if (panel === 'preparation') playground.preparationOpen = true;
  await tick();
  const place = tour.place(placeOf(panel));
  if (place === undefined) return;
  const fold = unfolds.has(stage) ? place.querySelector('details') : null;
  if (fold !== null) fold.open = true;
  shell.ring = panel;
  const inside = (fold ?? place).querySelector<HTMLElement>(':scope > summary');
  if (inside === null) place.tabIndex = -1;
  const target = inside ?? place;
  target.focus({ preventScroll: true });
  place.scrollIntoView({ block: 'nearest' });
  // The ring says where the focus went; it goes when the focus leaves the panel.
  const leave = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof Node && place.contains(relatedTarget)) return;
    place.removeEventListener('focusout', leave);
    // Focus also leaves what is taken off the page, in the midst of an update that must not change what it shows.
    queueMicrotask(() => {
      if (shell.ring === panel) shell.ring = null;
    });
  };
  place.addEventListener('focusout', leave);
}
