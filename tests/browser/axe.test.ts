// Every panel, dialog and sheet, in both languages and themes, as axe sees it.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violations } from './support/axe';
import { waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();
const sizes = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

interface View {
  name: string;
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
const unfolds = (name: string, button: string): View => ({
  name,
  open: async (page) => {
    await page.getByTestId(button).click();
    await page.locator('[popover]:popover-open').waitFor();
  },
  close: escape,
});

const opens = (name: string, button: string): View => ({
  name,
  open: async (page) => {
    await page.getByTestId(button).first().click();
    await page.getByRole('dialog').waitFor();
  },
  close: async (page) => {
    await escape(page);
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  },
});

const views: View[] = [
  { name: 'the page', open: () => Promise.resolve() },
  unfolds('examples', 'presets'),
  unfolds('shapes', 'more-shapes'),
  key('where to begin', 'n'),
  key('the next step', 'i'),
  key('all settings', ','),
  key('shortcuts', '?'),
  opens('all measures', 'all-measures'),
  opens('a table on its way in', 'paste'),
  opens('the embed dialog', 'embed'),
  {
    name: 'points being edited',
    open: async (page) => {
      await page.getByTestId('edit-points').click();
      await page.getByTestId('palette').waitFor();
    },
    close: (page) => page.getByTestId('edit-done').click(),
  },
  {
    name: 'the tour',
    open: async (page) => {
      await page.getByTestId('tour-begin').click();
      await page.getByTestId('tour').waitFor();
    },
    close: escape,
  },
  opens('large curves', 'enlarge'),
];

async function openAt(language: string, theme: string, size: keyof typeof sizes): Promise<Page> {
  const { page } = await openPage(site.browser, `${site.address}?lang=${language}&theme=${theme}`, {
    viewport: sizes[size],
    reducedMotion: 'reduce', // colours on their way from one to another are no colours of the page
  });
  await waitForEpoch(page, 2);
  await page.locator('[data-testid=flowchart] svg').waitFor();
  return page;
}

describe.each(['zh', 'en'])('in %s', (language) => {
  describe.each(['light', 'dark'])('%s', (theme) => {
    it('nothing on a wide window breaks a rule', async () => {
      const page = await openAt(language, theme, 'wide');
      const found: string[] = [];
      for (const { name, open, close } of views) {
        await open(page);
        found.push(...(await violations(page)).map((line) => `${name}: ${line}`));
        await close?.(page);
      }
      expect(found).toEqual([]);
      await page.context().close();
    });

    it('nothing on a phone breaks a rule', async () => {
      const page = await openAt(language, theme, 'phone');
      const found: string[] = [];
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click();
        const tabName = await tab.innerText();
        found.push(...(await violations(page)).map((line) => `${tabName}: ${line}`));
      }
      expect(found).toEqual([]);
      await page.context().close();
    });
  });
});
