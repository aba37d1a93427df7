// How the page leads to a panel, from the flowchart or from a dialog; fetched when somebody is first led.
import { tick } from 'svelte';
import type { Ring } from './moment';
import { playground } from './playground.svelte';
import { shell, type Tab } from './shell.svelte';
import { tour, type Place } from './tour.svelte';

const tabOf: Record<Ring, Tab> = {
  data: 'data',
  preparation: 'data',
  network: 'model',
  boundary: 'model',
  training: 'training',
  curves: 'results',
  measures: 'results',
};

function placeOf(panel: Ring): Place {
  return panel === 'boundary' ? 'picture' : panel;
}

interface Inside {
  /** The id of a control in the panel, which gets the focus. */
  control?: string;
  /** What the panel has folded away is meant. */
  unfolds?: boolean;
}

/** Brings a panel before the person: opened, on screen, ringed, with the focus. */
export async function leadTo(panel: Ring, { control, unfolds = false }: Inside = {}): Promise<void> {
  shell.tab = tabOf[panel];
  if (panel === 'preparation') playground.preparationOpen = true;
  await tick();
  const place = tour.place(placeOf(panel));
  if (place === undefined) return;
  const fold = unfolds ? place.querySelector('details') : null;
  if (fold !== null) fold.open = true;
  shell.ring = panel;
  const inside = (fold ?? place).querySelector<HTMLElement>(control ? `#${control}` : ':scope > summary');
  if (inside === null) place.tabIndex = -1;
  (inside ?? place).focus({ preventScroll: true });
  if (control && inside) inside.scrollIntoView({ block: 'center' });
  else place.scrollIntoView({ block: 'nearest' });
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
