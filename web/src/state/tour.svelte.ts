// The tour of the page: its stops, where they are on the page, and whether it is offered.
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { store, stored } from './settings.svelte';
import { view } from './view';

export const stops = ['flowchart', 'data', 'network', 'picture', 'curves'] as const;
export type Stop = (typeof stops)[number];
/** Beside the stops: where the focus goes when what had it is gone, and the panels that stages lead to. */
export type Place = Stop | 'start' | 'preparation' | 'training' | 'measures';

const key = 'tour';
const session = 'athanor.tour';

/** A first visit lasts as long as its tab: reloading it is no second one. Who is not remembered, being in an embed or in a
 * browser that keeps nothing, is not asked, nor is who came for somebody's experiment. */
function isFirstVisit(): boolean {
  if (view.isEmbed || location.hash.startsWith('#d=')) return false;
  try {
    const known = stored(key);
    if (known !== null) return known === 'offered' && sessionStorage.getItem(session) !== null;
    store(key, 'offered');
    sessionStorage.setItem(session, '');
    return stored(key) !== null;
  } catch {
    return false;
  }
}

class Tour {
  isOffered = $state(isFirstVisit());
  readonly #places = new SvelteMap<Place, HTMLElement>();

  /** For `{@attach tour.at('data')}` on the element that a stop is about. */
  at(name: Place): (element: HTMLElement) => () => void {
    return (element) => {
      untrack(() => this.#places.set(name, element));
      return () => {
        if (this.#places.get(name) === element) this.#places.delete(name);
      };
    };
  }
  place(name: Place): HTMLElement | undefined {
    return this.#places.get(name);
  }

  /** Taken or declined: not offered again, now or later. */
  answer(): void {
    this.isOffered = false;
    store(key, 'answered');
  }
}

export const tour = new Tour();
