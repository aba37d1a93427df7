// The reference curves in every browser: the same bits as in Node.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PreviewServer } from 'vite';
import { loadEngine } from '../../bindings/index';
import { engineFolder, serveSite } from '../browser/support/site';
import { referenceDocuments, referenceLosses, sha256 } from '../wasm/reference';
import { browsers, type Browser } from './support/browsers';

const engine = await loadEngine({ variant: 'simd' });
const documents = referenceDocuments(engine);
const { simd: golden } = JSON.parse(readFileSync('tests/golden/losses.sha256.json', 'utf8')) as {
  simd: Record<string, string>;
};

let server: PreviewServer & { address: string };
beforeAll(async () => {
  server = await serveSite();
});
afterAll(() => server.close());

/** Every document's hash, or what its run has thrown, from one engine on one page. */
const hashes = () => `
  const url = new URL('${engineFolder()}simd/athanor.mjs', document.baseURI).href;
  const { default: create } = await import(url);
  const rest = await WebAssembly.compile(
    await (await fetch(url.replace('.mjs', '.deferred.wasm'))).arrayBuffer(),
  );
  let isThere = false;
  const loadSplitModule = (_, imports) => {
    if (!isThere) new WebAssembly.Instance(rest, imports);
    isThere = true;
  };
  const engine = await create({ AthanorError: Error, loadSplitModule, printErr: () => undefined });
  const losses = ${referenceLosses.toString()};
  const sha256 = ${sha256.toString()};
  const hashes = {};
  for (const [name, document] of Object.entries(${JSON.stringify(documents)})) {
    try {
      hashes[name] = await sha256(losses(engine, document));
    } catch (error) {
      hashes[name] = String(error);
    }
  }
  return hashes;`;

for (const { name, launch, absent } of browsers) {
  describe.skipIf(absent !== '')([name, absent].filter(Boolean).join(', '), () => {
    let browser: Browser | undefined;
    let found: Record<string, string>;
    beforeAll(async () => {
      browser = await launch();
      await browser.open(server.address);
      found = await browser.evaluate(hashes());
    });
    afterAll(() => browser?.close());

    it.each(Object.keys(documents))('%s: a thousand losses have the SHA-256 that Node gives', (document) => {
      expect(found[document]).toBe(golden[document]);
    });
  });
}
