// A table of ten megabytes in every browser: given up half way, read again, and learnt from.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PreviewServer } from 'vite';
import { serveSite } from '../browser/support/site';
import { inEveryBrowser } from './support/every';
import { act, click, visit } from './support/hand';

let server: PreviewServer & { address: string };
beforeAll(async () => {
  server = await serveSite();
});
afterAll(() => server.close());

/** Made inside the page, which has no disk, and put into the field for files as if it had been chosen there. */
const large = `
  const parts = ['id,a,b,c,note,class\\n'];
  let size = 0;
  for (let i = 0; size < 10_000_000; ++i) {
    const x = Math.sin(i) * 1000;
    const row = ['user-' + i, x.toFixed(4), (x * x).toFixed(2), i % 97, '"written by hand, no. ' + i + '"', x > 0 ? 'up' : 'down'].join() + '\\n';
    parts.push(row);
    size += row.length;
  }
  const transfer = new DataTransfer();
  transfer.items.add(new File(parts, 'large.csv', { type: 'text/csv' }));
  at('file').files = transfer.files;
  at('file').dispatchEvent(new Event('change', { bubbles: true }));`;

inEveryBrowser((page) => {
  it('is cancelled, read again and used as a sample (zh, then en)', { timeout: 120_000 }, async () => {
    await visit(page, server.address, '?lang=zh');
    await act(page, 'await seen(() => epoch() >= 1);');
    // The button is pressed in the frame in which the bar is first seen to have moved.
    const share = await act<number>(
      page,
      `${large}
        const bar = await seen(() => {
          const progress = document.querySelector('dialog[open] progress');
          return progress?.value > 0 && progress.value < progress.max ? progress : null;
        });
        const share = bar.value / bar.max;
        at('import-cancel').click();
        return share;`,
    );
    expect(share).toBeLessThan(1);
    // The run beneath goes on as if nothing had been.
    await act(page, "await seen(() => at('import-again') !== null && at('import-progress') === null);");
    const before = await act<number>(page, 'return epoch();');
    await act(page, `await seen(() => epoch() >= ${before} + 2);`);
    expect(await act(page, "return at('table');")).toBeNull();

    await click(page, 'import-again');
    await act(page, "await seen(() => at('import-accept')?.getAttribute('aria-disabled') === 'false');");
    expect(await act(page, "return text('import-size');")).toMatch(/10\.0/);
    await click(page, 'import-accept');
    await act(page, "await seen(() => text('table').includes('large.csv（随机抽取'));");
    await act(page, "await seen(() => document.querySelector('dialog[open]') === null && epoch() >= 1);");
    expect(await act(page, "return at('notice');")).toBeNull();
    await click(page, 'language');
    await act(page, "await seen(() => text('table').includes('3 columns · 2 classes'));");
  });
});
