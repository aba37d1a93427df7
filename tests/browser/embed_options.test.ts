// What the address of an embed, or of the whole page, asks for: which engine, which panels, what keys do there, whether it runs.
import { describe, expect, it } from 'vitest';
import { waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();

describe('the engine', () => {
  /** The builds that were fetched. */
  async function builds(path: string): Promise<string[]> {
    const context = await site.browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    const found = new Set<string>();
    context.on('request', (request) => {
      const build = /engine\/[^/]*\/?(simd|relaxed)\//.exec(request.url())?.[1];
      if (build !== undefined) found.add(build);
    });
    await page.goto(site.address + path);
    await page.locator('[data-testid=flowchart] svg').waitFor();
    await context.close();
    return [...found];
  }
  it('of an embed has the same bits everywhere, unless its author asks for another', async () => {
    expect(await builds('embed.html')).toEqual(['simd']);
    expect(await builds('embed.html?variant=relaxed')).toEqual(['relaxed']);
    expect(await builds('?')).toEqual(['relaxed']);
    expect(await builds('?variant=simd')).toEqual(['simd']);
  });
});

describe('keys', () => {
  it('do nothing that the shown panels cannot do', async () => {
    const { page, faults } = await openPage(
      site.browser,
      `${site.address}embed.html?show=boundary&run=1&lang=en`,
    );
    await page.locator('[data-testid=confusion]').waitFor();
    for (const key of [',', 'i', 'r', 'b', 'e', 's', ' ', 'n', 'd', 'o'])
      await page.locator('body').press(key);
    // What a key does is done before the next one is: this one opens the sheet, which lists what is left.
    await page.locator('body').press('?');
    const sheet = page.getByRole('dialog');
    await sheet.waitFor();
    expect(await page.getByRole('dialog').count()).toBe(1);
    const general = await sheet.locator('dl').first().locator('dt').allInnerTexts();
    expect(general.map((text) => text.trim())).toEqual(['?']);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('do what shown panels can', async () => {
    const { page } = await openPage(site.browser, `${site.address}embed.html?show=controls,training&lang=en`);
    await page.getByTestId('start').waitFor();
    await page.locator('body').press('e');
    await waitForEpoch(page, 1);
    await page.locator('body').press(',');
    await page.getByTestId('all-settings').waitFor();
    await page.context().close();
  });
});

describe('panels', () => {
  const regions: Record<string, string> = {
    title: 'h1',
    examples: '[data-testid=presets]',
    controls: '[data-testid=run]',
    settings: '[data-testid=language]',
    flowchart: '[data-testid=flowchart]',
    data: '#data-title',
    preparation: 'details.panel',
    network: '#network-title',
    boundary: '#boundary-title',
    training: '#field-seed',
    curves: '[data-testid=curve-loss]',
    measures: '#measures-title',
  };

  it('are hidden by name, each alone, and shown by name, each alone', async () => {
    const names = Object.keys(regions);
    for (const [index, name] of names.entries()) {
      const hides = index % 2 === 0;
      const { page, faults } = await openPage(
        site.browser,
        `${site.address}embed.html?${hides ? 'hide' : 'show'}=${name}&lang=en`,
      );
      await page.getByTestId('start').waitFor();
      for (const other of names) {
        expect(
          await page.locator(regions[other] ?? '').count(),
          `${hides ? 'hide' : 'show'}=${name}: ${other}`,
        ).toBe((other === name) === hides ? 0 : 1);
      }
      expect(faults).toEqual([]);
      await page.context().close();
    }
  });

  it('with names nobody knows are told, and the rest holds', async () => {
    const { page, faults } = await openPage(
      site.browser,
      `${site.address}embed.html?hide=flowchart,diagram&lang=en`,
    );
    await page.getByTestId('notice').filter({ hasText: '“diagram” means nothing to hide' }).waitFor();
    expect(await page.getByTestId('flowchart').count()).toBe(0);
    await page.getByTestId('language').click();
    await page.getByTestId('notice').filter({ hasText: '没有这个取值' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('fit small frames: nothing scrolls sideways, and Run is in sight', async () => {
    const alone = Object.keys(regions).map((name) => `show=${name}`);
    // Everything at once needs some room; a panel alone needs little.
    const frames = [
      { width: 640, height: 420, queries: ['', 'hide=flowchart', 'show=controls,boundary'] },
      { width: 360, height: 600, queries: ['', 'hide=flowchart', 'show=controls,boundary'] },
      { width: 900, height: 500, queries: ['', 'show=data,curves'] },
      { width: 320, height: 240, queries: alone },
    ];
    for (const { queries, ...viewport } of frames) {
      for (const query of queries) {
        const { page, faults } = await openPage(site.browser, `${site.address}embed.html?${query}`, {
          viewport,
        });
        const button = await page.getByTestId('start').boundingBox();
        const where = `${viewport.width} × ${viewport.height} ${query}`;
        const content = await page.evaluate(() => {
          const { scrollWidth, scrollHeight } = document.documentElement;
          return [scrollWidth, scrollHeight];
        });
        expect(content, where).toEqual([viewport.width, viewport.height]);
        expect((button?.y ?? 1e6) + (button?.height ?? 0), where).toBeLessThanOrEqual(viewport.height);
        expect(button?.y, where).toBeGreaterThanOrEqual(0);
        expect(faults, where).toEqual([]);
        await page.context().close();
      }
    }
  });

  it('that are tabs can be reached with the keyboard in a narrow frame', async () => {
    const { page } = await openPage(site.browser, `${site.address}embed.html?lang=en&hide=training`, {
      viewport: { width: 360, height: 600 },
    });
    await page.getByTestId('start').waitFor();
    expect(await page.getByRole('tab').allInnerTexts()).toEqual(['Data', 'Network', 'Results']);
    await page.getByRole('tab', { name: 'Results' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('#measures-title').waitFor();
    await page.context().close();
  });
});

describe('the link', () => {
  it('waits in the whole page too, runs when it asks to, and a person’s own document goes on after a reload', async () => {
    const first = await openPage(site.browser, site.address);
    await waitForEpoch(first.page, 1);
    await first.page.getByRole('button', { name: 'Moons' }).click();
    await first.page.waitForURL(/#d=1\./);
    const { hash } = new URL(first.page.url());
    await first.page.reload();
    await waitForEpoch(first.page, 1); // their own work

    const other = await openPage(site.browser, site.address + hash);
    await other.page.getByTestId('start').waitFor();
    await other.page.reload();
    await other.page.getByTestId('start').waitFor(); // still somebody else's
    expect(await other.page.locator('[data-testid=epoch] b').innerText()).toBe('0');
    await other.page.getByTestId('start').focus();
    await other.page.keyboard.press('Enter');
    await waitForEpoch(other.page, 1);

    const asked = await openPage(site.browser, `${site.address}?run=1${hash}`);
    await waitForEpoch(asked.page, 1);
    // A reload cuts off what is still being fetched, which may be the icon or what is fetched late.
    const faults = [...first.faults, ...other.faults, ...asked.faults];
    expect(faults.filter((fault) => !fault.endsWith(' net::ERR_ABORTED'))).toEqual([]);
    for (const { page } of [first, other, asked]) await page.context().close();
  });
});
