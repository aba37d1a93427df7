// The tour: offered once, walked by keyboard, gone for good when it was declined; and never in anybody's way.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { linkHash, waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
async function boxOf(page: Page, selector: string): Promise<Box> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not to be seen`);
  return box;
}
/** Whether the ring stands around a panel: on all four sides a few pixels outside it. */
async function rings(page: Page, selector: string): Promise<boolean> {
  const [ring, panel] = await Promise.all([boxOf(page, '[data-testid=tour-ring]'), boxOf(page, selector)]);
  const apart = [
    panel.x - ring.x,
    panel.y - ring.y,
    ring.x + ring.width - panel.x - panel.width,
    ring.y + ring.height - panel.y - panel.height,
  ];
  return apart.every((pixels) => pixels > 0 && pixels < 12);
}
/** The page has fetched all it shows: a reload cuts nothing off. */
async function allThere(page: Page): Promise<void> {
  await page.locator('[data-testid=flowchart] svg').waitFor();
  await page.locator('[data-testid=curve-score] canvas').waitFor();
}
const panels = [
  'section.flow',
  '[aria-labelledby=data-title]',
  '[aria-labelledby=network-title]',
  '[aria-labelledby=boundary-title]',
  'section.curves',
];

describe('the tour', () => {
  it('is offered without covering or moving anything, and walked by keyboard alone', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    const picture = await boxOf(page, '[aria-labelledby=boundary-title]');
    const offer = await boxOf(page, '[data-testid=tour-offer]');
    await page.locator('[data-testid=flowchart] svg').waitFor();
    const stages = await page.locator('[data-testid=flowchart] g.node').all();
    expect(stages.length).toBe(9);
    for (const stage of stages) {
      const box = await stage.boundingBox();
      if (box === null) throw new Error('a stage is not to be seen');
      const isApart =
        box.x > offer.x + offer.width ||
        box.x + box.width < offer.x ||
        box.y > offer.y + offer.height ||
        box.y + box.height < offer.y;
      expect(isApart).toBe(true);
    }
    await page.getByTestId('tour-begin').focus();
    await page.keyboard.press('Enter');
    const tour = page.getByRole('dialog', { name: 'A tour of the page' });
    for (const [index, selector] of panels.entries()) {
      await tour
        .getByTestId('tour-position')
        .filter({ hasText: `${index + 1} of 5` })
        .waitFor();
      await expect.poll(() => rings(page, selector), { message: selector }).toBe(true);
      const card = await boxOf(page, '[data-testid=tour] section');
      expect(card.x).toBeGreaterThanOrEqual(0);
      expect(card.y).toBeGreaterThanOrEqual(0);
      expect(card.x + card.width).toBeLessThanOrEqual(1280);
      expect(card.y + card.height).toBeLessThanOrEqual(800);
      await page.keyboard.press('ArrowRight');
    }
    await tour.getByTestId('tour-position').filter({ hasText: '5 of 5' }).waitFor(); // there is no sixth
    await page.keyboard.press('ArrowLeft');
    await tour.getByText('What has been learned').waitFor();
    // The focus stays inside.
    for (let i = 0; i < 6; ++i) {
      await page.keyboard.press('Tab');
      expect(
        await page.evaluate(
          () =>
            document.activeElement === document.body ||
            document.activeElement?.closest('[data-testid=tour]') !== null,
        ),
      ).toBe(true);
    }
    await page.keyboard.press('Escape');
    await tour.waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-testid') === 'open-start');
    expect(await page.getByTestId('tour-offer').count()).toBe(0);
    expect(await boxOf(page, '[aria-labelledby=boundary-title]')).toEqual(picture);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it.each(['en', 'zh'])('is offered in one line on a phone (%s)', async (language) => {
    const { page } = await openPage(site.browser, `${site.address}?lang=${language}`, {
      viewport: { width: 360, height: 740 },
    });
    await page.getByTestId('tour-offer').waitFor();
    const middles = await page
      .getByTestId('tour-offer')
      .locator('> *')
      .evaluateAll((parts) =>
        parts.map((part) => {
          const { top, bottom, height } = part.getBoundingClientRect();
          return { middle: Math.round((top + bottom) / 2), height };
        }),
      );
    expect(middles).toHaveLength(3);
    expect(new Set(middles.map(({ middle }) => middle)).size).toBe(1);
    expect(middles[0]?.height).toBeLessThan(28); // the text has not been broken
    await page.context().close();
  });

  it('that was declined is not offered again, but is where it was said to be', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await page.getByTestId('tour-offer').waitFor();
    await allThere(page);
    await page.reload(); // nothing was answered yet: it is the same visit
    await page.getByTestId('tour-decline').click();
    await page.getByTestId('tour-offer').waitFor({ state: 'detached' });
    await allThere(page);
    await page.reload();
    await waitForEpoch(page, 1);
    expect(await page.getByTestId('tour-offer').count()).toBe(0);

    await page.locator('body').press('?');
    await page.getByTestId('keys-tour').click();
    await page.getByTestId('tour-position').filter({ hasText: '1 of 5' }).waitFor();
    await page.getByTestId('tour-end').click();
    await page.getByTestId('tour-position').waitFor({ state: 'detached' });
    await page.getByTestId('open-start').click();
    await page.getByTestId('start-tour').click();
    for (let i = 0; i < 5; ++i) await page.getByTestId('tour-next').click();
    await page.getByTestId('tour-position').waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('that was ignored is offered on no second visit', async () => {
    const { page } = await openPage(site.browser, site.address);
    await page.getByTestId('tour-offer').waitFor();
    const later = await page.context().newPage();
    await later.goto(site.address);
    await waitForEpoch(later, 1);
    expect(await later.getByTestId('tour-offer').count()).toBe(0);
    await page.context().close();
  });

  it('is offered neither in an embed nor to who came for an experiment', async () => {
    for (const address of [
      `${site.address}embed.html?run=1`,
      site.address + linkHash({ data: { generator: 'moons' } }),
    ]) {
      const { page } = await openPage(site.browser, address);
      const start = page.getByTestId('start');
      if (address.includes('#')) await start.click();
      await waitForEpoch(page, 1);
      expect(await page.getByTestId('tour-offer').count(), address).toBe(0);
      await page.context().close();
    }
    const { page } = await openPage(site.browser, `${site.address}embed.html?run=1`);
    await waitForEpoch(page, 1);
    expect(await page.getByTestId('open-start').count()).toBe(0);
    await page.locator('body').press('n');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.context().close();
  });

  it('changes tabs on a phone, and covers no panel’s head with its card', async () => {
    const { page, faults } = await openPage(site.browser, site.address, phone);
    await waitForEpoch(page, 1);
    await page.getByTestId('tour-begin').tap();
    for (const [index, selector] of panels.entries()) {
      await page
        .getByTestId('tour-position')
        .filter({ hasText: `${index + 1} of 5` })
        .waitFor();
      await expect.poll(() => rings(page, selector), { message: selector }).toBe(true);
      const [panel, card] = await Promise.all([
        boxOf(page, selector),
        boxOf(page, '[data-testid=tour] section'),
      ]);
      const free = card.y > panel.y ? card.y - panel.y : panel.y + panel.height - card.y - card.height;
      expect(free, selector).toBeGreaterThan(120); // above the card, or below it
      expect(card.y > panel.y || card.y + card.height <= panel.y, selector).toBe(true);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await page.getByTestId('tour-next').tap();
    }
    await page.getByTestId('tour-position').waitFor({ state: 'detached' });
    expect(await page.getByRole('tab', { name: 'Results' }).getAttribute('aria-selected')).toBe('true');
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
