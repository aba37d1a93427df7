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

  it('leave names and values as they are, spaces between Chinese characters included', () => {
    const said = (code: string, params: Record<string, string>) =>
      problemText(zh, { code, message: '', params });
    const column = '花瓣 长度';
    expect(said('csv_no_such_column', { column })).toBe('表格里没有“花瓣 长度”列。');
    expect(said('csv_not_a_number', { column, value: '很 长' })).toBe('“花瓣 长度”列的“很 长”不是数字');
    expect(said('unknown_field', { path: '我的 字段' })).toBe('没有“我的 字段”这一项。');
    expect(said('bad_input', { what: '一 层', value: '第 二', expected: '一 个' })).toBe(
      '“一 层”为“第 二”，应为：一 个。',
    );
    const layers = [{ name: '第 一' }, { residual: '不 在', units: 4 }];
    const [problem] = engine.validate({ model: { layers } });
    expect(problem && problemText(zh, problem)).toBe('“残差来自”不能是“不 在”，可选：输入、第 一。');
  });

  it('name layers as the person has called them, though a name may look like several, or like a choice', () => {
    const names = ['wide, deep', '"so", they say', 'relu', '1'];
    const layers = [...names.map((name) => ({ name, units: 4 })), { residual: 'x', units: 4 }];
    const [problem] = engine.validate({ model: { layers } });
    expect(problem && problemText(zh, problem)).toBe(
      '“残差来自”不能是“x”，可选：输入、wide, deep、"so", they say、relu、1。',
    );
    expect(problem && problemText(en, problem)).toMatch(
      /allowed are Input, wide, deep, "so", they say, relu, 1\.$/,
    );
  });

  it('quote a text that is no choice once, and show a value that is no text as it is', () => {
    const [text, number] = ['sideways "on"', 7].map((value) => {
      const [problem] = engine.validate({ training: { optimizer: value } });
      return problem && problemText(zh, problem);
    });
    expect(text).toContain('不能是“sideways "on"”，可选：');
    expect(number).toContain('不能是“7”，可选：');
  });

  it('need no space before what is Chinese, and have one before what is not', () => {
    const [text] = engine.validate({ training: { learning_rate: 'x' } });
    expect(text && problemText(zh, text)).toBe('“学习率”不能是 "x"，应为数字。');
    const params = { epoch: '3', step: '1', op: 'mean', layer: 'loss' };
    expect(problemText(zh, { code: 'not_finite', message: '', params })).toContain(
      '最先出问题的是“损失”层的“求平均”。',
    );
    // Wherever a name stands that may be Chinese there is no space beside it in the sentence.
    for (const sentence of Object.values(zh.errors))
      expect(sentence).not.toMatch(
        / \{(column|path|what|op|layer|from|choices)\}|\{(column|path|what|op|layer|from|choices)\} /,
      );
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
    expect(presetTexts(enLater, 'unheard_of')).toEqual(['unheard_of', '']);
  });
});
