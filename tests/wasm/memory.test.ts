// A session gives back all the memory it took: a page that makes thousands of them does not grow.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadEngine, type Engine, type Session } from '../../bindings/index';

const kPageBytes = 65_536;

function pages(engine: Engine): number {
  // Emscripten renews the view whenever the memory grows.
  return (engine as unknown as { HEAPU8: Uint8Array }).HEAPU8.byteLength / kPageBytes;
}

/** Two columns of numbers, one of five texts that are embedded. */
const towns =
  'height,width,town,kind\n' +
  Array.from(
    { length: 60 },
    (_, i) => `${(i * 7) % 31},${(i * 5) % 23},town${i % 5},${i % 3 ? 'a' : 'b'}`,
  ).join('\n');

const documents = [
  {},
  {
    data: { generator: 'ripple', samples: 300 },
    augment: { copies: 1, flip: 'both' },
    model: {
      layers: [
        { name: 'first', units: 16, norm: 'batch' },
        { units: 16, norm: 'layer', residual: 'first', dropout: 0.1 },
      ],
    },
    training: { average: 0.9, accumulate: 2 },
    done: { restore_best: true },
  },
  { data: { source: 'table', table: { csv: readFileSync('web/public/data/iris.csv', 'utf8') } } },
  {
    data: { source: 'table', table: { csv: towns, columns: [{ name: 'town', embedding: 3 }] } },
    training: { optimizer: 'muon', sampling: 'balanced' },
  },
];

/** Builds, trains, looks, starts again, trains and gives back; then a document that is refused. */
function cycle(engine: Engine, document: object): void {
  const session = engine.createSession(document);
  for (let batch = 0; batch < 3; ++batch) session.stepBatch();
  session.nextStep();
  session.grid(10, 0, 1);
  session.rewind();
  session.stepBatch();
  session.delete();
  expect(() => engine.createSession({ training: { optimizer: 'none' } })).toThrow();
}

/**
 * Keeps sessions, with cycles between them, until there are so many or the memory grows. The same calls take the same
 * memory, so what one engine tells of the moment it grows holds for the next one.
 */
function fill(engine: Engine, most: number): Session[] {
  const before = pages(engine);
  const kept: Session[] = [];
  while (kept.length < most && pages(engine) === before) {
    const session = engine.createSession({ data: { samples: 6000 } });
    session.stepBatch();
    kept.push(session);
    for (const document of documents) cycle(engine, document);
  }
  return kept;
}

it('a thousand cycles of building, training and starting again grow the memory by no page', async () => {
  const enough = fill(await loadEngine({ variant: 'simd' }), Infinity).length;
  expect(enough).toBeGreaterThan(3);
  // One fewer: a few hundred kilobytes that are not given back make the memory grow.
  const engine = await loadEngine({ variant: 'simd' });
  fill(engine, enough - 1);
  const before = pages(engine);
  for (let i = 0; i < 250; ++i) for (const document of documents) cycle(engine, document);
  expect(pages(engine)).toBe(before);

  for (let i = 0; i < 20; ++i) engine.createSession({}).stepBatch();
  expect(pages(engine), 'twenty sessions that are not given back').toBeGreaterThan(before);
});
