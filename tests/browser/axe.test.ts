// Every panel, dialog and sheet, in both languages and themes, as axe sees it.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violations } from './support/axe';
import { drop, waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();
const sizes = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

interface View {
  name: string;
  /** The tab of a phone that what opens it is on. */
  tab?: 'data' | 'model' | 'training' | 'results';
  /** Leads there from the page as it opens, while it trains. */
  open: (page: Page) => Promise<unknown>;
  close?: (page: Page) => Promise<unknown>;
}

const escape = (page: Page) => page.keyboard.press('Escape');
const key = (name: string, shortcut: string): View => ({
  name,
  open: async (page) => {
    await page.locator('body').press(shortcut);
    await page.getByRole('dialog').waitFor();
  },
  close: async (page) => {
    await escape(page);
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  },
});
const unfolds = (name: string, button: string, tab?: View['tab']): View => ({
  name,
  ...(tab && { tab }),
  open: async (page) => {
    await page.getByTestId(button).click();
    await page.locator('[popover]:popover-open').waitFor();
  },
  close: escape,
});

const opens = (name: string, button: string, tab?: View['tab']): View => ({
  name,
  ...(tab && { tab }),
  open: async (page) => {
    await page.getByTestId(button).first().click();
    await page.getByRole('dialog').waitFor();
  },
  close: async (page) => {
    await escape(page);
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  },
});

const editing: View = {
  name: 'points being edited',
  tab: 'model',
  open: async (page) => {
    await page.getByTestId('edit-points').click();
    await page.getByTestId('palette').waitFor();
  },
  close: (page) => page.getByTestId('edit-done').click(),
};

const views: View[] = [
  { name: 'the page', open: () => Promise.resolve() },
  unfolds('examples', 'presets'),
  unfolds('the menu', 'more'),
  unfolds('shapes', 'more-shapes', 'data'),
  unfolds('weights', 'weight-table', 'model'),
  unfolds('settings of the network', 'whole-network', 'model'),
  key('where to begin', 'n'),
  key('the next step', 'i'),
  key('all settings', ','),
  key('shortcuts', '?'),
  opens('all measures', 'all-measures', 'results'),
  opens('a table on its way in', 'paste', 'data'),
  editing,
  {
    name: 'the tour',
    open: async (page) => {
      await page.getByTestId('tour-begin').click();
      await page.getByTestId('tour').waitFor();
    },
    close: escape,
  },
  opens('large curves', 'enlarge', 'results'),
  {
    name: 'a table with thousands and rows left out',
    open: async (page) => {
      const rows = Array.from({ length: 20 }, (_, i) => `L${i};1.${200 + i},5;${i % 2 ? 'a' : 'b'}`);
      await drop(page, 'lands.csv', ['land;area;kind', 'one', ...rows].join('\n'));
      await page.getByTestId('import-grouped').waitFor();
      await page.locator('[data-testid=import-accept][aria-disabled=false]').waitFor();
    },
    close: escape,
  },
  {
    name: 'a file that is no experiment',
    open: async (page) => {
      await drop(page, 'cut.athanor.json', '{');
      await page.getByTestId('notice').waitFor();
    },
    close: (page) => page.getByTestId('notice').getByRole('button').click(),
  },
];
/** In the header where there is room, else in the menu. */
const embedding: Record<keyof typeof sizes, View> = {
  wide: opens('the embed dialog', 'embed'),
  phone: {
    name: 'the embed dialog',
    open: async (page) => {
      await page.getByTestId('more').click();
      await page.getByTestId('embed-item').click();
      await page
        .getByRole('dialog')
        .filter({ has: page.getByTestId('embed-dialog') })
        .waitFor();
    },
    close: escape,
  },
};

async function openAt(language: string, theme: string, size: keyof typeof sizes, path = '?'): Promise<Page> {
  const { page } = await openPage(site.browser, `${site.address}${path}lang=${language}&theme=${theme}`, {
    viewport: sizes[size],
    reducedMotion: 'reduce', // colours on their way from one to another are no colours of the page
  });
  await waitForEpoch(page, 2);
  await page.locator('[data-testid=flowchart] svg').waitFor();
  return page;
}

describe.each(['zh', 'en'])('in %s', (language) => {
  describe.each(['light', 'dark'])('%s', (theme) => {
    it.each(['wide', 'phone'] as const)(
      'nothing breaks a rule (%s)',
      async (size) => {
        const page = await openAt(language, theme, size);
        const found: string[] = [];
        for (const { name, tab, open, close } of [...views, embedding[size]]) {
          if (size === 'phone') await page.locator(`[data-tab-of=${tab ?? 'model'}]`).click();
          await open(page);
          found.push(...(await violations(page)).map((line) => `${name}: ${line}`));
          await close?.(page);
        }
        if (size === 'phone')
          for (const tab of await page.getByRole('tab').all()) {
            await tab.click();
            const tabName = await tab.innerText();
            found.push(...(await violations(page)).map((line) => `${tabName}: ${line}`));
          }
        expect(found).toEqual([]);
        await page.context().close();
      },
      180_000,
    );

    it.each(['wide', 'phone'] as const)('nothing breaks a rule in an embed (%s)', async (size) => {
      const page = await openAt(language, theme, size, 'embed.html?run=1&');
      const found = await violations(page);
      for (const view of [unfolds('the menu', 'more'), key('shortcuts', '?'), key('the next step', 'i')]) {
        await view.open(page);
        found.push(...(await violations(page)).map((line) => `${view.name}: ${line}`));
        await view.close?.(page);
      }
      await page.goto(`${site.address}embed.html?lang=${language}&theme=${theme}`);
      await page.getByTestId('start').waitFor();
      await page.locator('[data-testid=flowchart] svg').waitFor();
      found.push(...(await violations(page)).map((line) => `waiting: ${line}`));
      expect(found).toEqual([]);
      await page.context().close();
    });
  });
});
