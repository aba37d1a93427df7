import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadEngine } from '../../bindings/index';
import { referenceDocument, referenceLosses, sha256 } from './reference';

const golden = new URL('../golden/losses.sha256.json', import.meta.url);
const engine = await loadEngine({ variant: 'simd' });

it('a thousand losses have the checked-in SHA-256', async () => {
  const losses = referenceLosses(engine);
  expect(losses.length).toBe(1000);
  const hash = await sha256(losses);
  // A change that moves the curve is made on purpose: ATHANOR_UPDATE_GOLDENS=1 writes the new hash, the commit says why.
  if (process.env['ATHANOR_UPDATE_GOLDENS'] === '1')
    writeFileSync(golden, JSON.stringify({ simd: hash }) + '\n');
  const { simd } = JSON.parse(readFileSync(golden, 'utf8')) as { simd: string };
  expect(hash).toBe(simd);
});

it('the same seed gives the same bits from run to run, another seed gives others', async () => {
  const first = await sha256(referenceLosses(engine));
  expect(await sha256(referenceLosses(engine))).toBe(first);
  expect(await sha256(referenceLosses(engine, { ...referenceDocument, seed: 8 }))).not.toBe(first);
});
