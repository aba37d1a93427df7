// A cure that a person took, and the curves before it, for what comes of it to be compared with.
import type { Diagnosis } from 'athanor';
import { copyOf } from './curves';
import type { Before } from './effect';
import { playground } from './playground.svelte';

export type Cure = Diagnosis['cures'][number];

/** `anew`: a run that was over has begun again; `back`: one that had diverged goes on from its last sound epoch; `set`: the rest,
 * which go on with it or wait as they did. */
export type Way = 'anew' | 'back' | 'set';

export interface Taken extends Before {
  id: Cure['id'];
  way: Way;
  /** With the cure in it. What is changed after that is no effect of the cure any more. */
  document: unknown;
}

class Curing {
  #taken = $state.raw<Taken | null>(null);

  get taken(): Taken | null {
    return this.#taken?.document === playground.document ? this.#taken : null;
  }

  /** Sets what belongs to the cure. A run that is over begins again with it, so that there is an effect to be seen; one that has
   * diverged goes on from where its numbers were sound, if there is such a place. */
  async take(cure: Cure): Promise<void> {
    const { status, runNumber: run } = playground;
    const before = copyOf(playground.curves);
    const hasFailed = status?.failure != null;
    for (const { path, value } of cure.changes) await playground.set(path, value);
    let way: Way = 'set';
    if (hasFailed || status?.finished === true) {
      // Refused where a change has already begun another run, and where the very first epoch failed.
      const recovered = () =>
        playground.ask('recover', {}).then(
          () => true,
          () => false,
        );
      const isBack = hasFailed && (await recovered());
      way = isBack ? 'back' : 'anew';
      await playground.run(true);
    }
    this.#taken = { id: cure.id, way, before, run, document: playground.document };
  }
}

export const curing = new Curing();
