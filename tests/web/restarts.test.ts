import { describe, expect, it } from 'vitest';
import { Restarts } from '../../web/src/state/restarts';

const seed = { path: 'seed', call: 5, run: 1, hadBegun: true };

describe('the change that began the run anew', () => {
  it('is named when a snapshot made after it belongs to another run', () => {
    const restarts = new Restarts();
    expect(restarts.set(seed)).toBeNull();
    expect(restarts.take({ run: 1, heard: 4 })).toBeNull();
    expect(restarts.take({ run: 2, heard: 5 })).toBe('seed');
    expect(restarts.take({ run: 2, heard: 6 })).toBe('seed');
  });

  it('is none where the run went on, whatever begins one later', () => {
    const restarts = new Restarts();
    restarts.set({ ...seed, path: 'training.l2' });
    expect(restarts.take({ run: 1, heard: 5 })).toBeNull();
    expect(restarts.take({ run: 2, heard: 6 })).toBeNull();
  });

  it('is none where nothing was lost: the run had not begun', () => {
    const restarts = new Restarts();
    restarts.set({ ...seed, hadBegun: false });
    expect(restarts.take({ run: 2, heard: 5 })).toBeNull();
  });

  it('goes with the next change, but stays while the same slider is drawn on', () => {
    const restarts = new Restarts();
    restarts.set(seed);
    restarts.take({ run: 2, heard: 5 });
    expect(restarts.set({ ...seed, call: 6, run: 2, hadBegun: false })).toBe('seed');
    expect(restarts.take({ run: 3, heard: 6 })).toBe('seed');
    expect(restarts.set({ path: 'training.l2', call: 7, run: 3, hadBegun: true })).toBeNull();
    expect(restarts.take({ run: 3, heard: 7 })).toBeNull();
  });

  it('is forgotten when the person begins the run themselves', () => {
    const restarts = new Restarts();
    restarts.set(seed);
    expect(restarts.forget()).toBeNull();
    expect(restarts.take({ run: 2, heard: 6 })).toBeNull();
  });
});
