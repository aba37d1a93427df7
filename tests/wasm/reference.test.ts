import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadEngine } from '../../bindings/index';
import { referenceDocument, referenceDocuments, referenceLosses, sha256 } from './reference';

const golden = new URL('../golden/losses.sha256.json', import.meta.url);
/** Every tenth of the losses themselves: what the native build is held to, within a tolerance. */
const curves = new URL('../golden/losses.json', import.meta.url);
const engine = await loadEngine({ variant: 'simd' });
const documents = Object.entries(referenceDocuments(engine));

// A change that moves a curve is made on purpose: ATHANOR_UPDATE_GOLDENS=1 writes the new hashes, the commit says why.
if (process.env['ATHANOR_UPDATE_GOLDENS'] === '1') {
  const simd: Record<string, string> = {};
  const tenths: Record<string, number[]> = {};
  for (const [name, document] of documents) {
    const losses = referenceLosses(engine, document);
    simd[name] = await sha256(losses);
    tenths[name] = Array.from(
      losses.filter((_, step) => step % 10 === 0),
      (loss) => Number(loss.toPrecision(7)),
    );
  }
  writeFileSync(golden, JSON.stringify({ simd }, undefined, 2) + '\n');
  writeFileSync(curves, JSON.stringify(tenths) + '\n');
}
const { simd: hashes } = JSON.parse(readFileSync(golden, 'utf8')) as { simd: Record<string, string> };

it.each(documents)('%s: a thousand losses have the checked-in SHA-256', async (name, document) => {
  const losses = referenceLosses(engine, document);
  expect(losses.length).toBe(1000);
  expect(await sha256(losses)).toBe(hashes[name]);
});

it('a hash is checked in for every experiment, and for no other', () => {
  expect(Object.keys(hashes).sort()).toEqual(documents.map(([name]) => name).sort());
});

it('the same seed gives the same bits from run to run, another seed gives others', async () => {
  const first = await sha256(referenceLosses(engine, referenceDocument));
  expect(await sha256(referenceLosses(engine, referenceDocument))).toBe(first);
  expect(await sha256(referenceLosses(engine, { ...referenceDocument, seed: 8 }))).not.toBe(first);
});
