// Points of data apart from the run: samples of generators, all points of a document for the editor, and the network's answers
// over its sheet.
import type { Engine, Experiment, Grid, Session } from 'athanor';
import { dataStages } from './pace';
import type { PlaneRange, Sample, SheetData } from './protocol';

export function isAtData(of: Session): boolean {
  const { stage, failure } = of.status();
  return failure === null && dataStages.includes(stage);
}

/** Throws what is wrong with the data, as far as it shows in `milliseconds`: what takes longer is left. */
export function workDataStages(of: Session, milliseconds = Infinity): void {
  const until = performance.now() + milliseconds;
  while (isAtData(of) && performance.now() < until) of.stepStageFor(until - performance.now());
}

/** A few points of a generator. */
export function samplesOf(engine: Engine, generator: string, points: number): Sample {
  const of = engine.createSession({
    data: { generator, samples: points, noise: 0.05 },
    prepare: { scaling: 'none' },
    split: { validation: 0, test: 0 },
  });
  try {
    workDataStages(of);
    const isLine = of.status().columns.length === 1;
    const { x, y, label, value } = of.points(0, isLine ? 0 : 1);
    return { name: generator, x, y: isLine ? value : y, label, value };
  } finally {
    of.delete();
  }
}

/** The same data with no row dropped, changed, copied or sealed, as far as a row can be read. */
function untouched({ athanor, seed, data }: Experiment): unknown {
  return { athanor, seed, data, clean: { duplicates: 'keep' }, split: { validation: 0, test: 0 } };
}

const nothing = {
  label: new Uint8Array(),
  x: new Float32Array(),
  y: new Float32Array(),
  value: new Float32Array(),
};

/** Without points unless there are two columns of numbers. Throws what the engine refuses. */
export function sheetOf(engine: Engine, document: Experiment): SheetData {
  const of = engine.createSession(untouched(document));
  try {
    workDataStages(of);
    const { columns, classes, task } = of.status();
    const { csv: text, ...choices } = document.data.table;
    const report = document.data.source === 'table' ? engine.readCsv(text, choices).columns : [];
    const isNumeric = report.every(({ role, kind }) => role !== 'feature' || kind === 'numeric');
    const target = report.find(({ role }) => role === 'target')?.name ?? '';
    const told = { task, columns, classes, target, isNumeric };
    if (columns.length !== 2 || !isNumeric) return { ...told, ...nothing };
    const { x, y, label, value, row } = of.points(0, 1);
    // The split shuffles; a sheet keeps the order of the rows.
    const order = Array.from(row.keys()).sort((a, b) => (row[a] ?? 0) - (row[b] ?? 0));
    return {
      ...told,
      x: Float32Array.from(order, (i) => x[i] ?? 0),
      y: Float32Array.from(order, (i) => y[i] ?? 0),
      label: Uint8Array.from(order, (i) => label[i] ?? 0),
      value: Float32Array.from(value.length === 0 ? [] : order, (i) => value[i] ?? 0),
    };
  } finally {
    of.delete();
  }
}

let rows: { plane: PlaneRange; features: Float32Array<ArrayBuffer> } | undefined;

/** The network's answers over a plane of its two columns, as Session.grid gives them. */
export function gridOver(session: Session, plane: PlaneRange, resolution: number): Grid {
  if (rows?.plane !== plane) {
    const features = new Float32Array(2 * resolution * resolution);
    const along = ([low, high]: readonly [number, number], i: number) =>
      low + ((high - low) * i) / (resolution - 1);
    for (let j = 0; j < resolution; ++j)
      for (let i = 0; i < resolution; ++i)
        features.set([along(plane.x, i), along(plane.y, j)], 2 * (j * resolution + i));
    rows = { plane, features };
  }
  const predictions = session.predict(rows.features);
  const [x, y] = [[...plane.x] as [number, number], [...plane.y] as [number, number]];
  return { resolution, width: predictions.length / (resolution * resolution), x, y, predictions };
}
