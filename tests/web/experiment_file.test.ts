// What is an experiment among JSON files, and how its file is called.
import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../bindings/index';
import { fileName, isExperiment } from '../../web/src/state/experimentjson';

const engine = await loadEngine({ variant: 'simd' });
const defaults = engine.defaults();

describe('a JSON file', () => {
  it('is an experiment when it holds parts of one, also wrong ones', () => {
    expect(isExperiment(defaults, defaults)).toBe(true);
    for (const { document } of engine.presets()) expect(isExperiment(document, defaults)).toBe(true);
    expect(isExperiment({ training: { learning_rate: 'fast' } }, defaults)).toBe(true);
    expect(isExperiment({ data: { samples: 10, unheard_of: 1 }, more: 2 }, defaults)).toBe(true);
  });

  it('is left to be a table when it is one, or anything else', () => {
    const tables = [
      [{ x: 1, y: 2 }],
      { data: [1, 2, 3], model: ['a', 'b', 'c'] },
      { data: { x: [1, 2], y: [3, 4] } },
      { columns: ['x'], rows: [[1]] },
      {},
      null,
      'training',
      7,
    ];
    for (const table of tables) expect(isExperiment(table, defaults), JSON.stringify(table)).toBe(false);
  });
});

describe('the name of the file', () => {
  const named = (name: string) => fileName({ source: 'table', generator: 'moons', table: { name } });
  it('says what is learned from', () => {
    expect(fileName({ source: 'generator', generator: 'moons', table: { name: 'x.csv' } })).toBe(
      'moons.athanor.json',
    );
    expect(named('iris.csv')).toBe('iris.athanor.json');
    expect(named('花的大小.csv')).toBe('花的大小.athanor.json');
  });
  it('is one that every system takes', () => {
    expect(named('../../etc/passwd')).toBe('etc passwd.athanor.json');
    expect(named('a<b>:"c"|d?*\u0000\u202e.csv')).toBe('a b c d.athanor.json');
    expect(named('')).toBe('experiment.athanor.json');
    expect(named('...')).toBe('experiment.athanor.json');
    expect(Array.from(named('👩'.repeat(200))).length).toBe(60 + '.athanor.json'.length);
  });
});
