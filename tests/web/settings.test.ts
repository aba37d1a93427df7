import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../bindings/index';
import { fieldTexts } from '../../web/src/messages/catalogue';
import { en } from '../../web/src/messages/en';
import { later } from '../../web/src/messages/en/later';
import { zh } from '../../web/src/messages/zh';
import { applies } from '../../web/src/state/document';
import { allReferences, referenceOf } from '../../web/src/state/references';
import { isListed, sectionsOf } from '../../web/src/state/settingsSearch';

const engine = await loadEngine({ variant: 'simd' });
const fields = engine.fields();
const texts = (field: { path: string }) => [...fieldTexts(en, field.path), ...fieldTexts(zh, field.path)];
const paths = (search: string) =>
  sectionsOf(fields, search, texts).flatMap((section) => section.fields.map(({ path }) => path));

describe('the list of all settings', () => {
  it('holds every field that has no place of its own, in the engine’s order and named sections', () => {
    expect(paths('')).toEqual(fields.filter(isListed).map(({ path }) => path));
    expect(paths('').length).toBeGreaterThan(60);
    for (const { name } of sectionsOf(fields, '', texts)) {
      expect(Object.keys(later.allSettings.sections)).toContain(name);
    }
  });

  it('finds by path, by either language, in any case, by several words', () => {
    expect(paths('LEARNING rate')).toContain('training.learning_rate');
    expect(paths('学习率')).toContain('training.learning_rate');
    expect(paths('training.clip_norm')).toEqual(['training.clip_norm']);
    expect(paths('no such words')).toEqual([]);
  });
});

describe('references', () => {
  it('belong to fields and choices that exist, and lead somewhere by https', () => {
    for (const [path, reference] of Object.entries(allReferences)) {
      const field = fields.find((row) => row.path === path);
      expect(field, path).toBeDefined();
      if (typeof reference['url'] === 'string') {
        expect(reference['url']).toMatch(/^https:\/\//);
        continue;
      }
      for (const [choice, source] of Object.entries(reference)) {
        expect(field?.choices, `${path} ${choice}`).toContain(choice);
        expect((source as { url: string }).url).toMatch(/^https:\/\//);
      }
    }
  });
  it('follow the choice', () => {
    expect(referenceOf('training.optimizer', 'adam')?.name).toContain('Kingma');
    expect(referenceOf('training.optimizer', 'unknown')).toBeNull();
    expect(referenceOf('model.layers[3].dropout', '0')?.name).toContain('Srivastava');
    expect(referenceOf('training.l1', '0')).toBeNull();
  });
});

describe('fields that matter only with others', () => {
  it('follow numbers, switches, and the same item of a list', () => {
    const of = (path: string) => fields.find((row) => row.path === path) ?? { when: undefined };
    const copies = (count: number) => engine.complete({ augment: { copies: count } });
    expect(applies(of('augment.jitter'), copies(0))).toBe(false);
    expect(applies(of('augment.jitter'), copies(1))).toBe(true);
    expect(applies(of('split.fold'), engine.complete({ split: { folds: 3 } }))).toBe(true);
    expect(applies(of('optimise.factor'), engine.complete({ optimise: { plateau: false } }))).toBe(false);
    expect(applies(of('optimise.factor'), engine.complete({ optimise: { plateau: true } }))).toBe(true);
    const layers = engine.complete({ model: { layers: [{ initializer: 'normal' }, {}] } });
    expect(applies(of('model.layers[].initializer_value'), layers, 'model.layers[0].initializer_value')).toBe(
      true,
    );
    expect(applies(of('model.layers[].initializer_value'), layers, 'model.layers[1].initializer_value')).toBe(
      false,
    );
  });
});
