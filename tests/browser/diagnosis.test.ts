// The curves in words, and the cure one click away.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { epochOf, linkHash, pause, waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();

describe('what the curves say', () => {
  it('calls over-fitting by its name and cures it on a click', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.getByTestId('presets').click();
    await page.getByText('Over-fitting', { exact: true }).click();
    await page.getByTestId('pace').selectOption('full');
    const note = page.getByTestId('diagnosis');
    await note.getByText(/Over-fitting since epoch \d+/).waitFor();
    await note.getByRole('button', { name: '4 × points' }).click();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('#field-data-samples')?.value === '240',
    );
    await waitForEpoch(page, 2);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('begins a run that is over again, and tells what came of it', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.getByTestId('presets').click();
    await page.getByText('Over-fitting', { exact: true }).click();
    await page.getByTestId('pace').selectOption('full');
    const [run, note] = [page.getByTestId('run'), page.getByTestId('diagnosis')];
    await run.filter({ hasText: 'Run again' }).waitFor();
    const last = await epochOf(page);
    await page.getByTestId('pace').selectOption('normal');
    await note.getByRole('button', { name: 'L2' }).click();
    await run.filter({ hasText: 'Pause' }).waitFor();
    const cured = page.getByTestId('cured');
    await cured.getByText('L2: the run begins again with it.').waitFor();
    await page.waitForFunction(
      (before) => Number(document.querySelector('[data-testid=epoch] b')?.textContent) < before,
      last,
    );
    await cured.getByText(/Before → now, at epoch \d+: validation loss \S+ → \S+; gap/).waitFor();
    // What is changed after that is no effect of the cure.
    await page.getByRole('spinbutton', { name: 'Learning rate' }).fill('0.02');
    await page.getByRole('spinbutton', { name: 'Learning rate' }).press('Enter');
    await cured.waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('brings a run that diverged back and on', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    // At one and the same place: there are weights for which a rate of 1 is too high as well.
    await pause(page);
    await page.getByRole('button', { name: 'Rewind' }).click();
    await page.locator('[data-testid=epoch] b').filter({ hasText: /^0$/ }).waitFor();
    await page.getByRole('button', { name: 'Epoch', exact: true }).click();
    await page.locator('[data-testid=epoch] b').filter({ hasText: /^1$/ }).waitFor();
    await page.getByRole('button', { name: 'Epoch', exact: true }).click();
    await page.locator('[data-testid=epoch] b').filter({ hasText: /^2$/ }).waitFor();
    await page.getByLabel('Optimiser', { exact: true }).selectOption('sgd');
    await page.locator('#field-training-loss').selectOption('squared_error');
    await page.getByRole('spinbutton', { name: 'Learning rate' }).fill('10');
    await page.getByRole('spinbutton', { name: 'Learning rate' }).press('Enter');
    await page.getByTestId('run').click();
    const notice = page.getByTestId('notice');
    await notice.filter({ hasText: 'became infinite' }).waitFor();
    await page.getByTestId('diagnosis').getByRole('button', { name: 'Rate ÷ 10' }).click();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('#field-training-learning_rate')?.value === '1',
    );
    // Nothing else is pressed.
    await page.getByTestId('cured').getByText('Rate ÷ 10: back to the last sound epoch').waitFor();
    await notice.waitFor({ state: 'detached' });
    await waitForEpoch(page, 20);
    await page.getByTestId('run').filter({ hasText: 'Pause' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('tells a rate that is too high from one that is too low, and has a cure for both', async () => {
    const stuck = (learning_rate: number) =>
      `${site.address}?run=1${linkHash({
        data: { generator: 'spirals' },
        training: { optimizer: 'sgd', learning_rate },
        done: { max_epochs: 120 },
      })}`;
    const { page, faults } = await openPage(site.browser, stuck(10));
    const note = page.getByTestId('diagnosis');
    await page.getByTestId('pace').selectOption('full');
    await note.getByText('Not learning').waitFor();
    await note.getByRole('button', { name: 'Rate ÷ 10' }).waitFor();
    await page.goto('about:blank');
    await page.goto(stuck(1e-6));
    await note.getByText('The learning rate is too low').waitFor();
    await note.getByRole('button', { name: 'Rate × 10' }).click();
    await page.waitForFunction(
      () => Number(document.querySelector<HTMLInputElement>('#field-training-learning_rate')?.value) === 1e-5,
    );
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('the large curves', () => {
  it('set a kept run beside the next one and name what differs', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 10);
    await page.getByTestId('enlarge').click();
    await page.getByRole('button', { name: 'Keep this run' }).click();
    const table = page.getByTestId('runs');
    await table.getByText('All settings are the same.').waitFor();
    await page.getByRole('textbox', { name: 'Name of run 1' }).fill('gentle');
    await page.getByRole('textbox', { name: 'Name of run 1' }).press('Enter');
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('spinbutton', { name: 'Learning rate' }).fill('0.05');
    await page.getByRole('spinbutton', { name: 'Learning rate' }).press('Enter');
    await page.getByRole('button', { name: 'Rewind' }).click();
    await waitForEpoch(page, 5);
    await page.getByTestId('enlarge').click();
    await page.getByTestId('large-loss').getByText('gentle · Validation').waitFor();
    const row = table.getByRole('row', { name: /Learning rate/ });
    expect(await row.getByRole('cell').allInnerTexts()).toEqual(['0.05', '0.01']);
    await page.getByRole('slider', { name: 'Smoothing' }).fill('0.8');
    await page.getByLabel('Logarithmic loss').check();
    // A part is enlarged by a drag across it, and stays so while the run goes on.
    const plot = page.getByTestId('large-loss').locator('.u-over');
    const box = await plot.boundingBox();
    if (box === null) throw new Error('no chart');
    await page.mouse.move(box.x + 0.2 * box.width, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 30, { steps: 4 });
    await page.mouse.up();
    await page.getByRole('button', { name: 'All epochs' }).click();
    await page.getByRole('button', { name: 'Remove gentle' }).click();
    await table.getByRole('columnheader').nth(1).waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

/** What a chart of the dialog shows, as it is read out. */
const valueText = (page: Page, chart: string) =>
  page.getByTestId(chart).locator('.u-over').getAttribute('aria-valuetext');
/** The epoch that its legend tells of. */
const legendEpoch = (page: Page, chart: string) =>
  page.getByTestId(chart).locator('.u-legend .u-series').first().locator('.u-value').innerText();

describe('the large curves show', () => {
  it('any measure that is chosen, which is remembered, and the small panel with them', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 5);
    await page.getByTestId('choose-measure').selectOption({ label: 'F1' });
    await page.getByRole('img', { name: 'F1' }).waitFor();
    await page.getByTestId('enlarge').click();
    await page.getByTestId('choose-third').selectOption({ label: 'Matthews corr.' });
    const third = page.getByTestId('large-third').getByRole('slider', { name: 'Matthews corr.' });
    await third.waitFor();
    await page.getByTestId('choose-score').selectOption({ label: 'Recall' });
    await page.getByTestId('large-score').getByRole('slider', { name: 'Recall' }).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('img', { name: 'Recall' }).waitFor();
    // The newest value is what the table of measures says.
    await pause(page);
    const shown = page.getByTestId('curve-score').locator('.u-legend .u-value');
    const row = page.getByRole('row', { name: /^Recall/ });
    await expect
      .poll(async () => (await shown.allInnerTexts()).slice(1))
      .toEqual((await row.getByRole('cell').allInnerTexts()).slice(0, 2));
    await page.reload();
    await page.getByRole('img', { name: 'Recall' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('their newest values while the run is paused, and are read and enlarged by keys', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 40);
    await pause(page);
    const last = String(await epochOf(page));
    await page.getByTestId('enlarge').click();
    for (const chart of ['large-loss', 'large-score', 'large-third'])
      await expect.poll(() => legendEpoch(page, chart)).toBe(last);
    expect(await valueText(page, 'large-loss')).toMatch(
      new RegExp(`^Epoch ${last}, Training [\\d.e-]+, Validation [\\d.e-]+$`),
    );
    const loss = page.getByTestId('large-loss').getByRole('slider');
    await loss.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => loss.getAttribute('aria-valuenow')).toBe('1');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => valueText(page, 'large-loss')).toMatch(/^Epoch 3, /);
    // Enlarged around it; what is switched beside it leaves it so, in all charts.
    const whole = await picture(page, 'large-score');
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await expect.poll(() => picture(page, 'large-score')).not.toBe(whole);
    const enlarged = await picture(page, 'large-third');
    const linear = await picture(page, 'large-loss');
    await page.getByLabel('Logarithmic loss').check();
    await expect.poll(() => picture(page, 'large-loss')).not.toBe(linear);
    await page.getByLabel('Logarithmic loss').uncheck();
    await expect.poll(() => picture(page, 'large-loss')).toBe(linear);
    await expect.poll(() => picture(page, 'large-third')).toBe(enlarged);
    await page.getByTestId('large-loss').getByRole('slider').focus();
    await page.keyboard.press('0');
    await expect.poll(() => picture(page, 'large-third')).not.toBe(enlarged);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('all epochs up to the edge, logarithmic ones too', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await page.getByTestId('pace').selectOption('full');
    await waitForEpoch(page, 130);
    await pause(page);
    await page.getByTestId('enlarge').click();
    await page.getByLabel('Logarithmic epochs').check();
    const chart = page.getByTestId('large-loss');
    const line = async () => {
      const [over, cursor] = [
        await chart.locator('.u-over').boundingBox(),
        await chart.locator('.u-cursor-x').boundingBox(),
      ];
      return over === null || cursor === null ? 0 : (cursor.x - over.x) / over.width;
    };
    await expect
      .poll(async () => {
        await chart.getByRole('slider').focus();
        await page.keyboard.press('End');
        return line();
      })
      .toBeGreaterThan(0.98);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('small numbers beside each other in the small panel, within its edge', async () => {
    const { page, faults } = await openPage(
      site.browser,
      `${site.address}?run=1${linkHash({ data: { generator: 'blobs', noise: 0.1 }, done: { max_epochs: 80 } })}`,
    );
    await page.getByTestId('test-accuracy').waitFor();
    const panel = page.getByTestId('curve-loss');
    const values = panel.locator('.u-legend .u-value');
    await expect.poll(async () => (await values.allInnerTexts())[1]).toMatch(/^\d\.\de-\d$/);
    const boxes = await panel.locator('.u-legend .u-series').evaluateAll((items) =>
      items.map((item) =>
        [...item.querySelectorAll('.u-marker, .u-label, .u-value')].flatMap((part) => {
          const { left, right } = part.getBoundingClientRect();
          return left < right ? [left, right] : [];
        }),
      ),
    );
    const ends = boxes.map((edges) => [Math.min(...edges), Math.max(...edges)] as const);
    ends.slice(1).forEach(([left], i) => expect(left).toBeGreaterThan((ends[i]?.[1] ?? Infinity) + 2));
    const edge = await panel.evaluate((element) => element.getBoundingClientRect().right);
    expect(ends.at(-1)?.[1]).toBeLessThanOrEqual(edge);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('values under a finger, and the part that it goes over', async () => {
    const context = await site.browser.newContext({
      hasTouch: true,
      isMobile: true,
      viewport: { width: 390, height: 844 },
      locale: 'en',
    });
    const page = await context.newPage();
    await page.goto(site.address);
    await page.locator('[data-tab-of=results]').tap();
    await waitForEpoch(page, 30);
    await page.getByTestId('enlarge').tap();
    const over = page.getByTestId('large-loss').locator('.u-over');
    const whole = () => picture(page, 'large-loss');
    const box = await over.boundingBox();
    if (box === null) throw new Error('no chart');
    const touch = await context.newCDPSession(page);
    const at = (type: string, share?: number) =>
      touch.send('Input.dispatchTouchEvent', {
        type: type as 'touchStart',
        touchPoints: share === undefined ? [] : [{ x: box.x + share * box.width, y: box.y + 30 }],
      });
    await page.getByRole('button', { name: 'All epochs' }).waitFor();
    await at('touchStart', 0.25);
    await expect.poll(() => over.getAttribute('aria-valuenow')).not.toBe(await lastEpoch(page));
    await at('touchMove', 0.4);
    await at('touchMove', 0.5);
    const before = await whole();
    await at('touchEnd');
    await expect.poll(whole).not.toBe(before);
    const most = Number(await over.getAttribute('aria-valuemax'));
    await at('touchStart', 0.99);
    // At its right end is what was in the middle.
    await expect.poll(async () => Number(await over.getAttribute('aria-valuenow'))).toBeLessThan(0.8 * most);
    await at('touchEnd');
    await context.close();
  });

  it('only runs that belong on their axes, and say which do not', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 5);
    await page.getByTestId('enlarge').click();
    await page.getByRole('button', { name: 'Keep this run' }).click();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.goto(`${site.address}?run=1${linkHash({ data: { generator: 'sine' } })}`);
    await waitForEpoch(page, 5);
    await page.getByTestId('enlarge').click();
    // It has survived that another experiment was opened.
    await page.getByRole('textbox', { name: 'Name of run 1' }).waitFor();
    await page.getByTestId('absent-loss').getByText('Run 1').waitFor();
    await page.getByTestId('absent-score').getByText('Run 1').waitFor();
    expect(await page.getByTestId('absent-third').count()).toBe(0); // the learning rate is one for all
    const best = page.getByTestId('runs').getByRole('row', { name: /^Best: R²/ });
    expect((await best.getByRole('cell').allInnerTexts())[1]).toMatch(/^Accuracy [\d.]+%$/);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

/** When all charts have drawn what the last key did: one of them may be a frame behind another. */
function picture(page: Page, chart: string): Promise<string | undefined> {
  return page.evaluate(async (id) => {
    for (let frame = 0; frame < 3; ++frame) await new Promise(requestAnimationFrame);
    return document.querySelector<HTMLCanvasElement>(`[data-testid=${id}] canvas`)?.toDataURL();
  }, chart);
}
function lastEpoch(page: Page): Promise<string | null> {
  return page.getByTestId('large-loss').locator('.u-over').getAttribute('aria-valuemax');
}
