// The experiments to begin with do what their cards say: each is run in the engine that the page uses.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadEngine, type Diagnosis, type Experiment, type Session } from '../../bindings/index';
import { sheetOf } from '../../web/src/engine/sheet';
import { later as en } from '../../web/src/messages/en/later';
import { later as zh } from '../../web/src/messages/zh/later';
import { ownDocument, pictureData, presetOf, startNames, type StartName } from '../../web/src/state/starts';

const engine = await loadEngine({ variant: 'simd' });
const presets = engine.presets();

function tableOf(name: StartName): string {
  const table = presetOf(name, presets)?.table ?? '';
  return table === '' ? '' : readFileSync(`web/public/data/${table}`, 'utf8');
}
/** The whole experiment, with the text of its table. */
function experimentOf(name: StartName): Experiment {
  const given = (presetOf(name, presets)?.document ?? ownDocument) as Partial<Experiment>;
  const csv = tableOf(name);
  return engine.complete(
    csv === '' ? given : { ...given, data: { ...given.data, table: { ...given.data?.table, csv } } },
  );
}
/** As the sheet of a person who painted two groups is written: two lines of points with room between them. */
function painted(): string {
  const rows = Array.from({ length: 40 }, (_, i) => {
    const [along, label] = [(i % 20) / 10 - 1, i < 20 ? 1 : 2];
    return [along.toFixed(3), (along * along + (label === 1 ? 0.3 : -0.7)).toFixed(3), label].join();
  });
  return ['x,y,class', ...rows].join('\n');
}
function trained(document: unknown, epochs: number): Session {
  const session = engine.createSession(document);
  for (let i = 0; i < epochs && !session.status().finished; ++i) session.stepEpoch();
  return session;
}
function validationAccuracy(session: Session): number {
  const measures = session.status().measures.validation;
  return measures !== null && 'accuracy' in measures ? measures.accuracy : NaN;
}

describe('an experiment to begin with', () => {
  it('has a card in both languages and, unless one paints it, a preset of the engine', () => {
    for (const { starts } of [en, zh]) expect(Object.keys(starts.cards)).toEqual([...startNames]);
    for (const name of startNames) expect(presetOf(name, presets)?.name ?? 'own', name).toBe(name);
  });

  it.each(startNames)('%s is a document that the engine takes whole', (name) => {
    const document = experimentOf(name);
    expect(engine.validate(document)).toEqual([]);
    const session = engine.createSession(document);
    session.stepEpoch();
    expect(session.status().epoch).toBe(1);
    session.delete();
  });

  it.each(startNames.filter((name) => name !== 'own'))('%s has a picture of its own points', (name) => {
    const preset = presetOf(name, presets);
    if (preset === null) throw new Error(name);
    const { data } = pictureData(preset, tableOf(name));
    const sheet = sheetOf(engine, engine.complete({ data }));
    const { data: own } = experimentOf(name);
    expect(sheet.x.length).toBe(own.source === 'table' ? 150 : own.samples);
    expect(sheet.y.length).toBe(sheet.x.length);
    expect(new Set(sheet.label).size).toBe(name === 'iris' ? 3 : 2);
    if (name === 'iris') expect(sheet.columns).toEqual(['petal_length', 'petal_width']);
  });
});

describe('what the cards promise', () => {
  it.each([
    ['neuron', 50],
    ['spiral', 300],
    ['iris', 300],
  ] as const)('%s is right about more than nine in ten held-back rows', (name, epochs) => {
    const session = trained(experimentOf(name), epochs);
    expect(validationAccuracy(session)).toBeGreaterThan(0.9);
    session.delete();
  });

  it('a painted sheet is learnt with the settings that wait for it', () => {
    const table = { name: 'own points', csv: painted(), target: 'class', task: 'classification' };
    const session = trained({ ...ownDocument, data: { source: 'table', table } }, 300);
    expect(validationAccuracy(session)).toBeGreaterThan(0.9);
    session.delete();
  });

  it('over-fitting is found within 200 epochs, the validation loss well above its lowest, and cures are at hand', () => {
    const session = engine.createSession(experimentOf('overfit'));
    let found: Diagnosis | null = null;
    let epochs = 0;
    while (found === null && epochs < 200) {
      session.stepEpoch();
      ++epochs;
      const now = session.diagnosis();
      if (now.verdict === 'overfitting') found = now;
    }
    expect(found?.cures.map(({ id }) => id)).toContain('more_data');
    // It is no passing bump: it stays, and the gap grows.
    for (let i = 0; i < 200; ++i) session.stepEpoch();
    const later = session.diagnosis();
    expect(later.verdict).toBe('overfitting');
    expect(later.validationLoss).toBeGreaterThan(1.5 * (later.bestLoss ?? NaN));
    expect(later.trainLoss).toBeLessThan(0.5 * (later.validationLoss ?? NaN));
    session.delete();
  });
});
