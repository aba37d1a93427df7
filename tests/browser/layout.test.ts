// What has to be seen whole, and pressed without aiming, where there is little room.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { endless, linkHash, pause, waitForEpoch, waitForRest } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();

/** Of every element, whether something of it is cut off. */
const cut = (page: Page, selector: string) =>
  page
    .locator(selector)
    .evaluateAll((elements) =>
      elements.map(
        ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
          scrollWidth > clientWidth || scrollHeight > clientHeight,
      ),
    );

describe.each(['en', 'zh'])('a window of 1280 by 800 (%s)', (language) => {
  it('shows the picture of a table of three classes with all of its matrix', async () => {
    const { page, faults } = await openPage(site.browser, `${site.address}?lang=${language}`);
    await waitForEpoch(page, 1);
    await page.getByTestId('iris').click();
    await page.getByTestId('table').filter({ hasText: 'iris.csv' }).waitFor();
    await page.getByTestId('confusion').locator('tbody tr').nth(2).waitFor();
    expect(await cut(page, '.side, .corner')).toEqual([false, false]);
    const heights = await page
      .locator('[aria-labelledby=boundary-title] .panel-head, #boundary-title')
      .evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().height));
    for (const height of heights) expect(height).toBeLessThanOrEqual(28); // one line
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('shows all measures below a notice as well', async () => {
    const { page } = await openPage(site.browser, `${site.address}?lang=${language}`);
    await waitForEpoch(page, 1);
    await page.getByTestId('diagnosis').waitFor();
    await page.route('**/data/iris.csv', (route) => route.fulfill({ status: 404, body: 'Not found' }));
    await page.getByTestId('iris').click();
    await page.getByTestId('notice').waitFor();
    await expect.poll(() => cut(page, '.results, .curves')).toEqual([false, false]);
    await page.context().close();
  });
});

describe('the buttons above the layers', () => {
  const opened = async (layers: number) => {
    const hash = linkHash({ model: { layers: Array.from({ length: layers }, () => ({ units: 8 })) } });
    const { page } = await openPage(site.browser, `${site.address}${hash}`, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    await waitForRest(page);
    const heads = page.locator('.heads .head');
    await expect.poll(() => heads.count()).toBe(layers);
    const widths = await heads
      .locator('button')
      .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().width));
    const scrolls = (await cut(page, '.scroller:has(.heads)'))[0];
    const boxes = await heads.evaluateAll((all) =>
      all.map((head) => head.getBoundingClientRect()).map(({ left, right }) => [left, right] as const),
    );
    await page.context().close();
    return { widths, scrolls, boxes };
  };

  it.each([1, 2, 3])('of %i layers are 24 pixels wide on a phone, and nothing scrolls', async (layers) => {
    const { widths, scrolls } = await opened(layers);
    expect(Math.min(...widths)).toBeGreaterThanOrEqual(24);
    expect(scrolls).toBe(false);
  });

  it('are as wide with eight layers, side by side: the drawing scrolls', async () => {
    const { widths, scrolls, boxes } = await opened(8);
    expect(Math.min(...widths)).toBeGreaterThanOrEqual(24);
    expect(scrolls).toBe(true);
    for (const [index, [left]] of boxes.entries())
      if (index > 0) expect(left).toBeGreaterThanOrEqual(boxes[index - 1]?.[1] ?? 0);
  });
});

describe('a list that is looked at', () => {
  it('of cleaned rows stays open when the run begins again', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 1);
    await page.getByTestId('iris').click();
    await page.getByTestId('table').filter({ hasText: 'iris.csv' }).waitFor();
    await waitForEpoch(page, 1);
    await pause(page);
    await page.locator('g.node[data-stage=clean]').click();
    await page.getByTestId('cleaned').filter({ hasText: 'Rows cleaned: 1' }).click();
    const list = page.getByTestId('cleaned-rows');
    await list.getByText('there already: dropped').waitFor();
    await page.keyboard.press('r');
    await page.locator('[data-testid=epoch] b').filter({ hasText: /^0$/ }).waitFor();
    await page.keyboard.press('e');
    await waitForEpoch(page, 1);
    expect(await list.isVisible()).toBe(true);
    expect(await page.getByTestId('notice').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
