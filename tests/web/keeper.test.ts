import { AthanorError } from '../../bindings/index';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Keeper } from '../../web/src/engine/keeper';

type Kept = Parameters<Keeper['take']>[0];

/** A session of which only the step counts. */
function session(state: { step: number; failure: unknown }, checkpoint = () => new Uint8Array([1])): Kept {
  return { status: () => ({ stage: 'train', ...state }), checkpoint } as unknown as Kept;
}

describe('checkpoints', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    vi.advanceTimersByTime(1);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are taken of what is new, with a pause between', () => {
    const keeper = new Keeper();
    const state = { step: 1, failure: null as unknown };
    const of = session(state);
    expect(keeper.take(of, 1)).not.toBeNull();
    state.step = 2;
    expect(keeper.take(of, 1)).toBeNull();
    vi.advanceTimersByTime(4000);
    expect(keeper.take(of, 1)).not.toBeNull();
    vi.advanceTimersByTime(4000);
    expect(keeper.take(of, 1)).toBeNull(); // the same step
    keeper.changed();
    expect(keeper.take(of, 1)).not.toBeNull();
    vi.advanceTimersByTime(4000);
    expect(keeper.take(of, 2)).not.toBeNull(); // the same step of another run
  });

  it('are taken at once of a session that comes to rest, if anything is new', () => {
    const keeper = new Keeper();
    const state = { step: 1, failure: null as unknown };
    const of = session(state);
    expect(keeper.take(of, 1)).not.toBeNull();
    state.step = 2;
    keeper.rest();
    expect(keeper.take(of, 1)).not.toBeNull();
    keeper.rest();
    expect(keeper.take(of, 1)).toBeNull();
  });

  /** A run of slices that dies at any moment: how old the newest whole checkpoint is then at most, and what share of the time
   * checkpoints take. */
  function live(cost: number): { oldest: number; share: number } {
    const keeper = new Keeper();
    const state = { step: 0, failure: null as unknown };
    let [begun, whole, spent, worst] = [0, NaN, 0, 0];
    const of = session(state, () => {
      begun = performance.now();
      vi.advanceTimersByTime(cost);
      spent += cost;
      return new Uint8Array([1]);
    });
    const end = performance.now() + 120_000;
    while (performance.now() < end) {
      vi.advanceTimersByTime(12);
      ++state.step;
      const bytes = keeper.take(of, 1);
      // Until this moment the one before was what there was.
      if (!Number.isNaN(whole)) worst = Math.max(worst, performance.now() - whole);
      if (bytes !== null) whole = begun;
    }
    return { oldest: worst, share: spent / 120_000 };
  }

  it.each([0, 60, 250, 900, 1500, 1990])('of %i ms each are at most five seconds old', (cost) => {
    const { oldest, share } = live(cost);
    expect(oldest).toBeLessThanOrEqual(5000);
    expect(oldest).toBeGreaterThan(2000); // and not taken all the time
    expect(share).toBeLessThan(0.75);
  });

  it('that cost more take half of the time, and a failed run has none', () => {
    expect(live(3000).share).toBeGreaterThan(0.4);
    expect(live(3000).share).toBeLessThan(0.55);
    vi.advanceTimersByTime(20_000);
    const failed = { step: 3, failure: {} };
    expect(new Keeper().take(session(failed), 1)).toBeNull();
  });

  it('for which there is no memory are left out, and tried again later', () => {
    const keeper = new Keeper();
    const state = { step: 1, failure: null as unknown };
    const full = session(state, () => {
      throw new AthanorError('no memory', 'memory_limit', '', {});
    });
    expect(keeper.take(full, 1)).toBeNull();
    state.step = 2;
    vi.advanceTimersByTime(4000);
    expect(keeper.take(session(state), 1)).not.toBeNull();
  });
});
