import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../bindings/index';
import { nearestStop, stopsOf } from '../../web/src/state/scales';

const engine = await loadEngine({ variant: 'simd' });
const numbers = engine.fields().filter(({ type }) => type === 'number' || type === 'integer');
function stops(path: string): number[] {
  const field = numbers.find((row) => row.path === path);
  if (field === undefined) throw new Error(`no field ${path}`);
  return stopsOf(field);
}

describe('the stops of a slider', () => {
  it('rise from the least to the greatest value, few enough to be told apart', () => {
    for (const field of numbers) {
      const all = stopsOf(field);
      expect(all[0], field.path).toBe(field.min);
      expect(all.at(-1), field.path).toBe(field.max);
      if (field.path !== 'seed') expect(all.length, field.path).toBeLessThanOrEqual(201);
      expect(all, field.path).toEqual([...new Set(all)].sort((a, b) => a - b));
      if (field.type === 'integer') expect(all.every(Number.isInteger), field.path).toBe(true);
    }
  });

  it('are all taken by the engine, as far as other fields allow', () => {
    for (const { path, ...field } of numbers) {
      if (path.includes('[]') || path === 'seed' || path === 'split.fold') continue;
      const parts = path.split('.');
      for (const stop of stopsOf({ ...field })) {
        const document = parts.reduceRight<unknown>((value, key) => ({ [key]: value }), stop);
        const roomy =
          path === 'split.validation' ? { test: 0 } : path === 'split.test' ? { validation: 0 } : {};
        const split = { ...roomy, ...(document as { split?: object }).split };
        const whole = path.startsWith('split.') ? { split } : document;
        expect(engine.validate(whole), `${path} = ${stop}`).toEqual([]);
      }
    }
  }, 30_000);

  it('meet round numbers on a logarithmic scale', () => {
    expect(stops('training.learning_rate')).toEqual(
      expect.arrayContaining([1e-6, 1e-5, 1e-4, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 1, 10]),
    );
    expect(stops('training.batch_size')).toEqual(expect.arrayContaining([1, 2, 3, 4, 5, 8, 16, 32, 100]));
  });

  it('go from 0 straight to the first value that matters, then logarithmically', () => {
    expect(stops('training.l2').slice(0, 4)).toEqual([0, 1e-6, 1.1e-6, 1.25e-6]);
    expect(stops('training.l1')).toEqual(expect.arrayContaining([1e-4, 0.001, 0.01]));
    expect(stops('training.clip_norm').slice(0, 2)).toEqual([0, 0.001]);
    expect(stops('training.clip_norm')).toContain(1);
    expect(stops('done.patience').slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(stops('done.patience')).toContain(20);
    expect(stops('optimise.threshold')).toContain(1e-4);
    expect(stops('split.folds').slice(0, 4)).toEqual([0, 2, 3, 4]);
    expect(stops('data.first_share').slice(0, 2)).toEqual([0, 0.05]);
  });

  it('come ever closer to 1 where the distance to it matters', () => {
    const beta = stops('training.beta2');
    expect(beta).toEqual(expect.arrayContaining([0, 0.5, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999]));
    const at = (value: number) => beta.indexOf(value);
    expect(at(0.99) - at(0.9)).toBe(20);
    expect(at(0.999) - at(0.99)).toBe(20);
    expect(stops('training.average').at(-1)).toBe(0.9999);
  });
});

describe('a value between two stops', () => {
  it('is shown at the nearer one', () => {
    expect(nearestStop([0, 1, 2, 5], 1)).toBe(1);
    expect(nearestStop([0, 1, 2, 5], 3)).toBe(2);
    expect(nearestStop([0, 1, 2, 5], 4)).toBe(3);
    expect(nearestStop([0, 1, 2, 5], -1)).toBe(0);
    expect(nearestStop([0, 1, 2, 5], 9)).toBe(3);
  });
});
