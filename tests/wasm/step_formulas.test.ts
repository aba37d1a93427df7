// The step inspector's formulas, held against the engine: what stands on the right of a number comes to that number, for every
// optimiser, loss, activation and norm; and every one of them can be typeset.
import katex from 'katex';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadEngine, type Engine, type Session, type StepTrace } from '../../bindings/index';
import { step as en } from '../../web/src/messages/en/step';
import { step as zh } from '../../web/src/messages/zh/step';
import { activations } from '../../web/src/step/activations';
import { sectionsOf, type Section } from '../../web/src/step/sections';
import type { Line } from '../../web/src/step/tex';
import { wordMacros } from '../../web/src/step/typeset';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine({ variant: 'simd' });
});

const place = { sample: 1, layer: 0, unit: 1, input: 0 };
type Place = typeof place;

function traced(session: Session, at: Partial<Place> = {}): StepTrace {
  const { sample, layer, unit, input } = { ...place, ...at };
  return session.stepTrace(sample, layer, unit, input);
}

function linesOf(sections: Section[]): Line[] {
  return sections.flatMap(({ lines }) => lines);
}

/** Single precision on the engine's side: the sum of some dozens of products. */
function expectEqual(line: Line, scale = 1): void {
  if (line.expanded === null) return;
  const value = line.value ?? NaN;
  const allowed = 2e-4 * Math.abs(value) + 3e-6 * scale;
  expect(Math.abs(value - line.expanded), `${line.symbols}: ${line.numbers}`).toBeLessThanOrEqual(allowed);
}

function check(trace: StepTrace): Section[] {
  const sections = sectionsOf(trace);
  for (const line of linesOf(sections)) {
    expectEqual(line);
    for (const tex of [line.symbols, line.numbers])
      for (const words of tex.includes('\\otherwise')
        ? [en.formulaWords, zh.formulaWords]
        : [zh.formulaWords])
        katex.renderToString(tex, {
          throwOnError: true,
          strict: false,
          trust: true,
          macros: wordMacros(words),
        });
  }
  return sections;
}

const layers = [
  { units: 3, activation: 'sigmoid' },
  { units: 3, activation: 'tanh' },
];

function document(training: object = {}, model: object = {}, data: object = {}): object {
  return {
    data: { samples: 60, ...data },
    model: { layers, ...model },
    training: { batch_size: 8, ...training },
  };
}

/** Every place once, over some steps. */
function checkAll(given: object, steps = 3): void {
  const session = engine.createSession(given);
  for (let i = 0; i < steps; ++i) session.stepBatch();
  const { layers: all, batchRows } = traced(session, { sample: 0, unit: 0 });
  for (const [layer, { units, inputs }] of all.entries()) {
    for (let unit = 0; unit < units; ++unit) {
      for (let input = 0; input <= inputs; ++input)
        check(traced(session, { sample: (unit + input) % batchRows, layer, unit, input }));
    }
  }
  session.delete();
}

const choicesOf = (path: string) => engine.fields().find((field) => field.path === path)?.choices ?? [];

describe('the formulas of a step', () => {
  it('add up with every optimiser, with penalties, clipping, decay and momentum', () => {
    const optimizers = choicesOf('training.optimizer');
    expect(optimizers).toHaveLength(10);
    for (const optimizer of optimizers) {
      checkAll(document({ optimizer }));
      checkAll(
        document({ optimizer, momentum: 0.8, l1: 0.001, l2: 0.01, clip_value: 0.05, weight_decay: 0.1 }),
        9,
      );
    }
  });

  it('write the update out to the end: the new weight, not only its name', () => {
    for (const optimizer of choicesOf('training.optimizer')) {
      const session = engine.createSession(document({ optimizer }));
      session.stepBatch();
      const trace = traced(session);
      const update = sectionsOf(trace).find(({ name }) => name === 'update');
      const written = update?.lines.find(({ symbols }) => symbols.startsWith('w^{(1)}_{12} \\leftarrow'));
      expect(written?.value, optimizer).toBe(trace.parameters.after[0]);
      if (optimizer === 'muon') expect(update?.notes).toContain('orthogonal');
      else expect(written?.expanded, optimizer).not.toBeNull();
      session.stepBatch();
      expect(traced(session).parameters.before[0], optimizer).toBe(trace.parameters.after[0]);
      session.delete();
    }
  });

  it('add up with every loss, smoothed and weighted too', () => {
    const losses = choicesOf('training.loss').filter((loss) => loss !== 'auto');
    expect(losses.length).toBeGreaterThanOrEqual(8);
    for (const loss of losses) {
      checkAll(document({ loss }));
      checkAll(document({ loss }, { output_activation: 'sigmoid' }, { generator: 'blobs', classes: 3 }));
    }
    checkAll(
      document({ label_smoothing: 0.2, class_weights: 'balanced' }, {}, { generator: 'blobs', classes: 3 }),
    );
    checkAll(document({ label_smoothing: 0.2 }));
    for (const loss of ['squared_error', 'absolute_error', 'huber', 'log_cosh'])
      checkAll(document({ loss }, {}, { generator: 'plane' }));
  });

  it('add up with every activation; only those that look at a whole layer, and gelu, are not written out', () => {
    const names = choicesOf('model.layers[].activation');
    expect(names.sort()).toEqual(Object.keys(activations).sort());
    for (const activation of names) {
      const both = [
        { units: 3, activation },
        { units: 2, activation },
      ];
      checkAll(document({}, { layers: both }));
      const session = engine.createSession(document({}, { layers: both }));
      session.stepBatch();
      const [, section] = sectionsOf(traced(session));
      const isWritten = section?.lines.every(({ expanded }) => expanded !== null);
      expect(isWritten, activation).toBe(!['gelu', 'gelu_tanh'].includes(activation));
      session.delete();
    }
  });

  it('add up with norms, dropout, residual edges, and gradients of several batches', () => {
    for (const norm of choicesOf('model.layers[].norm')) {
      checkAll(
        document(
          { accumulate: 2 },
          {
            layers: [
              { units: 4, norm, dropout: 0.4 },
              { units: 4, residual: '1' },
            ],
          },
        ),
      );
    }
    checkAll(document({}, { layers: [{ units: 2, residual: 'input' }] }));
    checkAll(document({ max_norm: 0.5, clip_norm: 0.1 }));
  });

  it('of a wide layer write out some terms and the sum of the others', () => {
    const session = engine.createSession(
      document({ batch_size: 36 }, { layers: [{ units: 70 }, { units: 2 }] }),
    );
    session.stepBatch();
    const sections = check(traced(session, { layer: 1, unit: 0, input: 40, sample: 20 }));
    const [sum] = sections[0]?.lines ?? [];
    expect(sum?.numbers.match(/\\cdot/g)).toHaveLength(5);
    expect(sum?.numbers).toContain('\\htmlClass{chosen}');
    expect(sum?.numbers).toContain('_{66\\,\\times}'); // 65 products and the bias
    session.delete();
  });

  it('of the preset neuron are those a person follows by hand', () => {
    const preset = engine.presets().find(({ name }) => name === 'neuron');
    const session = engine.createSession(preset?.document);
    session.stepBatch();
    const trace = traced(session, { sample: 0, unit: 0, input: 1 });
    const symbols = linesOf(check(trace)).map((line) => line.symbols);
    expect(symbols[0]).toBe('z = w_{1}\\,x_{1} + w_{2}\\,x_{2} + b');
    expect(symbols[1]).toBe('y = \\sigma(z) = \\frac{1}{1 + e^{-z}}');
    expect(symbols).toContain('\\ell = (y - t)^2');
    expect(symbols).toContain(
      '\\frac{\\partial L}{\\partial w_{2}} = \\frac{\\partial L}{\\partial z}\\,x_{2}',
    );
    expect(symbols.at(-1)).toBe('w_{2} \\leftarrow w_{2} - \\eta\\,g');
    const next = session.neuronStep();
    expect(trace.parameters.after[1]).toBe(next.after[1]);
    session.delete();
  });

  it('a wrong number is seen: the check fails where the engine’s number is another', () => {
    const session = engine.createSession(document());
    session.stepBatch();
    const trace = traced(session);
    const wrong = { ...trace, neuron: { ...trace.neuron, sum: (trace.neuron.sum ?? 0) + 0.01 } };
    expect(() => check(wrong)).toThrow();
    session.delete();
  });
});
