// Slow motion: the order of its phases, their sentences in both languages, and where they happen.
import type { Session, StageId, Status } from 'athanor';
import { describe, expect, it } from 'vitest';
import { Motion, nextMotion, phaseMilliseconds, type Moment, type Phase } from '../../web/src/engine/motion';
import { later as en } from '../../web/src/messages/en/later';
import { later as zh } from '../../web/src/messages/zh/later';
import { litBy, ringOf } from '../../web/src/state/moment';
import { momentTexts } from '../../web/src/state/narrated';

/** Milliseconds; a fake stage has no use for them. */
const slice = 12;

const stageIds = [
  'prepare',
  'clean',
  'augment',
  'split',
  'done',
  'train',
  'evaluate',
  'optimise',
  'finish',
] as const;

function statusAt(stage: StageId, batch: number, rest: Partial<Status> = {}): Status {
  return {
    stage,
    batch,
    batchesPerEpoch: 4,
    epoch: 2,
    step: 8 + batch,
    loss: 0.5,
    learningRate: 0.01,
    failure: null,
    finished: false,
    rows: { train: 40, validation: 10, test: 10 },
    parameters: 33,
    stages: stageIds.map((id) => ({
      id,
      state: id === stage ? 'active' : 'idle',
      visits: 1,
      seconds: 0,
      figures: id === 'evaluate' ? { epoch: 3, loss: 0.4, f1: 0.75 } : {},
    })),
    ...rest,
  } as Status;
}

/** A run that goes round the loop, of four batches an epoch. */
function fakeSession() {
  const order: StageId[] = ['split', 'done', 'train', 'evaluate', 'optimise', 'done'];
  let at = 0;
  let batch = 0;
  const next = () => void ++at;
  const session = {
    status: () => statusAt(order[at] ?? 'finish', batch),
    stepStageFor: () => {
      next();
      return true;
    },
    stepBatch: () => {
      batch = (batch + 1) % 4;
      if (batch === 0) next();
    },
    nextStep: () => ({
      step: 9,
      epoch: 3,
      batch: batch + 1,
      rows: [1, 2, 3],
      learningRate: 0.02,
      layers: [{}, {}],
      loss: 0.7,
      gradientNorm: 1.25,
      updateNorm: 0.125,
    }),
  };
  return session as unknown as Pick<Session, 'status' | 'nextStep' | 'stepStageFor' | 'stepBatch'>;
}

describe('slow motion', () => {
  it('goes on at once with a stage that takes longer than a slice, and lets it stay when it is done', () => {
    let left = 3;
    const session = { ...fakeSession(), stepStageFor: () => --left === 0 };
    const motion = new Motion();
    for (const isDone of [false, false, true]) {
      motion.advance(session, slice);
      expect(motion.moment?.phase).toBe('split');
      expect(motion.wait > 0).toBe(isDone);
    }
  });

  it('tells the first batch of an epoch phase by phase, lets the others go by, and every stage once', () => {
    const session = fakeSession();
    const motion = new Motion();
    const told: Phase[] = [];
    while (session.status().stage !== 'finish') {
      motion.advance(session, slice);
      if (told.at(-1) !== motion.moment?.phase) told.push(motion.moment?.phase ?? 'finish');
    }
    const loop = ['batch', 'forward', 'loss', 'backward', 'update', 'rest', 'evaluate', 'optimise', 'done'];
    expect(told).toEqual(['split', 'done', ...loop]);
  });

  it('takes the step only when it tells the update, with the numbers it told before', () => {
    const session = fakeSession();
    const motion = new Motion();
    const seen: [Phase | undefined, number, number | undefined][] = [];
    for (let i = 0; i < 7; ++i) {
      motion.advance(session, slice);
      seen.push([motion.moment?.phase, session.status().batch, motion.moment?.figures['loss']]);
    }
    expect(seen.slice(2)).toEqual([
      ['batch', 0, 0.7],
      ['forward', 0, 0.7],
      ['loss', 0, 0.7],
      ['backward', 0, 0.7],
      ['update', 1, 0.7],
    ]);
    expect(motion.moment?.figures).toMatchObject({ change: 0.125, step: 9, batch_rows: 3 });
  });

  it('keeps a phase as long as it takes to read, whatever else happens, until the person wants to go on', () => {
    const motion = new Motion();
    motion.advance(fakeSession(), slice);
    expect(motion.wait).toBeGreaterThan(phaseMilliseconds - 500);
    motion.hurry();
    expect(motion.wait).toBe(0);
  });

  it('lets an epoch’s other batches go by in about three seconds, however many there are', () => {
    for (const batchesPerEpoch of [2, 15, 240, 5000]) {
      const { work, wait, phase } = nextMotion('update', { stage: 'train', batch: 1, batchesPerEpoch });
      expect(phase).toBe('rest');
      const count = work.kind === 'batches' ? work.count : 0;
      const seconds = ((batchesPerEpoch - 1) / count) * (wait / 1000);
      expect(seconds).toBeGreaterThan(2);
      expect(seconds).toBeLessThan(4.5);
    }
  });

  it('says after a single step what it was, and nothing after one that failed', () => {
    const motion = new Motion();
    motion.begin('batch', 'train');
    expect(motion.moment).toBeNull();
    motion.end(statusAt('train', 3));
    expect(motion.moment).toMatchObject({
      phase: 'single',
      stage: 'train',
      figures: { batch: 3, loss: 0.5 },
    });
    motion.begin('stage', 'clean');
    motion.end(statusAt('augment', 0));
    expect(motion.moment).toMatchObject({ phase: 'clean', stage: 'clean' });
    motion.begin('epoch', 'train');
    motion.end(statusAt('train', 0, { failure: { code: 'not_finite', path: '', message: '', params: {} } }));
    expect(motion.moment).toBeNull();
  });
});

describe('what is told', () => {
  const phases: Phase[] = [...stageIds, 'batch', 'forward', 'loss', 'backward', 'update', 'rest', 'single'];
  const of = (phase: Phase, figures: Record<string, number> = {}): Moment => ({
    phase,
    stage: 'train',
    isOver: false,
    figures,
  });
  const plain = { task: 'classification', relabels: false } as const;

  it('has a sentence and a place for every phase in both languages', () => {
    for (const phase of phases) {
      for (const catalogue of [en, zh]) {
        const { title, sentence } = momentTexts(catalogue, of(phase), plain);
        expect(title, phase).not.toBe('');
        expect(sentence, phase).not.toMatch(/[{}]/);
      }
      expect(ringOf(of(phase)), phase).toBeDefined();
    }
    expect(ringOf(null)).toBeUndefined();
  });

  it('puts the numbers in', () => {
    const told = momentTexts(
      en,
      of('evaluate', { epoch: 3, validation_rows: 80, loss: 0.4321, f1: 0.75 }),
      plain,
    );
    expect(told).toEqual({
      title: 'Evaluate',
      sentence:
        'After epoch 3 the network answers the 80 validation rows, which it never trains on: loss 0.432, F1 75.0%.',
    });
    const values = momentTexts(zh, of('evaluate', { epoch: 3, r2: 0.5 }), {
      task: 'regression',
      relabels: false,
    });
    expect(values.sentence).toContain('R² 0.500');
    expect(momentTexts(en, of('done', { over: 1, epoch: 9, max_epochs: 9 }), plain).sentence).toContain(
      'ends',
    );
    const cleaned = momentTexts(en, of('clean', { missing: 2, labels: 3 }), { ...plain, relabels: true });
    expect(cleaned.sentence).toContain('2 rows are dropped; 3 rows');
  });

  it('lights the stage that is told, though its work is done', () => {
    const status = statusAt('optimise', 0);
    const lit = litBy(status, { phase: 'evaluate', stage: 'evaluate', isOver: false, figures: {} });
    const after = { phase: 'evaluate', stage: 'evaluate', isOver: true, figures: {} } as const;
    expect(litBy(status, after)).toBe(status); // after a single step: where it goes on
    const states = Object.fromEntries(lit.stages.map(({ id, state }) => [id, state]));
    expect(states['evaluate']).toBe('active');
    expect(states['optimise']).toBe('done');
    expect(litBy(status, null)).toBe(status);
  });
});
