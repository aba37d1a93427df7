// The reference curve in Chromium: the same bits as in Node.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { referenceDocument } from '../wasm/reference';
import { engineFolder, launchBrowser, openPage, serveSite } from './support/site';

it('a thousand losses have the SHA-256 that Node gives', async () => {
  const server = await serveSite();
  const browser = await launchBrowser();
  const { page } = await openPage(browser, server.address);
  // As text: the test runner rewrites import() inside functions.
  const hash = await page.evaluate<string>(`(async () => {
    const url = new URL('${engineFolder()}simd/athanor.mjs', document.baseURI).href;
    const { default: create } = await import(url);
    const session = (await create({ AthanorError: Error })).createSession(${JSON.stringify(referenceDocument)});
    for (let step = 0; step < 1000; ++step) session.stepBatch();
    const digest = await crypto.subtle.digest('SHA-256', session.losses());
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  })()`);
  const { simd } = JSON.parse(readFileSync('tests/golden/losses.sha256.json', 'utf8')) as { simd: string };
  expect(hash).toBe(simd);
  await browser.close();
  await server.close();
});
