// Threads: fetched for networks that gain from them, and the run that moves to them goes on as if it had not.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { linkHash, pause, waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite({ withHeaders: true });
const plain = useSite();

/** Steps of a few milliseconds. */
const wide = {
  data: { samples: 1500 },
  model: { layers: [{ units: 256 }, { units: 256, activation: 'tanh' }] },
  training: { batch_size: 256 },
  done: { max_epochs: 60, patience: 0 },
};

/** What the page says of its engine: the variant, and why it is this one. */
async function engineOf(page: Page): Promise<string> {
  const details = page.getByTestId('more-training');
  await details.locator('summary').click();
  const text = await details.getByTestId('engine').innerText();
  await details.locator('summary').click(); // it lies over the curves
  return text;
}

/** The table of the curves. */
async function curvesOf(page: Page): Promise<string[]> {
  await page.getByTestId('enlarge').click();
  const table = page.getByRole('dialog').getByTestId('curves-table');
  await table.locator('summary').click();
  await table.locator('tbody tr').last().waitFor();
  const rows = await table.locator('tbody tr').allInnerTexts();
  await page.keyboard.press('Escape');
  return rows;
}

async function trained(page: Page): Promise<string[]> {
  await page.getByTestId('pace').selectOption('full');
  await page.getByTestId('test-accuracy').waitFor();
  return curvesOf(page);
}

describe('threads', () => {
  it('take over a run whose steps are large, bit for bit', async () => {
    const open = (query: string) =>
      openPage(site.browser, `${site.address}${query}${query === '' ? '?' : '&'}run=1${linkHash(wide)}`);
    const threaded = await open('');
    await expect.poll(() => engineOf(threaded.page)).toContain('threads');
    const curves = await trained(threaded.page);
    expect(curves).toHaveLength(50);
    expect(await engineOf(threaded.page)).toMatch(/^engine: threads .*\nOn \d+ threads/);
    expect(threaded.faults).toEqual([]);
    await threaded.page.context().close();

    const alone = await open('?variant=relaxed');
    expect(await trained(alone.page)).toEqual(curves);
    expect(await engineOf(alone.page)).toMatch(/^engine: relaxed/);
    await alone.page.context().close();
  });

  it('are not fetched for small steps, nor where memory may not be shared', async () => {
    for (const [address, document, why] of [
      [site.address, {}, 'steps this small'],
      [plain.address, wide, 'this page’s server'],
    ] as const) {
      const { page, faults } = await openPage(site.browser, `${address}?run=1${linkHash(document)}`);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await waitForEpoch(page, 5);
      expect(await engineOf(page)).toContain(why);
      expect(asked.filter((url) => url.includes('/threads/'))).toEqual([]);
      expect(faults).toEqual([]);
      await page.context().close();
    }
  });

  it('that cannot be fetched leave the run as it is', async () => {
    const { page } = await openPage(site.browser, site.address);
    await page.route(/\/threads\//, (route) => route.abort());
    await page.goto(`${site.address}?run=1${linkHash(wide)}`);
    await page.waitForEvent('requestfailed', (request) => request.url().includes('/threads/'));
    const epoch = Number(await page.locator('[data-testid=epoch] b').innerText());
    await waitForEpoch(page, epoch + 2);
    await pause(page);
    expect(await engineOf(page)).toContain('could not be loaded');
    await page.context().close();
  });
});
