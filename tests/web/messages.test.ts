import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../bindings/index';
import {
  choiceText,
  fieldTexts,
  generatorTexts,
  presetTexts,
  problemText,
  type Catalogue,
  type LaterCatalogue,
} from '../../web/src/messages/catalogue';
import { en } from '../../web/src/messages/en';
import { later as enLater } from '../../web/src/messages/en/later';
import { zh } from '../../web/src/messages/zh';
import { later as zhLater } from '../../web/src/messages/zh/later';

const engine = await loadEngine({ variant: 'simd' });
const catalogues: [string, Catalogue & LaterCatalogue][] = [
  ['en', { ...en, ...enLater }],
  ['zh', { ...zh, ...zhLater }],
];
/** All error codes, read from the engine's own table. */
const codes = [...readFileSync('engine/core/error.cpp', 'utf8').matchAll(/\{ErrorCode::k\w+, "(\w+)",/g)].map(
  (match) => match[1] ?? '',
);

function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, member]) => leaves(member, `${path}.${key}`));
}

describe.each(catalogues)('the catalogue %s', (name, catalogue) => {
  it('has a sentence for every error code and no other', () => {
    expect(codes.length).toBeGreaterThan(25);
    expect(Object.keys(catalogue.errors).sort()).toEqual([...codes].sort());
  });

  it('has label and explanation for every field, and a name for every choice', () => {
    const fields = engine.fields();
    expect(Object.keys(catalogue.fields).sort()).toEqual(fields.map((field) => field.path).sort());
    for (const field of fields) {
      expect(fieldTexts(catalogue, field.path)[1], field.path).not.toBe('');
      if (field.path === 'data.generator') continue; // they have names and explanations of their own
      for (const choice of field.choices ?? []) expect(Object.keys(catalogue.choices)).toContain(choice);
    }
  });

  it('has a name and an explanation for every generator and every example, and no other', () => {
    expect(Object.keys(catalogue.generators)).toEqual(engine.generators().map(({ name }) => name));
    expect(Object.keys(catalogue.presets)).toEqual(engine.presets().map(({ name }) => name));
    for (const texts of [...Object.values(catalogue.generators), ...Object.values(catalogue.presets)]) {
      expect(texts).toHaveLength(2);
      expect(texts).not.toContain('');
    }
    const titles = Object.values(catalogue.generators).map(([title]) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('has a name, a figure and an explanation for every stage', () => {
    const stages = engine
      .flowchart()
      .nodes.map((node) => node.id)
      .sort();
    expect(Object.keys(catalogue.stages).sort()).toEqual(stages);
    expect(Object.keys(catalogue.stageFigures).sort()).toEqual(stages);
    expect(Object.keys(catalogue.stageHints).sort()).toEqual(stages);
  });

  it('uses the same parameters in every sentence as the other language', () => {
    const parameters = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    const others = new Map(leaves(name === 'zh' ? { ...en, ...enLater } : { ...zh, ...zhLater }));
    for (const [path, text] of leaves(catalogue)) {
      expect(parameters(text), path).toEqual(parameters(others.get(path) ?? ''));
    }
  });
});

describe('sentences', () => {
  it('say an engine problem in both languages with the field’s name', () => {
    const [problem] = engine.validate({ training: { learning_rate: 99 } });
    if (problem === undefined) throw new Error('99 must be refused');
    expect(problemText(en, problem)).toBe('Learning rate is 99; allowed are 1e-6 to 10.');
    expect(problemText(zh, problem)).toBe('“学习率”为 99，应在 1e-6 到 10 之间。');
    const [units] = engine.validate({ model: { layers: [{ units: 0 }] } });
    expect(units && problemText(zh, units)).toBe('“神经元”为 0，应在 1 到 512 之间。');
  });

  it('name a choice as its field means it', () => {
    expect(choiceText(en, 'step', 'data.generator')).toBe('Jump');
    expect(choiceText(en, 'step', 'training.schedule')).toBe('Steps');
  });

  it('fall back to the engine’s own words', () => {
    expect(problemText(zh, { code: 'new_code', message: 'Something new.', params: {} })).toBe(
      'Something new.',
    );
    expect(choiceText(zh, 'unheard_of')).toBe('unheard_of');
    expect(generatorTexts(en, 'unheard_of')).toEqual(['unheard_of', '']);
    expect(presetTexts(en, 'unheard_of')).toEqual(['unheard_of', '']);
  });
});
