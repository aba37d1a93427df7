// Every panel, dialog and sheet, in both languages and themes, as axe sees it.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violations } from './support/axe';
import { drop, killWorker, linkHash, waitForEpoch } from './support/person';
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

const large = opens('large curves', 'enlarge', 'results');

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
  unfolds('the picture in numbers', 'picture-table', 'model'),
  editing,
  {
    name: 'the points in numbers',
    tab: 'model',
    open: async (page) => {
      await editing.open(page);
      await page.getByTestId('picture-table').click();
      await page.getByTestId('points-table').waitFor();
    },
    close: async (page) => {
      await escape(page);
      await editing.close?.(page);
    },
  },
  {
    name: 'the tour',
    open: async (page) => {
      await page.getByTestId('tour-begin').click();
      await page.getByTestId('tour').waitFor();
    },
    close: escape,
  },
  large,
  {
    ...large,
    name: 'the curves in numbers',
    open: async (page) => {
      await large.open(page);
      await page.getByTestId('curves-table').locator('summary').click();
      await page.getByTestId('curves-table').locator('tbody tr').first().waitFor();
    },
  },
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
const folds = (name: string, summary: string, inside: string, tab: View['tab']): View => ({
  name,
  ...(tab && { tab }),
  open: async (page) => {
    await page.locator(summary).click();
    await page.locator(inside).first().waitFor();
  },
  close: (page) => page.locator(summary).click(),
});
views.push(
  folds('preparation', '.data > details > summary', '.data > details select', 'data'),
  folds('more settings', '.training summary', '.training .rest input', 'training'),
  {
    name: 'settings of a layer',
    tab: 'model',
    open: async (page) => {
      await page.locator('.head:has(.remove) .opener').first().click();
      await page.locator('[popover]:popover-open select').first().waitFor();
    },
    close: escape,
  },
  {
    name: 'a neuron',
    tab: 'model',
    open: async (page) => {
      await page.getByTestId('network').focus();
      await page.keyboard.press('ArrowDown');
      await page.getByTestId('neuron-card').waitFor();
    },
    close: async (page) => {
      await escape(page);
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    },
  },
  {
    name: 'a value that was refused',
    tab: 'training',
    open: async (page) => {
      await page.locator('#field-training-learning_rate').fill('-1');
      await page.keyboard.press('Enter');
      await page.locator('#field-training-learning_rate-problem').waitFor();
    },
    close: async (page) => {
      await page.locator('#field-training-learning_rate').fill('0.03');
      await page.keyboard.press('Enter');
      await page.locator('#field-training-learning_rate-problem').waitFor({ state: 'detached' });
    },
  },
);

// Last, for the data are a table then.
views.push(
  {
    name: 'the cells of a small table',
    tab: 'data',
    open: async (page) => {
      await page.getByTestId('iris').click();
      await page.getByTestId('cells').click();
      await page.getByTestId('table-cells').locator('input').first().waitFor();
    },
    close: escape,
  },
  unfolds('the columns of a table', 'columns', 'data'),
);

/** What a page shows that was opened with another experiment. */
const states: { name: string; document: object; runs: boolean; seen: (page: Page) => Promise<unknown> }[] = [
  {
    name: 'somebody else’s experiment that waits',
    document: { seed: 3 },
    runs: false,
    seen: (page) => page.getByTestId('start').waitFor(),
  },
  {
    name: 'a run that is over',
    document: { done: { max_epochs: 3 } },
    runs: true,
    seen: (page) => page.getByTestId('test-accuracy').waitFor({ state: 'attached' }), // on a phone behind another tab
  },
  {
    name: 'a run that failed',
    document: {
      data: { generator: 'plane' },
      training: { optimizer: 'sgd', learning_rate: 10 },
    },
    runs: true,
    seen: (page) => page.getByTestId('notice').waitFor(),
  },
  {
    name: 'an engine that was replaced',
    document: {},
    runs: true,
    seen: async (page) => {
      await waitForEpoch(page, 1);
      await killWorker(page, 'silently');
      await page.getByTestId('notice').waitFor();
    },
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

    it.each(states)('nothing breaks a rule: $name', async ({ document, runs, seen }) => {
      for (const size of ['wide', 'phone'] as const) {
        const run = runs ? '&run=1' : '';
        const { page } = await openPage(
          site.browser,
          `${site.address}?lang=${language}&theme=${theme}${run}${linkHash(document)}`,
          { viewport: sizes[size], reducedMotion: 'reduce' },
        );
        await page.locator('[data-testid=flowchart] svg').waitFor();
        await seen(page);
        expect(await violations(page), size).toEqual([]);
        await page.context().close();
      }
    });

    it('the counts of the confusion matrix can be read on every shade', async () => {
      const page = await openAt(language, theme, 'wide');
      await page.locator('[data-testid=confusion] button').first().waitFor();
      const contrasts = await page.evaluate(() => {
        const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
        const isShare = (colour: string) => colour.startsWith('color(');
        const luminance = (colour: string) => {
          const [r = 0, g = 0, b = 0] = channels(colour)
            .map((value) => (isShare(colour) ? value : value / 255))
            .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        return [...document.querySelectorAll<HTMLElement>('[data-testid=confusion] button')].flatMap((cell) =>
          Array.from({ length: 101 }, (_, percent) => {
            cell.style.setProperty('--share', String(percent / 100));
            const { color, backgroundColor } = getComputedStyle(cell);
            const [a, b] = [luminance(color), luminance(backgroundColor)];
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          }),
        );
      });
      expect(contrasts).toHaveLength(4 * 101);
      expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(4.5);
      expect(Math.max(...contrasts)).toBeLessThan(21); // they were read at all
      await page.context().close();
    });

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
