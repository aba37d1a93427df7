import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../bindings/index';
import { choiceText, fieldTexts } from '../../web/src/messages/catalogue';
import { en } from '../../web/src/messages/en';
import { later } from '../../web/src/messages/en/later';
import { zh } from '../../web/src/messages/zh';
import { applies, isJudgedWith } from '../../web/src/state/document';
import { isChanged } from '../../web/src/state/defaults';
import { allReferences, referenceOf, referencesOf } from '../../web/src/state/references';
import { placeOf, sectionsOf } from '../../web/src/state/settingsSearch';

const engine = await loadEngine({ variant: 'simd' });
const fields = engine.fields();
const texts = (field: { path: string; choices?: string[] }) =>
  [en, zh].flatMap((catalogue) => [
    ...fieldTexts(catalogue, field.path),
    ...(field.choices ?? []).map((choice) => choiceText(catalogue, choice, field.path)),
  ]);
const paths = (search: string) =>
  sectionsOf(fields, search, texts).flatMap((section) => section.fields.map(({ path }) => path));

describe('the list of all settings', () => {
  it('holds every field in the engine’s order and named sections; what is said of columns only for who searches', () => {
    const isOfColumn = (path: string) => path.startsWith('data.table.columns[]');
    expect(paths('')).toEqual(fields.map(({ path }) => path).filter((path) => !isOfColumn(path)));
    expect(paths('data.table.columns').length).toBeGreaterThan(4);
    expect(new Set(fields.flatMap(({ path }) => paths(path))).size).toBe(fields.length);
    for (const { name } of sectionsOf(fields, '', texts)) {
      expect(Object.keys(later.settings.sections)).toContain(name);
    }
  });

  it('finds by path, by either language, in any case, by several words', () => {
    expect(paths('LEARNING rate')).toContain('training.learning_rate');
    expect(paths('学习率')).toContain('training.learning_rate');
    expect(paths('training.clip_norm')).toEqual(['training.clip_norm']);
    expect(paths('no such words')).toEqual([]);
  });

  it('finds what is set of each layer, by its name or by one of its choices', () => {
    expect(paths('dropout')).toEqual(['model.layers[].dropout']);
    expect(paths('随机失活')).toEqual(['model.layers[].dropout']);
    expect(paths('residual')).toContain('model.layers[].residual');
    expect(paths('activation')).toEqual(
      expect.arrayContaining(['model.layers[].activation', 'model.output_activation']),
    );
    expect(paths('norm')).toContain('model.layers[].norm');
    expect(paths('批归一化')).toEqual(['model.layers[].norm']);
    expect(paths('neurons')).toContain('model.layers[].units');
    expect(paths('embedding')).toEqual(['data.table.columns[].embedding']);
  });

  it('has a control for each, for each layer, or the way to where it is set', () => {
    const place = (path: string) =>
      placeOf(fields.find((field) => field.path === path) ?? { path, type: 'list' });
    expect(place('training.l1')).toBe('here');
    expect(place('model.layers[].dropout')).toBe('layers');
    expect(place('model.layers')).toBe('elsewhere');
    expect(place('data.table.csv')).toBe('elsewhere');
    expect(place('data.table.columns[].kind')).toBe('elsewhere');
  });

  it('knows a field as changed when any layer has it otherwise', () => {
    const dropout = fields.find(({ path }) => path === 'model.layers[].dropout');
    if (dropout === undefined) throw new Error('no dropout');
    const layers = (...items: object[]) => engine.complete({ model: { layers: items } });
    expect(isChanged(dropout, layers({}, {}))).toBe(false);
    expect(isChanged(dropout, layers({}, { dropout: 0.2 }))).toBe(true);
    expect(isChanged(dropout, layers({}, { dropout: 0.2 }), 'model.layers[0].dropout')).toBe(false);
    expect(isChanged(dropout, layers({}, { dropout: 0.2 }), 'model.layers[1].dropout')).toBe(true);
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
        if (choice !== 'otherwise') expect(field?.choices, `${path} ${choice}`).toContain(choice);
        expect((source as { url: string }).url).toMatch(/^https:\/\//);
      }
    }
  });
  it('follow the choice', () => {
    expect(referenceOf('training.optimizer', 'adam')?.name).toContain('Kingma');
    expect(referenceOf('training.optimizer', 'unknown')).toBeNull();
    expect(referenceOf('model.layers[3].dropout', '0')?.name).toContain('Srivastava');
    expect(referenceOf('clean.outliers', 'interquartile')?.name).toContain('Tukey');
    expect(referenceOf('clean.outliers', 'keep')?.name).toContain('Grubbs');
    expect(referenceOf('done.target_score', '1')).toBeNull();
  });
  it('of several layers are named once each', () => {
    const names = referencesOf('model.layers[].activation', ['relu', 'gelu', 'relu', 'gelu_tanh']).map(
      ({ name }) => name,
    );
    expect(names).toEqual(['Glorot et al. 2011', 'Hendrycks & Gimpel 2016']);
  });
  it('are there for every field, save what is bookkeeping and no idea of anybody’s', () => {
    const without = fields
      .filter(({ path, default: value }) => referenceOf(path, String(value)) === null)
      .map(({ path }) => path);
    expect(without).toEqual([
      'data.source',
      'data.generator',
      'data.samples',
      'data.noise',
      'data.classes',
      'data.table.name',
      'data.table.csv',
      'data.table.target',
      'data.table.task',
      'data.table.columns',
      'data.table.columns[].name',
      'data.table.columns[].role',
      'data.table.columns[].order',
      'model.layers[].name',
      'done.target_score',
    ]);
    for (const { path, choices = [] } of fields) {
      if (path === 'data.generator' || without.includes(path)) continue;
      for (const choice of choices) expect(referenceOf(path, choice), `${path} ${choice}`).not.toBeNull();
    }
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

describe('what was refused of a field', () => {
  it('hangs on the field itself, on the list it is in, and on what it is judged together with', () => {
    expect(isJudgedWith('training.batch_size', 'training.batch_size')).toBe(true);
    expect(isJudgedWith('model.layers[1].units', 'model.layers')).toBe(true);
    expect(isJudgedWith('split.test', 'split.validation')).toBe(true);
    expect(isJudgedWith('data.table.columns', 'data.table.target')).toBe(true);
    expect(isJudgedWith('training.batch_size', 'training.loss')).toBe(false);
    expect(isJudgedWith('split.test', 'data.samples')).toBe(false);
  });
});
