import { describe, expect, it } from 'vitest';
import { Unheard } from '../../web/src/state/unheard';

describe('a field that an engine died over', () => {
  it('is told the next one, and no third', () => {
    const unheard = new Unheard();
    unheard.begin('seed');
    unheard.keep('seed', 7);
    expect(unheard.take()).toEqual([['seed', 7]]);
    unheard.begin('seed');
    unheard.keep('seed', 7);
    expect(unheard.take()).toEqual([]);
  });

  it('is told again when it was heard in between, or has another value', () => {
    const unheard = new Unheard();
    unheard.keep('seed', 7);
    unheard.take();
    unheard.answered('seed');
    unheard.keep('seed', 7);
    expect(unheard.take()).toEqual([['seed', 7]]);
    unheard.keep('seed', 8);
    expect(unheard.take()).toEqual([['seed', 8]]);
  });

  it('is not told when it has been set anew meanwhile; others are', () => {
    const unheard = new Unheard();
    unheard.keep('seed', 7);
    unheard.keep('training.l2', 0.1);
    unheard.begin('seed');
    expect(unheard.take()).toEqual([['training.l2', 0.1]]);
  });
});
