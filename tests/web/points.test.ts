import { describe, expect, it } from 'vitest';
import { loadEngine, type Experiment } from '../../bindings/index';
import { gridOver, sheetOf, workDataStages } from '../../web/src/engine/sheet';
import { History } from '../../web/src/state/history';
import {
  countsOf,
  decimalsOf,
  differenceOf,
  dotsAlong,
  emptySheet,
  mostClasses,
  mostPoints,
  moved,
  placeOf,
  pointAt,
  PointGrid,
  randomFrom,
  relabelled,
  sprayed,
  withClass,
  without,
  withPoints,
  type Place,
  type Sheet,
} from '../../web/src/state/points';
import { tableOf, writeTable } from '../../web/src/state/pointtable';
import { Stroke, type Brush } from '../../web/src/state/stroke';

const engine = await loadEngine({ variant: 'simd' });

function scattered(count: number, seed = 1): Sheet {
  const random = randomFrom(seed);
  const places = Array.from({ length: count }, () => ({ u: random(), v: random() }));
  const half = withPoints(emptySheet(1, 'classification'), places.slice(0, count / 2), 0);
  return withPoints(half, places.slice(count / 2), 1);
}
const middle: Place = { u: 0.5, v: 0.5 };
const brush = (change: Partial<Brush>): Brush => ({
  tool: 'paint',
  mark: 0,
  reach: 0.05,
  spacing: 0.05,
  ...change,
});

describe('a sheet', () => {
  it('keeps points as they will be written, and never beyond its sides', () => {
    const sheet = emptySheet(1, 'classification');
    expect(decimalsOf(sheet.x)).toBe(4);
    expect(pointAt(sheet, { u: 1 / 3, v: 0.5 }, 1)).toEqual({ x: -0.4, y: 0, mark: 1 });
    expect(pointAt(sheet, { u: -2, v: 7 }, 0)).toEqual({ x: -1.2, y: 1.2, mark: 0 });
    expect(decimalsOf([0, 2e6])).toBe(0);
    expect(decimalsOf([0, 1e-4])).toBe(8);
  });

  it('takes no more points than it may have', () => {
    const full = scattered(mostPoints);
    expect(withPoints(full, [middle], 0)).toBe(full);
    const almost = { ...full, points: full.points.slice(1) };
    expect(withPoints(almost, [middle, middle], 0).points).toHaveLength(mostPoints);
  });

  it('is the same sheet when nothing changes, so that nothing is no step to undo', () => {
    const sheet = scattered(40);
    const [first] = sheet.points;
    if (first === undefined) throw new Error('no points');
    expect(withPoints(sheet, [], 0)).toBe(sheet);
    expect(without(sheet, new Set([{ ...first }]))).toBe(sheet);
    expect(relabelled(sheet, new Set([first]), 0)).toBe(sheet);
    expect(moved(sheet, first, placeOf(sheet, first)).sheet).toBe(sheet);
  });

  it('has at most eight classes, each with a name of its own', () => {
    let sheet: Sheet = { ...emptySheet(1, 'classification'), classes: ['0', '3', 'setosa'] };
    for (let i = 0; i < 20; ++i) sheet = withClass(sheet);
    expect(sheet.classes).toEqual(['0', '3', 'setosa', '4', '5', '6', '7', '8']);
    expect(sheet.classes).toHaveLength(mostClasses);
    const values = emptySheet(1, 'regression');
    expect(withClass(values)).toBe(values);
  });

  it('counts each class, also one without points', () => {
    expect(countsOf(withClass(scattered(30)))).toEqual([15, 15, 0]);
  });

  it('keeps values within their range', () => {
    const sheet = withPoints(emptySheet(1, 'regression'), [middle], 3);
    expect(sheet.points[0]?.mark).toBe(1);
    expect(relabelled(sheet, new Set(sheet.points), 0.123456).points[0]?.mark).toBe(0.1235);
  });
});

describe('finding points by the grid', () => {
  it('is the same as looking at all of them', () => {
    const sheet = scattered(2000, 5);
    const grid = new PointGrid(sheet);
    const random = randomFrom(9);
    for (let i = 0; i < 300; ++i) {
      const place = { u: random() * 1.2 - 0.1, v: random() * 1.2 - 0.1 };
      const radius = random() * 0.1;
      const distances = sheet.points.map((point) => {
        const { u, v } = placeOf(sheet, point);
        return Math.hypot(u - place.u, v - place.v);
      });
      const wanted = sheet.points.filter((_, at) => (distances[at] ?? 1) <= radius);
      expect(grid.within(place, radius)).toEqual(new Set(wanted));
      const least = Math.min(...distances);
      const nearest = least <= radius ? sheet.points[distances.indexOf(least)] : null;
      expect(grid.nearest(place, radius)).toBe(nearest);
    }
  });
});

describe('a stroke', () => {
  it('paints dots evenly, however the pointer is sampled', () => {
    expect(dotsAlong({ u: 0, v: 0 }, { u: 0.3, v: 0.4 }, 0.1)).toHaveLength(5);
    const once = new Stroke(emptySheet(1, 'classification'), brush({}), { u: 0, v: 0.5 }, 1);
    once.moveTo({ u: 1, v: 0.5 });
    const often = new Stroke(emptySheet(1, 'classification'), brush({}), { u: 0, v: 0.5 }, 1);
    for (let i = 1; i <= 100; ++i) often.moveTo({ u: i / 100, v: 0.5 });
    expect(once.sheet.points).toHaveLength(21);
    expect(often.sheet.points).toEqual(once.sheet.points);
  });

  it('sprays the same pattern from the same seed, within its reach', () => {
    const spray = (seed: number) => {
      const stroke = new Stroke(emptySheet(1, 'classification'), brush({ tool: 'spray' }), middle, seed);
      stroke.spray(199);
      return stroke.sheet;
    };
    const sheet = spray(3);
    expect(sheet.points).toHaveLength(200);
    expect(spray(3).points).toEqual(sheet.points);
    expect(spray(4).points).not.toEqual(sheet.points);
    const distances = sheet.points.map((point) => {
      const { u, v } = placeOf(sheet, point);
      return Math.hypot(u - 0.5, v - 0.5);
    });
    expect(Math.max(...distances)).toBeLessThan(0.0501);
    // Evenly over the circle: half of the points lie within 1/√2 of the radius.
    const inner = distances.filter((distance) => distance < 0.05 * Math.SQRT1_2).length;
    expect(inner).toBeGreaterThan(80);
    expect(inner).toBeLessThan(120);
    expect(sprayed(randomFrom(1), { u: 0, v: 0 }, 0.1, 100).length).toBeLessThan(50);
  });

  it('erases and relabels what it passes, also between two places far apart', () => {
    const sheet = scattered(4000, 2);
    const inBand = (one: Sheet) =>
      one.points.filter((point) => Math.abs(placeOf(sheet, point).v - 0.5) < 0.03).length;
    expect(inBand(sheet)).toBeGreaterThan(100);
    const eraser = new Stroke(sheet, brush({ tool: 'erase' }), { u: 0, v: 0.5 }, 1);
    eraser.moveTo({ u: 1, v: 0.5 });
    expect(inBand(eraser.sheet)).toBe(0);
    const label = new Stroke(sheet, brush({ tool: 'relabel', mark: 1 }), { u: 0, v: 0.5 }, 1);
    label.moveTo({ u: 1, v: 0.5 });
    expect(label.sheet.points).toHaveLength(4000);
    expect(inBand({ ...label.sheet, points: label.sheet.points.filter(({ mark }) => mark === 0) })).toBe(0);
    expect(label.before).toBe(sheet);
  });

  it('carries the nearest point without a jump, and nothing where there is none', () => {
    const sheet = withPoints(
      emptySheet(1, 'classification'),
      [
        { u: 0.5, v: 0.5 },
        { u: 0.6, v: 0.5 },
      ],
      1,
    );
    const stroke = new Stroke(sheet, brush({ tool: 'move' }), { u: 0.51, v: 0.5 }, 1);
    stroke.moveTo({ u: 0.61, v: 0.9 });
    stroke.moveTo({ u: 0.71, v: 0.9 });
    const [first, second] = stroke.sheet.points;
    expect(first && placeOf(sheet, first).u).toBeCloseTo(0.7, 3);
    expect(first && placeOf(sheet, first).v).toBeCloseTo(0.9, 3);
    expect(second).toBe(sheet.points[1]);
    expect(new Stroke(sheet, brush({ tool: 'move' }), { u: 0.1, v: 0.1 }, 1).holds).toBe(false);
  });
});

describe('what changed between two sheets', () => {
  it('is what one has and the other has not', () => {
    const before = scattered(100);
    const [gone, stays] = before.points;
    if (gone === undefined || stays === undefined) throw new Error('no points');
    const after = withPoints(without(before, new Set([gone])), [middle], 1);
    expect(differenceOf(before.points, after.points)).toEqual({
      gone: [gone],
      added: [after.points.at(-1)],
    });
    expect(differenceOf(before.points, before.points)).toEqual({ gone: [], added: [] });
    const added = withPoints(before, [middle], 1);
    expect(differenceOf(added.points, before.points).gone).toEqual([added.points.at(-1)]);
  });
});

describe('the history', () => {
  it('goes back at least a hundred steps and forward again', () => {
    const history = new History(0);
    for (let i = 1; i <= 150; ++i) history.push(i);
    for (let i = 149; i >= 0; --i) expect(history.undo()).toBe(i);
    expect(history.canUndo).toBe(false);
    expect(history.undo()).toBe(0);
    for (let i = 1; i <= 150; ++i) expect(history.redo()).toBe(i);
    expect(history.canRedo).toBe(false);
  });

  it('forgets what was undone when something new comes, and the oldest when it is full', () => {
    const history = new History('a', 2);
    history.push('b');
    history.undo();
    history.push('c');
    expect(history.canRedo).toBe(false);
    history.push('c');
    for (const value of ['d', 'e']) history.push(value);
    expect([history.undo(), history.undo(), history.undo()]).toEqual(['d', 'c', 'c']);
  });
});

describe('a sheet as a table', () => {
  const document = (sheet: Sheet): Experiment => {
    const defaults = engine.defaults();
    return { ...defaults, data: { ...defaults.data, source: 'table', table: tableOf(sheet, 'own') } };
  };

  it('is read by the engine as it was written, in the order of its rows', () => {
    const sheet = { ...scattered(300, 4), classes: ['a, "b"', ' c'], names: ['x', 'x,y', 'cl"ass'] as const };
    const data = sheetOf(engine, document(sheet));
    expect(data).toMatchObject({
      task: 'classification',
      columns: ['x', 'x,y'],
      target: 'cl"ass',
      isNumeric: true,
    });
    // The engine sorts the classes by name and trims the spaces around an unquoted cell.
    expect(new Set(data.classes)).toEqual(new Set(sheet.classes));
    expect(Array.from(data.x, (x) => Number(x.toFixed(4)))).toEqual(sheet.points.map(({ x }) => x));
    expect(Array.from(data.y, (y) => Number(y.toFixed(4)))).toEqual(sheet.points.map(({ y }) => y));
    expect(Array.from(data.label, (label) => data.classes[label])).toEqual(
      sheet.points.map(({ mark }) => sheet.classes[mark]),
    );
  });

  it('of values likewise', () => {
    const random = randomFrom(8);
    let sheet = emptySheet(1, 'regression');
    for (let i = 0; i < 50; ++i) sheet = withPoints(sheet, [{ u: random(), v: random() }], random() * 2 - 1);
    const data = sheetOf(engine, document(sheet));
    expect(data.task).toBe('regression');
    expect(Array.from(data.value, (value) => Number(value.toFixed(4)))).toEqual(
      sheet.points.map(({ mark }) => mark),
    );
  });

  it('of 5,000 points fits a link’s inflated size many times over, numbers being short', () => {
    const text = writeTable(scattered(mostPoints));
    expect(text.length).toBeLessThan(100_000);
    expect(text.split('\n')[1]).toMatch(/^-?\d(\.\d{1,4})?,-?\d(\.\d{1,4})?,1$/);
  });

  it('takes all points of a generator, sealed and repeated ones included', () => {
    const defaults = engine.defaults();
    const data = sheetOf(engine, defaults);
    expect(data.x).toHaveLength(defaults.data.samples);
    expect(data.classes).toEqual(['0', '1']);
    const table = { ...defaults.data.table, csv: `a,b,c\n${'1,2,x\n'.repeat(6)}${'3,4,y\n'.repeat(6)}` };
    const repeated = { ...defaults, data: { ...defaults.data, source: 'table' as const, table } };
    expect(sheetOf(engine, repeated).x).toHaveLength(12);
  });

  it('says what else there is than two columns of numbers, without points', () => {
    const defaults = engine.defaults();
    const rows = (cells: string) => Array.from({ length: 20 }, (_, i) => `${cells},${i % 2}`).join('\n');
    const of = (csv: string) =>
      sheetOf(engine, {
        ...defaults,
        data: { ...defaults.data, source: 'table', table: { ...defaults.data.table, csv, target: 'class' } },
      });
    expect(of(`a,b,c,class\n${rows('1,2,3')}`)).toMatchObject({ columns: ['a', 'b', 'c'], x: { length: 0 } });
    const words = Array.from({ length: 20 }, (_, i) => `${['red', 'green'][i % 2]},${i % 2}`).join('\n');
    expect(of(`colour,class\n${words}`)).toMatchObject({ isNumeric: false, x: { length: 0 } });
  });
});

describe('the answers over a sheet', () => {
  it('are those of the engine’s own grid where the planes are the same', () => {
    const session = engine.createSession({ training: { learning_rate: 0.05 } });
    workDataStages(session);
    session.stepEpoch();
    const grid = session.grid(20, 0, 1);
    const over = gridOver(session, { x: grid.x, y: grid.y }, 20);
    expect(over.width).toBe(2);
    expect(over.resolution).toBe(20);
    over.predictions.forEach((value, i) => expect(value).toBeCloseTo(grid.predictions[i] ?? NaN, 4));
    session.delete();
  });
});
