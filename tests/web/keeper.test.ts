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

  it('that cost much are taken less often, and a failed run has none', () => {
    const keeper = new Keeper();
    const state = { step: 1, failure: null as unknown };
    const slow = session(state, () => {
      vi.advanceTimersByTime(500);
      return new Uint8Array([1]);
    });
    expect(keeper.take(slow, 1)).not.toBeNull();
    state.step = 2;
    vi.advanceTimersByTime(9000);
    expect(keeper.take(slow, 1)).toBeNull();
    vi.advanceTimersByTime(1000);
    expect(keeper.take(slow, 1)).not.toBeNull();
    vi.advanceTimersByTime(20_000);
    state.step = 3;
    state.failure = {};
    expect(keeper.take(slow, 1)).toBeNull();
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
