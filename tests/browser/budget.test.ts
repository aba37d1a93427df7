// What a first visit costs before there is something to see, and whether anything moves that nobody touched.
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { waitForEpoch } from './support/person';
import { useSite } from './support/site';

const site = useSite();

/** When the page had something to show, on the clock that requests are timed by. */
async function firstFrame(page: Page): Promise<number> {
  await waitForEpoch(page, 1);
  return page.evaluate(() => {
    const [mark] = performance.getEntriesByName('first-frame');
    if (mark === undefined) throw new Error('there is no mark of the first frame');
    return performance.timeOrigin + mark.startTime;
  });
}

describe.each(['zh', 'en'])('a first visit (%s)', (language) => {
  it('has asked for at most 250 kB, compressed, when it trains', async () => {
    const context = await site.browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    const asked: { url: string; at: number; size: Promise<number> }[] = [];
    context.on('response', (response) => {
      const size = response.body().then((body) => gzipSync(body, { level: 9 }).length);
      size.catch(() => undefined);
      asked.push({ url: response.url(), at: response.request().timing().startTime, size });
    });
    await page.goto(`${site.address}?lang=${language}`);
    const shown = await firstFrame(page);
    const before = asked.filter(({ at }) => at < shown);
    const sizes = await Promise.all(
      before.map(async ({ url, size }) => ({ url: url.replace(site.address, ''), size: await size })),
    );
    const total = sizes.reduce((sum, { size }) => sum + size, 0);
    const largest = sizes.sort((a, b) => b.size - a.size).map(({ url, size }) => `${size} ${url}`);
    expect(total, largest.join('\n')).toBeLessThanOrEqual(250_000);
    expect(largest.some((line) => line.endsWith('athanor.wasm'))).toBe(true);
    await context.close();
  });
});

describe.each([
  ['a wide window', { width: 1280, height: 800 }],
  ['a phone', { width: 390, height: 844 }],
])('on %s', (_, viewport) => {
  it('nothing moves that nobody touched, while the page loads and trains', async () => {
    const context = await site.browser.newContext({ viewport, serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.goto(site.address);
    await page.locator('[data-testid=flowchart] svg').waitFor();
    // To its last epoch: how many are left when the chart is there hangs on the machine. On a phone it is behind another tab.
    await page.getByTestId('test-accuracy').waitFor({ state: 'attached' });
    const shifts = await page.evaluate(() => {
      const observer = new PerformanceObserver(() => undefined);
      observer.observe({ type: 'layout-shift', buffered: true });
      return observer.takeRecords().map((entry) => {
        const { value, sources } = entry as unknown as { value: number; sources: { node: Node | null }[] };
        const name = (node: Node | null) =>
          node instanceof Element ? `${node.tagName}.${node.className}` : (node?.textContent ?? '');
        return { value, moved: sources.map(({ node }) => name(node)) };
      });
    });
    const total = shifts.reduce((sum, { value }) => sum + value, 0);
    expect(total, JSON.stringify(shifts, null, 1)).toBeLessThanOrEqual(0.02);
    await context.close();
  });
});
