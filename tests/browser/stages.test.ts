// The flowchart as a way to the panels: by mouse, by keyboard and in words; and what moves along its edges.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { endless, pause, waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();

/** The stage, what names its panel, and what then has the focus. */
const stages = [
  ['prepare', 'data', '[aria-labelledby=data-title]'],
  ['clean', 'preparation', '.data > details'],
  ['augment', 'preparation', '.data > details'],
  ['split', 'preparation', '.data > details'],
  ['done', 'training', '.training > .panel'],
  ['train', 'network', '[aria-labelledby=network-title]'],
  ['evaluate', 'measures', '[aria-labelledby=measures-title]'],
  ['optimise', 'training', '.training > .panel'],
  ['finish', 'measures', '[aria-labelledby=measures-title]'],
] as const;

async function open(options: Parameters<typeof openPage>[2] = {}, path = '?lang=en') {
  const opened = await openPage(site.browser, `${site.address}${path}`, options);
  await opened.page.locator('[data-testid=flowchart] svg').waitFor();
  await opened.page.getByTestId('stages').getByRole('button').first().waitFor({ state: 'attached' });
  return opened;
}
function node(page: Page, stage: string) {
  return page.locator(`[data-testid=flowchart] g.node[data-stage=${stage}]`);
}
async function waitForPanel(page: Page, ring: string, panel: string): Promise<void> {
  await page.locator(`.page[data-ring=${ring}]`).waitFor();
  await page.waitForFunction(
    (selector) => document.querySelector(selector)?.contains(document.activeElement) === true,
    panel,
  );
  const box = await page.locator(panel).boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  expect(box?.y).toBeLessThan(height - 24);
  expect((box?.y ?? -1) + (box?.height ?? 0)).toBeGreaterThan(0);
  const outline = await page.locator(panel).evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(outline).toBe('solid');
}

describe.each([
  ['a wide window', { width: 1280, height: 800 }],
  ['a narrow one', { width: 1000, height: 800 }],
  ['a phone', { width: 390, height: 844 }],
])('on %s', (_, viewport) => {
  it('a click on any stage brings its panel, with the focus, and tells what it does', async () => {
    const { page, faults } = await open({ viewport });
    await waitForEpoch(page, 1);
    for (const [stage, ring, panel] of stages) {
      // The page before has scrolled away, or the chart to where the run is.
      await node(page, stage).evaluate((element) => {
        element.scrollIntoView({ block: 'nearest', inline: 'center' });
      });
      await node(page, stage).dispatchEvent('click');
      await waitForPanel(page, ring, panel);
      const hint = await node(page, stage).locator('title').textContent();
      const told = page.getByTestId('narration');
      await told.getByText((hint ?? '').split('.')[0] ?? '', { exact: false }).waitFor();
    }
    // The ring stays with the focus.
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.locator('.page:not([data-ring])').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('by keyboard', () => {
  it('the drawn stage shows where the focus is, and Enter leads to its panel', async () => {
    const { page } = await open();
    await waitForEpoch(page, 1);
    const buttons = page.getByTestId('stages').getByRole('button');
    await buttons.first().focus();
    await page.keyboard.press('Tab');
    const focused = page.locator('[data-testid=flowchart] g.node[data-focused]');
    await focused.waitFor();
    await expect.poll(() => focused.getAttribute('data-stage')).toBe('clean');
    const width = await focused
      .locator('rect.label-container')
      .evaluate((element) => getComputedStyle(element).strokeWidth);
    expect(width).toBe('4px');
    await page.keyboard.press('Tab');
    await expect.poll(() => focused.getAttribute('data-stage')).toBe('augment');
    await page.keyboard.press('Enter');
    await waitForPanel(page, 'preparation', '.data > details');
    await focused.waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('a stage says in words how it stands', async () => {
    const { page } = await open({}, endless);
    await waitForEpoch(page, 1);
    await pause(page);
    const words = await page.getByTestId('stages').getByRole('button').allInnerTexts();
    expect(words[0]).toMatch(/^Prepare: done, /);
    expect(words.filter((text) => text.includes(': next'))).toHaveLength(1);
    expect(words.at(-1)).toBe('Finish: not yet.');
    await page.context().close();
  });

  it('the focus goes from the chart to the strip above the columns, and then through these', async () => {
    const { page } = await open({}, endless);
    await waitForEpoch(page, 1);
    await pause(page);
    await page.getByTestId('stages').getByRole('button').last().focus();
    const passed: string[] = [];
    for (let i = 0; i < 120 && !passed.includes('results'); ++i) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(
        () =>
          /training|data|model|results/.exec(
            document.activeElement?.closest('main > *')?.className ?? '',
          )?.[0],
      );
      if (at !== undefined && passed.at(-1) !== at) passed.push(at);
    }
    expect(passed).toEqual(['training', 'data', 'model', 'results']);
    await page.context().close();
  });
});

describe('another run that has just begun', () => {
  it('takes nothing off the page that was there before it', async () => {
    const { page, faults } = await open();
    await waitForEpoch(page, 1);
    await page.getByTestId('pace').selectOption('motion'); // its first epoch lasts
    const parts = ['stages', 'choose-measure', 'picture-table', 'confusion-part'];
    const before = await Promise.all(parts.map((part) => page.getByTestId(part).elementHandle()));
    await page.getByRole('button', { name: 'Moons' }).click();
    await page.waitForFunction(
      () => document.querySelector('[data-testid=epoch] b')?.textContent?.trim() === '0',
    );
    for (const [index, element] of before.entries())
      expect(await element?.evaluate((node) => node.isConnected), parts[index]).toBe(true);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('the edges that were walked last', () => {
  /** Every animation in the chart, as browsers tell of them. */
  const moving = (page: Page) =>
    page.evaluate(
      () =>
        document
          .getAnimations()
          .filter(
            ({ effect }) =>
              effect instanceof KeyframeEffect && effect.target?.closest('[data-testid=flowchart]') != null,
          )
          .filter((animation) => animation instanceof CSSAnimation).length,
    );
  it('move while it trains, and stand when it does', async () => {
    const { page } = await open();
    await page.locator('[data-testid=flowchart] path[data-walked]').first().waitFor();
    const count = await moving(page);
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(6);
    await pause(page);
    await page.waitForFunction(
      () => document.querySelector('[data-testid=flowchart] path[data-walked]') === null,
    );
    expect(await moving(page)).toBe(0);
    await page.context().close();
  });
  it('have only their colour where motion is not wanted', async () => {
    const { page } = await open({ reducedMotion: 'reduce' });
    await page.locator('[data-testid=flowchart] path[data-walked]').first().waitFor();
    expect(await moving(page)).toBe(0);
    await page.context().close();
  });
});
