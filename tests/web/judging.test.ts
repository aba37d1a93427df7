// What the answers are worth: from the engine to what is drawn.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { loadEngine, type Grid } from '../../bindings/index';
import { contour } from '../../web/src/charts/contour';
import { nearestPoint } from '../../web/src/charts/ranking';
import { FoldRunner } from '../../web/src/engine/folds';
import { JudgedSource } from '../../web/src/engine/judged';
import { TrialRunner } from '../../web/src/engine/trials';
import { familiesOf } from '../../web/src/state/augmented';
import { rowsInCell } from '../../web/src/state/cells';
import { cleaningDocuments } from '../../web/src/state/cleaned';

const engine = await loadEngine({ variant: 'simd' });

/** A grid over two classes whose second has these probabilities, rows from the smallest y up. */
function gridOf(rows: number[][]): Grid {
  const predictions = Float32Array.from(rows.flat().flatMap((p) => [1 - p, p]));
  return { resolution: rows.length, width: 2, x: [0, 1], y: [0, 1], predictions };
}

describe('the decision line', () => {
  it('runs where the probability is the threshold, between the grid’s points', () => {
    const grid = gridOf([
      [0, 0.5, 1],
      [0, 0.5, 1],
      [0, 0.5, 1],
    ]);
    const pieces = contour(grid, { label: 1, value: 0.25 });
    expect(pieces).toHaveLength(2);
    for (const [x1, , x2] of pieces) expect([x1, x2]).toEqual([0.25, 0.25]);
    const heights = pieces.flatMap(([, y1, , y2]) => [y1, y2]).sort();
    expect(heights).toEqual([0, 0.5, 0.5, 1]);
    // The other class has the rest of the probability.
    for (const [x1] of contour(grid, { label: 0, value: 0.25 })) expect(x1).toBeCloseTo(0.75, 6);
  });

  it('is nowhere where all is on one side', () => {
    const grid = gridOf([
      [0.1, 0.2],
      [0.3, 0.4],
    ]);
    expect(contour(grid, { label: 1, value: 0.05 })).toEqual([]);
    expect(contour(grid, { label: 1, value: 0.9 })).toEqual([]);
  });

  it('cuts off the corners that differ from the middle where a square has two of each', () => {
    const corner = (x: number, y: number) => `${x} ${y}`;
    const nearTo = (pieces: readonly (readonly number[])[]) =>
      pieces
        .map(([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) =>
          corner(Math.round((x1 + x2) / 2), Math.round((y1 + y2) / 2)),
        )
        .sort();
    // Two opposite corners above, and a middle above as well: the two others are cut off.
    const high = gridOf([
      [1, 0.4],
      [0.4, 1],
    ]);
    expect(nearTo(contour(high, { label: 1, value: 0.6 }))).toEqual([corner(0, 1), corner(1, 0)]);
    const low = gridOf([
      [0.8, 0],
      [0, 0.8],
    ]);
    expect(nearTo(contour(low, { label: 1, value: 0.6 }))).toEqual([corner(0, 0), corner(1, 1)]);
  });
});

describe('a curve over all thresholds', () => {
  it('is read at the point nearest to the pointer', () => {
    const points = [
      [0, 0, null],
      [0, 1, 0.7],
      [1, 1, 0.1],
    ] as const;
    expect(nearestPoint(points, [44, 0], 400, 300)).toBe(1);
    expect(nearestPoint(points, [390, 20], 400, 300)).toBe(2);
    expect(nearestPoint(points, [50, 250], 400, 300)).toBe(0);
    expect(nearestPoint([], [50, 250], 400, 300)).toBeNull();
  });
});

describe('what the worker sends of measures', () => {
  let now = 0;
  beforeEach(() => {
    now = 1000;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
  });
  const session = engine.createSession({ data: { samples: 80 } });
  session.stepEpoch();
  const moment = (step: number) => ({ run: 1, step, finished: false });
  const decisions = { part: 'train', threshold: null } as const;
  const reports = { part: 'train', positive: 1, threshold: 0.3 } as const;

  it('is what is asked for, and says what it was asked', () => {
    const judged = new JudgedSource().take(session, { decisions, reports }, moment(1), true);
    expect(judged?.decisions?.confusion).toEqual(session.decisions('train', null).confusion);
    expect(judged?.decisions).toMatchObject(decisions);
    expect(judged?.at).toMatchObject({ ...reports, ...session.atThreshold('train', 1, 0.3) });
    expect(judged?.reports?.train).toEqual(session.measures('train'));
    expect(judged?.reports?.test).toBeNull(); // sealed
  });

  it('counts of each cell as many rows as the matrix says', () => {
    const decided = session.decisions('train', null);
    for (const truth of [0, 1])
      for (const predicted of [0, 1])
        expect(rowsInCell(decided, { truth, predicted }).size).toBe(decided.confusion[truth]?.[predicted]);
    expect([...rowsInCell(decided, { truth: 1, predicted: 0 })].sort()).toEqual(
      [...session.rowsInCell('train', 1, 0)].sort(),
    );
  });

  it('comes at once when something else is asked for, else not before its turn', () => {
    const source = new JudgedSource();
    expect(source.take(session, { decisions, reports: null }, moment(1), true)).not.toBeNull();
    expect(source.take(session, { decisions, reports: null }, moment(2), true)).toBeNull();
    const other = { ...decisions, threshold: 0.2 };
    expect(source.take(session, { decisions: other, reports: null }, moment(2), true)).not.toBeNull();
    now += 1;
    expect(source.take(session, { decisions: other, reports: null }, moment(3), true)).toBeNull();
    expect(source.take(session, { decisions: other, reports: null }, moment(3), false)).not.toBeNull();
    expect(source.take(session, { decisions: other, reports: null }, moment(3), false)).toBeNull();
    source.changed();
    expect(source.take(session, { decisions: other, reports: null }, moment(3), false)).not.toBeNull();
    expect(source.take(session, { decisions: null, reports: null }, moment(4), false)).toBeNull();
  });

  it('measures the parts anew only when the network moved: a slider costs no more than its counts', () => {
    const measures = vi.fn(session.measures.bind(session));
    const counted = {
      measures,
      decisions: session.decisions.bind(session),
      atThreshold: session.atThreshold.bind(session),
    };
    const source = new JudgedSource();
    source.take(counted, { decisions: null, reports }, moment(1), false);
    const before = measures.mock.calls.length;
    const moved = source.take(
      counted,
      { decisions: null, reports: { ...reports, threshold: 0.9 } },
      moment(1),
      false,
    );
    expect(moved?.at?.threshold).toBe(0.9);
    expect(measures.mock.calls.length).toBe(before);
    source.take(counted, { decisions: null, reports }, moment(2), false);
    expect(measures.mock.calls.length).toBeGreaterThan(before);
  });
});

describe('work in slices', () => {
  const document = engine.complete({
    data: { samples: 60, noise: 0.5 },
    clean: { labels: 'drop' },
    done: { max_epochs: 4, patience: 1 },
  });

  it('cross-validates, and can be given up', () => {
    const folds = new FoldRunner();
    expect(folds.answer(engine, { act: 'go' })).toBeNull();
    let report = folds.answer(engine, { act: 'begin', document, folds: 3 });
    expect(report).toMatchObject({ folds: 3, finished: false, results: [] });
    while (report !== null && !report.finished) report = folds.answer(engine, { act: 'go' });
    expect(report?.results).toHaveLength(3);
    expect(folds.answer(engine, { act: 'go' })).toBeNull();
    folds.answer(engine, { act: 'begin', document, folds: 2 });
    expect(folds.answer(engine, { act: 'end' })).toBeNull();
    expect(folds.answer(engine, { act: 'go' })).toBeNull();
    expect(() => folds.answer(engine, { act: 'begin', document, folds: 99 })).toThrow(/folds/);
  });

  it('trains with and without cleaning for the same epochs, each as a session of its own would', () => {
    const documents = cleaningDocuments(document);
    const trials = new TrialRunner();
    let report = trials.answer(engine, { act: 'begin', documents });
    let before = 0;
    while (report !== null && !report.finished) {
      report = trials.answer(engine, { act: 'go' });
      expect(report?.done).toBeGreaterThanOrEqual(before);
      before = report?.done ?? before;
    }
    expect(report).toMatchObject({ count: 2, done: 2 });
    expect(report?.results.map(({ epochs }) => epochs)).toEqual([4, 4]);
    const [without, cleaned] = report?.results ?? [];
    expect(without?.rows.train).toBe(36);
    expect(cleaned?.rows.train).toBeLessThan(36);
    for (const [index, own] of documents.entries()) {
      const session = engine.createSession(own);
      while (!session.status().finished) session.advance(100, 100);
      expect(report?.results[index]?.validation).toEqual(session.status().measures.validation);
      session.delete();
    }
    expect(trials.answer(engine, { act: 'go' })).toBeNull();
  });
});

describe('augmented samples', () => {
  it('know their copies', () => {
    const session = engine.createSession({
      data: { samples: 40 },
      augment: { copies: 2, jitter: 0.1 },
    });
    session.stepEpoch();
    const points = session.points(0, 1);
    const families = familiesOf(points);
    expect(families).toHaveLength(24);
    for (const { original, copies } of families) {
      expect(copies).toHaveLength(2);
      for (const copy of copies) {
        expect(points.origin[copy]).toBe(points.row[original]);
        expect(points.label[copy]).toBe(points.label[original]);
      }
    }
    const rows = families.map(({ original }) => points.row[original] ?? -1);
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
    session.delete();
  });
});
