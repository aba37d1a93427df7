// What stands between the engine's answers and the page's sentences about them.
import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../bindings/index';
import { rangeOf, valueColour } from '../../web/src/charts/palette';
import type { ColumnChoice } from '../../web/src/engine/protocol';
import { cleanedCount, cleanFigures } from '../../web/src/state/cleaned';
import { choiceOf, moveEarlier, withChoice } from '../../web/src/state/columns';
import { applies } from '../../web/src/state/document';
import { formulaText as formula } from '../../web/src/state/formula';
import { logLines } from '../../web/src/state/log';
import { hasOutputActivation, outputCount } from '../../web/src/state/network';
import { groupOf, shapeGroups } from '../../web/src/state/shapes';

const engine = await loadEngine({ variant: 'simd' });

/** With plain spaces in place of those that keep a product together. */
const formulaText = (ascii: string) => formula(ascii).replaceAll('\u00a0', ' ');

describe('formulas', () => {
  it('are written as people write them', () => {
    expect(formulaText('z = w1 * x1 + w2 * x2 + b')).toBe('z = w₁ · x₁ + w₂ · x₂ + b');
    expect(formulaText('dL/dw1 = dL/dy * dy/dz * x1')).toBe('∂L/∂w₁ = ∂L/∂y · ∂y/∂z · x₁');
    expect(formulaText('y = sigmoid(z) = 1 / (1 + exp(-z))')).toBe('y = σ(z) = 1 / (1 + exp(−z))');
    expect(formulaText('b <- b - learning_rate * dL/db')).toBe('b ← b − η · ∂L/∂b');
    expect(formulaText('0.64 = (0.2 - (-0.6))^2')).toBe('0.64 = (0.2 − (−0.6))²');
    expect(formulaText('-1.5e-6 = 3e+7 * 2')).toBe('−1.5×10⁻⁶ = 3×10⁷ · 2');
  });

  it('are broken between the terms of a sum, not within a product', () => {
    expect(formula('w1 * x1 + b').split(' ')).toEqual(['w₁\u00a0·\u00a0x₁', '+', 'b']);
  });

  it('of a real step leave no ASCII sign behind', () => {
    const preset = engine.presets().find(({ name }) => name === 'neuron');
    const session = engine.createSession(preset?.document);
    session.stepBatch();
    const texts = session
      .neuronStep()
      .phases.flatMap(({ lines }) => lines.flatMap(({ formula, numbers }) => [formula, numbers]));
    session.delete();
    expect(texts.length).toBeGreaterThan(20);
    for (const text of texts.map(formulaText)) expect(text).not.toMatch(/[-*^_]|[wx]\d|\dd[LywbZ]|<-|\de/);
  });
});

describe('the log', () => {
  it('has a line for each pair, with four decimals', () => {
    expect(logLines(new Float64Array([1, 0.09449, 100, 0.0836, 200, NaN]))).toEqual([
      { step: 1, loss: '0.0945' },
      { step: 100, loss: '0.0836' },
      { step: 200, loss: 'NaN' },
    ]);
    expect(logLines([])).toEqual([]);
  });
});

describe('the figures of cleaning', () => {
  const figures = { broken: 1, missing: 2, duplicates: 4, outliers: 8, labels: 16, kept: 100 };

  it('count every row that is gone, and relabelled ones apart', () => {
    expect(cleanFigures(figures, false)).toEqual({ removed: 31, relabelled: 0 });
    expect(cleanFigures(figures, true)).toEqual({ removed: 15, relabelled: 16 });
    expect(cleanFigures({}, true)).toEqual({ removed: 0, relabelled: 0 });
  });

  it('count as listed what the engine lists', () => {
    expect(cleanedCount(figures)).toBe(30); // rows that could not be read never became rows
    const session = engine.createSession({
      data: { generator: 'overlap' },
      clean: { outliers: 'z_score', outlier_limit: 1.5, labels: 'relabel' },
    });
    session.stepStage();
    session.stepStage();
    const given = session.status().stages.find(({ id }) => id === 'clean')?.figures ?? {};
    expect(given['outliers']).toBeGreaterThan(0);
    expect(given['labels']).toBeGreaterThan(0);
    expect(cleanedCount(given)).toBe(session.cleaned().length);
    expect(cleanFigures(given, true).removed).toBe(400 - (given['kept'] ?? NaN));
    session.delete();
  });
});

describe('what is said of columns', () => {
  const size: ColumnChoice = { name: 'size', role: 'auto', kind: 'ordinal', order: 'S|M|L', embedding: 0 };

  it('is a list without those of which nothing is said', () => {
    expect(withChoice([], 'size', { kind: 'ordinal', order: 'S|M|L' })).toEqual([size]);
    const both = withChoice([size], 'colour', { role: 'ignored' });
    expect(both.map(({ name }) => name)).toEqual(['size', 'colour']);
    expect(withChoice(both, 'colour', { role: 'auto' })).toEqual([size]);
    expect(choiceOf([size], 'size')).toBe(size);
    expect(choiceOf([size], 'colour')).toMatchObject({ name: 'colour', kind: 'auto', role: 'auto' });
  });

  it('forgets the order with the kind that has one', () => {
    expect(withChoice([size], 'size', { kind: 'categorical', embedding: 2 })).toEqual([
      { ...size, kind: 'categorical', order: '', embedding: 2 },
    ]);
    expect(withChoice([size], 'size', { kind: 'auto' })).toEqual([]);
    expect(withChoice([size], 'size', { role: 'feature' })[0]).toMatchObject({ order: 'S|M|L' });
  });

  it('moves one level a place towards the smaller end', () => {
    expect(moveEarlier(['L', 'M', 'S'], 2)).toBe('L|S|M');
    expect(moveEarlier(['L', 'S', 'M'], 1)).toBe('S|L|M');
  });
});

describe('fields', () => {
  it('apply where their condition holds', () => {
    const fields = engine.fields();
    const classes = fields.find(({ path }) => path === 'data.classes');
    if (classes === undefined) throw new Error('the number of classes is a field');
    expect(applies(classes, engine.complete({ data: { generator: 'rings' } }))).toBe(true);
    expect(applies(classes, engine.complete({ data: { generator: 'xor' } }))).toBe(false);
    expect(applies({}, engine.defaults())).toBe(true);
  });
});

describe('the network’s output', () => {
  it('has as many neurons as the engine gives it', () => {
    const fields = engine.fields();
    const cases: [document: object, expected: number][] = [
      [{}, 2],
      [{ data: { generator: 'rings', classes: 4 } }, 4],
      [{ data: { generator: 'waves' } }, 1],
      [{ training: { loss: 'binary_cross_entropy' } }, 1],
      [{ training: { loss: 'squared_error' } }, 2],
      [{ training: { loss: 'squared_error' }, model: { output_activation: 'sigmoid' } }, 1],
      [{ training: { loss: 'cross_entropy' }, model: { output_activation: 'sigmoid' } }, 2],
    ];
    for (const [given, expected] of cases) {
      const document = engine.complete(given);
      const session = engine.createSession(document);
      session.stepBatch();
      expect(session.nextStep().outputs, JSON.stringify(given)).toBe(expected);
      expect(outputCount(document, fields, session.status()), JSON.stringify(given)).toBe(expected);
      session.delete();
    }
    expect(hasOutputActivation(engine.complete({ training: { loss: 'squared_error' } }), fields)).toBe(true);
    expect(hasOutputActivation(engine.complete({ training: { loss: 'cross_entropy' } }), fields)).toBe(false);
  });
});

describe('generators', () => {
  it('stand in groups, none of which is empty', () => {
    const groups = engine.generators().map(groupOf);
    expect(groups).toHaveLength(35);
    for (const group of shapeGroups) expect(groups).toContain(group);
    expect(groupOf({ name: 'chance', task: 'regression', dimensions: 2 })).toBe('chance');
    expect(groupOf({ name: 'sine', task: 'regression', dimensions: 1 })).toBe('curves');
  });
});

describe('colours of values', () => {
  it('go from the first class’s over grey to the second’s', () => {
    expect(valueColour(0)).toEqual([16, 113, 181]);
    expect(valueColour(0.5)).toEqual([150, 150, 150]);
    expect(valueColour(1)).toEqual([240, 138, 30]);
    expect(valueColour(7)).toEqual(valueColour(1));
  });

  it('have a range even where all values are equal or there are none', () => {
    expect(rangeOf([3, NaN, -1])).toEqual([-1, 3]);
    expect(rangeOf([2, 2])).toEqual([1, 3]);
    expect(rangeOf([])).toEqual([-1, 1]);
  });
});
