// What goes wrong for a person, and that nothing already made is lost by it.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  bring,
  endless,
  epochOf,
  linkHash,
  pause,
  trainToTheEnd,
  waitForEpoch,
  waitForRest,
} from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();

const iris = readFileSync('web/public/data/iris.csv', 'utf8');

async function hashOf(page: Page, changed: () => Promise<void>): Promise<string> {
  await changed();
  await page.waitForURL(/#d=/);
  return new URL(page.url()).hash;
}

describe('a table nothing can be learned from', () => {
  const tables: [string, string, string][] = [
    ['too few rows', 'a,b,c\n1,2,x\n3,4,y\n', 'at least 8'],
    ['one row many times', `a,b,c\n${'1,2,x\n'.repeat(30)}${'3,4,y\n'.repeat(30)}`, 'at least 8'],
  ];
  it.each(tables)('is refused, and the run goes on: %s', async (_name, text, message) => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 3);
    await bring(page, 'useless.csv', text);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('cannot be used').waitFor();
    expect(await dialog.innerText()).toContain(message);
    await dialog.getByRole('button').first().click();
    await waitForEpoch(page, (await epochOf(page)) + 3);
    expect(await page.getByTestId('table').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('in a link gives the default experiment and says why', async () => {
    const hash = linkHash({ data: { source: 'table', table: { csv: 'a,c\n1,x\n2,y\n' } } });
    const { page, faults } = await openPage(site.browser, site.address + hash);
    await page.getByTestId('notice').filter({ hasText: 'at least 8' }).waitFor();
    await waitForEpoch(page, 2);
    expect(await page.getByTestId('table').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('a file that cannot be read', () => {
  it('is named; the run goes on', async () => {
    const { page } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 1);
    await page.route('**/data/iris.csv', (route) => route.fulfill({ status: 404, body: 'Not found' }));
    await page.getByTestId('iris').click();
    await page.getByTestId('notice').filter({ hasText: 'iris.csv could not be read' }).waitFor();
    await waitForEpoch(page, (await epochOf(page)) + 2);
    await page.context().close();
  });

  it('may have a name that is cut within an emoji', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await bring(page, `${'a'.repeat(59)}😀.csv`, iris);
    await page.getByTestId('table').filter({ hasText: '😀' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('the link', () => {
  it('that is copied holds what was typed a moment before', async () => {
    const { page, faults } = await openPage(site.browser, site.address, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await waitForEpoch(page, 1);
    await page.getByLabel('Seed').fill('123');
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    await page.context().close();
    const second = await openPage(site.browser, copied);
    await second.page.getByTestId('start').waitFor();
    expect(await second.page.getByLabel('Seed').inputValue()).toBe('123');
    expect([...faults, ...second.faults]).toEqual([]);
    await second.page.context().close();
  });

  it('put into the address bar of an open page is opened', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    const hash = await hashOf(page, () =>
      page
        .getByLabel('Seed')
        .fill('77')
        .then(() => page.keyboard.press('Enter')),
    );
    await page.getByLabel('Seed').fill('5');
    await page.keyboard.press('Enter');
    await page.waitForFunction((old) => location.hash !== old, hash);
    await page.evaluate((wanted) => (location.hash = wanted), hash);
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#field-seed')?.value === '77');
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('a change', () => {
  it('after the end begins a new run', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await trainToTheEnd(page);
    await page.getByTestId('pace').selectOption('normal'); // at full speed the next end could come unseen
    await page.getByRole('button', { name: 'Moons' }).click();
    await page.getByText('sealed until Finish').waitFor();
    expect(await trainToTheEnd(page)).toBeGreaterThan(0.9);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('while paused shows the new data and stays paused', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 1);
    await pause(page);
    await page.getByRole('button', { name: 'Moons' }).click();
    // The split was done before as well.
    await page.locator('[data-testid=epoch] b').filter({ hasText: /^0$/ }).waitFor();
    await page.locator('g.node[data-stage=split][data-state=done]').waitFor();
    await waitForRest(page);
    expect(await epochOf(page)).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('while paused that leaves too few rows is in force all the same, and the flowchart says where it fails', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 1);
    await page.getByText('Clean, augment, split').click();
    await page.getByLabel('Missing values').selectOption('mean');
    const rows = [1, 2, 3, 4, 5, 6, 7].map((x) => `${x},${x % 2 === 0 ? 'a' : 'b'}`);
    await bring(page, 'small.csv', ['x,class', 'NA,a', ...rows].join('\n'));
    await page.getByTestId('table').filter({ hasText: '8 rows' }).waitFor();
    await pause(page);
    await page.getByLabel('Missing values').selectOption('drop');
    await page.locator('g.node[data-stage=clean][data-state=failed]').waitFor();
    expect(await page.getByLabel('Missing values').inputValue()).toBe('drop');
    expect(await page.getByTestId('notice').innerText()).toContain('at least 8');
    expect(await page.locator('.field .problem').count()).toBe(0);
    await page.getByLabel('Missing values').selectOption('mean');
    await page.getByTestId('table').filter({ hasText: '8 rows' }).waitFor();
    await page.getByTestId('notice').waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('to a generator keeps the table at hand', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await bring(page, 'flowers.csv', iris);
    await page.getByTestId('table').filter({ hasText: 'flowers.csv' }).waitFor();
    await page.getByRole('button', { name: 'XOR' }).click();
    await page.getByTestId('last-table').click();
    await page.getByTestId('table').filter({ hasText: '4 columns' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('of the class column is learned', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    const lines = iris.trimEnd().split('\n');
    const withGarden = lines.map(
      (line, index) => `${line},${index === 0 ? 'garden' : index % 2 ? 'north' : 'south'}`,
    );
    await bring(page, 'gardens.csv', withGarden.join('\n'));
    await page.getByTestId('table').filter({ hasText: '2 classes' }).waitFor();
    await page.getByTestId('target').selectOption('species');
    await page.getByTestId('table').filter({ hasText: '3 classes' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('of a layer takes the refusals of removed layers with it', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.locator('#field-model-layers-1--units').fill('9999');
    await page.keyboard.press('Enter');
    await page.getByText('is 9999').waitFor();
    await page.getByRole('button', { name: 'Remove layer 1' }).click();
    await page.getByText('is 9999').waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('a heavy experiment', () => {
  it('steps in slices, so that every control answers meanwhile', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 1);
    await pause(page);
    for (let layer = 0; layer < 6; ++layer) await page.getByRole('button', { name: 'Add layer' }).click();
    for (let layer = 0; layer < 8; ++layer) {
      await page.locator(`#field-model-layers-${layer}--units`).fill('512');
      await page.keyboard.press('Enter');
    }
    await page.getByLabel('Points').nth(1).fill('20000');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Epoch' }).click();
    await page.locator('g.node[data-stage=train][data-state=active]').waitFor();
    await page.getByRole('button', { name: 'Rewind' }).click();
    await page.locator('g.node[data-stage=prepare][data-state=active]').waitFor();
    expect(await epochOf(page)).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('the layout', () => {
  it('never scrolls sideways, whatever the window and the number of layers', async () => {
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 1024, height: 768 },
      { width: 820, height: 1100 },
      { width: 800, height: 600 },
      { width: 1366, height: 640 },
      { width: 320, height: 568 },
    ]) {
      const { page, faults } = await openPage(site.browser, site.address, { viewport });
      await waitForEpoch(page, 1);
      for (let layer = 0; layer < 6 && viewport.width > 760; ++layer)
        await page.getByRole('button', { name: 'Add layer' }).click();
      const { scrollWidth, clientWidth } = await page.evaluate(() => ({
        scrollWidth: document.documentElement.scrollWidth,
        clientWidth: document.documentElement.clientWidth,
      }));
      expect(scrollWidth, `${viewport.width} × ${viewport.height}`).toBeLessThanOrEqual(clientWidth);
      const picture = await page.locator('.frame canvas').boundingBox();
      const frame = await page.locator('.frame').boundingBox();
      if (picture === null || frame === null) throw new Error('the picture is on the page');
      expect(picture.height, `${viewport.width} × ${viewport.height}`).toBeGreaterThan(200);
      expect(picture.y + picture.height).toBeLessThanOrEqual(frame.y + frame.height + 1);
      expect(faults).toEqual([]);
      await page.context().close();
    }
  });
});

describe('an engine that cannot be fetched', () => {
  it.each(['athanor.mjs', 'athanor.wasm', 'athanor.deferred.wasm'])(
    'is told, and nothing promises what will not come: %s',
    async (file) => {
      const context = await site.browser.newContext({ serviceWorkers: 'block', locale: 'en-GB' });
      const page = await context.newPage();
      await context.route(`**/${file}`, (route) => route.abort());
      let workers = 0;
      page.on('worker', () => ++workers);
      await page.goto(`${site.address}?lang=en`);
      await page.getByTestId('notice').waitFor();
      // Without its second part it trains all the same, as far as it comes, and no worker dies of it.
      if (file === 'athanor.deferred.wasm') {
        await waitForEpoch(page, 5);
        await waitForRest(page);
        expect(workers).toBe(1);
      }
      await page.getByText('Lighting the furnace').waitFor({ state: 'detached' });
      await context.close();
    },
  );
});
