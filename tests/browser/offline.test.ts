// The page without a network after a first visit, and its updates.
import { violations } from './support/axe';
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deploySite } from './support/deploy';
import { trainToTheEnd, waitForEpoch } from './support/person';
import { launchBrowser, openPage } from './support/site';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** The first visit's service worker has all its files and answers for this page. */
async function waitUntilKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller === null)
      await new Promise((resolve) =>
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
      );
  });
}

/** Addresses that are kept, of all caches. */
function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const found: string[] = [];
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys()) found.push(request.url);
    return found;
  });
}

describe('offline', () => {
  it('after the first visit the page trains, fetches its examples and opens links, without a network', async () => {
    const site = await deploySite();
    const { page, faults } = await openPage(browser, site.address, { serviceWorkers: 'allow' });
    await waitForEpoch(page, 1);
    await waitUntilKept(page);
    const first = new Set(site.asked);
    await site.goOffline();

    await page.reload();
    await waitForEpoch(page, 1);
    await page.locator('[data-testid=flowchart] g.node').first().waitFor();
    expect(await trainToTheEnd(page)).toBeGreaterThanOrEqual(0.95);
    await page.getByTestId('iris').click();
    await page.getByTestId('table').filter({ hasText: '4 columns' }).waitFor();
    await page.waitForURL(/#d=1\./);
    await page.goto(`${site.address}?lang=zh${new URL(page.url()).hash}`);
    await page.getByTestId('start').click();
    await waitForEpoch(page, 1);
    await page.goto(`${site.address}embed.html?run=1&show=controls,boundary`);
    await waitForEpoch(page, 1);
    expect(faults).toEqual([]);

    // Nothing but this site, and all that the first visit has asked for.
    const urls = await kept(page);
    for (const url of urls) expect(url.startsWith(site.address), url).toBe(true);
    const paths = new Set(urls.map((url) => new URL(url).pathname));
    for (const path of first) if (path !== '/sw.js') expect(paths, path).toContain(path);
    const modules = [...paths].filter((path) => path.endsWith('.wasm'));
    // Two of the variant in use, and of the one that embeds use.
    const folders = new Set(modules.map((path) => path.replace(/[^/]*$/, '')));
    expect(modules).toHaveLength(2 * folders.size);
    expect([...folders].some((folder) => folder.endsWith('/simd/'))).toBe(true);
    await page.context().close();
  });

  it('keeps nothing of other origins, and nothing that is not of the build', async () => {
    const site = await deploySite();
    const other = await deploySite();
    const { page } = await openPage(browser, site.address, { serviceWorkers: 'allow', bypassCSP: true });
    await waitForEpoch(page, 1);
    await waitUntilKept(page);
    const before = await kept(page);
    await page.evaluate(async (address) => {
      await fetch(`${address}data/iris.csv`, { mode: 'no-cors' });
      await fetch('examples/embed.html');
      await fetch('data/iris.csv?x=1');
    }, other.address);
    expect(other.asked).toContain('/data/iris.csv');
    expect(await kept(page)).toEqual(before);
    await page.context().close();
    await site.goOffline();
    await other.goOffline();
  });

  it('offers a new version, forces it on nobody, and takes it when told to', async () => {
    const site = await deploySite();
    const { page, faults } = await openPage(browser, site.address, { serviceWorkers: 'allow' });
    await waitForEpoch(page, 1);
    await waitUntilKept(page);
    expect(await page.getByTestId('update').count()).toBe(0);
    site.deploy((html) => html.replace('<body>', '<body data-version="2">'));
    await page.getByLabel('Seed').fill('41');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#d=1\./);

    await page.reload();
    await waitForEpoch(page, 1);
    await page.getByTestId('update').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.locator('body[data-version]').count()).toBe(0);
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByTestId('update').waitFor({ state: 'detached' });
    await waitForEpoch(page, 3); // it goes on

    await page.reload();
    await page.getByTestId('update').getByRole('button', { name: 'Use it now' }).click();
    await page.locator('body[data-version="2"]').waitFor();
    await waitForEpoch(page, 1);
    expect(await page.getByLabel('Seed').inputValue()).toBe('41');
    expect(await page.getByTestId('update').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
    await site.goOffline();
  });

  it('refuses files that do not belong together, and goes on with those it has', async () => {
    const site = await deploySite();
    const { page } = await openPage(browser, site.address, { serviceWorkers: 'allow' });
    await waitForEpoch(page, 1);
    await waitUntilKept(page);
    const names = await page.evaluate(() => caches.keys());
    // A deployment caught half-way: its worker is there, its page is not what the list says.
    site.deploy((html) => html.replace('<body>', '<body data-version="2">'));
    const worker = await page.evaluate(() => fetch('sw.js').then((response) => response.text()));
    site.deploy((html) => html.replace('<body>', '<body data-version="3">'));
    site.override('/sw.js', worker);
    const failed = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
      const installing = registration.installing;
      if (installing === null) return 'nothing was installed';
      await new Promise<void>((resolve) =>
        installing.addEventListener('statechange', () => {
          if (installing.state === 'redundant') resolve();
        }),
      );
      return installing.state;
    });
    expect(failed).toBe('redundant');
    await site.goOffline();
    await page.reload();
    await waitForEpoch(page, 1);
    expect(await page.evaluate(() => caches.keys())).toEqual(expect.arrayContaining(names));
    await page.context().close();
  });
});

describe('the service worker', () => {
  it('is a plain script, which every browser with service workers takes', () => {
    const code = readFileSync('build/site/sw.js', 'utf8');
    expect(code).not.toMatch(/\b(import|export)\b/);
    expect(code).not.toContain('__PRECACHE__');
    expect(code).not.toMatch(/https?:/);
  });
});
