// What a learner looks at: examples, a neuron's numbers, the listing's log, cleaned rows, shapes, columns.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { bring, waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();

async function startFrom(page: Page, example: string): Promise<void> {
  await page.getByTestId('presets').click();
  await page.getByRole('dialog').getByRole('button').filter({ hasText: example }).click();
}

/** The numbers of each line of a phase, from the formula that is typeset: (-0.5), 1.5\times 10^{-6}. What typesets it is fetched
 * when there is a first formula. */
async function numbersOf(page: Page, phase: string): Promise<number[][]> {
  const formulas = page.getByTestId(`phase-${phase}`).locator('.values .katex-mathml annotation');
  await formulas.first().waitFor({ state: 'attached' });
  const lines = await formulas.allTextContents();
  return lines.map(
    (line) =>
      line
        .replace(/\\times 10\^\{(-?\d+)\}/g, 'e$1')
        .match(/(?<![\w.)] ?)-?\d+(\.\d+)?(e-?\d+)?|(?<=\D)\d+(\.\d+)?(e-?\d+)?/g)
        ?.map(Number) ?? [],
  );
}

describe('an example', () => {
  it('is chosen in either language, with its table where it has one', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await startFrom(page, 'One neuron');
    await page.getByTestId('neuron').waitFor();
    await page.getByText('3 parameters').waitFor();
    await page.getByTestId('language').click();
    await page.getByTestId('neuron').getByText('链式法则').waitFor();
    await startFrom(page, '凭花的大小分辨三种鸢尾');
    await page
      .getByTestId('table')
      .filter({ hasText: 'iris.csv' })
      .filter({ hasText: '4 列 · 3 类' })
      .waitFor();
    await page.getByTestId('neuron').waitFor({ state: 'detached' });
    await waitForEpoch(page, 2);
    await page.waitForURL(/#d=1\./);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('whose table cannot be fetched leaves everything as it is', async () => {
    const { page } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.route('**/data/digits.csv', (route) => route.fulfill({ status: 404, body: 'Not found' }));
    await startFrom(page, 'Handwritten digits');
    await page.getByTestId('notice').filter({ hasText: 'digits.csv could not be read' }).waitFor();
    expect(await page.getByTestId('table').count()).toBe(0);
    await page.context().close();
  });
});

describe('a single neuron', () => {
  it('shows numbers that add up, and takes exactly the step it showed', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await startFrom(page, 'One neuron');
    await page.getByTestId('neuron-sample').filter({ hasText: 'Step 2,' }).waitFor(); // it waits for the person
    await page.getByRole('button', { name: 'Run' }).waitFor();
    await page.getByRole('button', { name: 'Rewind' }).click();
    await page.getByTestId('neuron-waiting').getByText('press Batch').waitFor();
    await page.getByRole('button', { name: 'Batch' }).click();
    await page.getByTestId('neuron-sample').filter({ hasText: 'Step 2,' }).waitFor();

    const [[z = NaN, w1 = NaN, x1 = NaN, w2 = NaN, x2 = NaN, b = NaN] = []] = await numbersOf(page, 'sum');
    expect(z).toBeCloseTo(w1 * x1 + w2 * x2 + b, 4);
    const [[y = NaN] = []] = await numbersOf(page, 'activate');
    expect(y).toBeCloseTo(1 / (1 + Math.exp(-z)), 4);
    const [[loss = NaN] = []] = await numbersOf(page, 'loss');
    const target = (await page.getByTestId('neuron-sample').innerText()).endsWith('t = 1') ? 1 : 0;
    expect(loss).toBeCloseTo((y - target) ** 2, 4);
    const gradient = await numbersOf(page, 'gradient');
    expect(gradient.map(([value]) => value)).toHaveLength(5);
    expect(gradient[2]?.[0]).toBeCloseTo(2 * (y - target) * y * (1 - y) * x1, 4);
    const updates = await numbersOf(page, 'update');
    expect(updates[0]?.[0]).toBeCloseTo(w1 - 0.5 * (gradient[2]?.[0] ?? NaN), 4);

    await page.getByRole('button', { name: 'Batch' }).click();
    await page.getByTestId('neuron-sample').filter({ hasText: 'Step 3,' }).waitFor();
    const [next = []] = await numbersOf(page, 'sum');
    expect([next[1], next[3], next[5]]).toEqual(updates.map(([value]) => value));
    const chain = page.getByTestId('phase-gradient').locator('.symbols annotation');
    expect(await chain.allTextContents()).toContain(
      '{\\partial L}/{\\partial w_{1}} = {\\partial L}/{\\partial y} \\cdot {\\partial y}/{\\partial z} \\cdot x_{1}',
    );

    await page.getByTestId('pace').selectOption('full');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByTestId('neuron').getByText('Training has ended').waitFor();

    await page.getByTestId('view-picture').click();
    await page.getByText('What the network has learned').waitFor();
    await page.getByRole('button', { name: 'Add layer' }).click();
    await page.getByTestId('view-picture').waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('fits the window: nothing scrolls but the page’s own columns', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await startFrom(page, 'One neuron');
    await page.getByTestId('phase-update').waitFor();
    expect(
      await page.evaluate(() =>
        [...document.querySelectorAll('html, .column, [data-testid=neuron] .columns')].every(
          (element) => element.scrollHeight <= element.clientHeight,
        ),
      ),
    ).toBe(true);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('the first listing', () => {
  it('prints a line every hundred steps and says what is to be expected', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await startFrom(page, 'The first listing');
    await page.getByTestId('pace').selectOption('full');
    const log = page.getByTestId('loss-log');
    await log.filter({ hasText: 'step 1000:' }).waitFor();
    const lines = await log.locator('li').allInnerTexts();
    expect(lines).toHaveLength(11);
    expect(lines[0]).toMatch(/^step 1: loss 0\.\d{4}$/);
    const last = Number(/loss (.*)$/.exec(lines.at(-1) ?? '')?.[1]);
    const notes = await page.locator('.notes').innerText();
    const floor = Number(/of this run it is (0\.\d+)/.exec(notes)?.[1]);
    expect(floor).toBeGreaterThan(0.04);
    expect(floor).toBeLessThan(0.15);
    expect(last).toBeGreaterThan(0.5 * floor);
    expect(last).toBeLessThanOrEqual(floor);
    for (const said of ['1/12', '1/3', '0.710', '0.25 ', 'gradient tape']) expect(notes).toContain(said);
    await page.getByTestId('language').click();
    await log.filter({ hasText: '第 1000 步：损失' }).waitFor();
    await page.locator('.notes').getByText('一动不动').waitFor();
    await page.getByTestId('view-curves').click();
    await page.getByTestId('curve-score').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('belongs to short runs only', async () => {
    const { page } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    expect(await page.getByTestId('view-log').count()).toBe(0); // 300 epochs of 15 batches
    await page.getByLabel('Epochs').first().fill('20');
    await page.keyboard.press('Enter');
    await page.getByTestId('view-log').click();
    await page.getByTestId('loss-log').filter({ hasText: 'step 1:' }).waitFor();
    expect(await page.locator('.notes').count()).toBe(0); // spirals are not drawn by chance
    await page.context().close();
  });
});

describe('cleaning', () => {
  it('shows which rows it dropped or relabelled, and why', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.getByTestId('iris').click();
    await page.getByTestId('table').filter({ hasText: 'iris.csv' }).waitFor();
    await page.locator('g.node[data-stage=clean]').click();
    await page.getByTestId('cleaned').filter({ hasText: 'Rows cleaned: 1' }).click();
    const list = page.getByTestId('cleaned-rows');
    await list.getByText('there already: dropped').waitFor();
    expect(await list.locator('tbody tr').innerText()).toMatch(/^143\s.*virginica$/s);
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });

    expect(await page.getByLabel('Neighbours').count()).toBe(0);
    await page.getByLabel('Doubtful labels').selectOption('relabel');
    await page.getByLabel('Neighbours').last().waitFor();
    await page
      .locator('g.node[data-stage=clean] .figure')
      .filter({ hasText: /^−1 · \d+ changed$/ })
      .waitFor();
    await page.getByTestId('cleaned').click();
    await list.getByText('label doubtful: changed').first().waitFor();
    await page.keyboard.press('Escape');

    expect(await page.getByLabel('Limit').count()).toBe(0);
    await page.getByLabel('Outliers').selectOption('interquartile');
    await page.getByLabel('Limit').last().fill('1.5');
    await page.keyboard.press('Enter');
    await page.getByTestId('cleaned').click();
    await list.getByText('value far out: dropped').first().waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('shapes', () => {
  it('beside the familiar ones are a click away; only what applies is asked', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    const classes = page.locator('#field-data-classes');
    await classes.waitFor();
    await page.getByRole('button', { name: 'XOR' }).click();
    await classes.waitFor({ state: 'detached' });
    await page.getByTestId('more-shapes').click();
    const layer = page.getByRole('dialog');
    await layer.getByRole('button', { name: 'Rings' }).waitFor();
    expect(await layer.getByRole('button').count()).toBe(29);
    // The pictures are made of the engine's own points.
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLCanvasElement>('[popover] canvas')].every((canvas) =>
        canvas
          .getContext('2d')
          ?.getImageData(0, 0, canvas.width, canvas.height)
          .data.some((value) => value > 0),
      ),
    );
    await layer.getByRole('button', { name: 'Rings' }).click();
    await layer.waitFor({ state: 'detached' });
    await classes.waitFor();
    await page.getByTestId('more-shapes').filter({ hasText: 'Rings' }).click();
    await layer.getByRole('button', { name: 'Chirp' }).click();
    await page.getByText('the network’s answer').waitFor();
    await page.getByRole('rowheader', { name: 'R²' }).waitFor();
    expect(await page.getByText('Confusion matrix').count()).toBe(0);
    expect(await page.locator('#field-data-first_share').count()).toBe(0);
    await page.locator('g.node[data-stage=evaluate] .figure').filter({ hasText: /^R² / }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('a table', () => {
  const coffee = ['size,roast,beans,price']
    .concat(
      Array.from({ length: 60 }, (_, i) =>
        [['small', 'medium', 'large'][i % 3], ['light', 'dark'][i % 2], i % 7, 2 + (i % 3) + i / 50].join(),
      ),
    )
    .join('\n');

  it('has columns whose use, kind and order a person can set, with the keyboard too', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await bring(page, 'coffee.csv', coffee);
    const table = page.getByTestId('table');
    await table.filter({ hasText: 'coffee.csv' }).waitFor();
    await page.getByTestId('target').selectOption('price');
    await table.filter({ hasText: '60 rows · 6 columns · values' }).waitFor(); // 3 sizes, 2 roasts, beans
    await page.getByTestId('columns').focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('size: Kind').selectOption('ordinal');
    await table.filter({ hasText: '4 columns' }).waitFor();
    const order = page.getByLabel('size: Order').locator('li');
    await order.nth(2).filter({ hasText: 'small' }).waitFor(); // by name at first
    await page.getByRole('button', { name: 'Move small one place' }).focus();
    await page.keyboard.press('Enter');
    await order.nth(1).filter({ hasText: 'small' }).waitFor();
    await page.getByRole('button', { name: 'Move small one place' }).click();
    await order.nth(0).filter({ hasText: 'small' }).waitFor();
    await page.getByLabel('beans: Use').selectOption('ignored');
    await table.filter({ hasText: '3 columns' }).waitFor();
    await page.getByLabel('roast: Embedding').fill('2');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');

    // It is all in the link.
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('button', { name: /Copied|address bar/ }).waitFor();
    const { page: other, faults: otherFaults } = await openPage(site.browser, page.url());
    await other.getByTestId('table').filter({ hasText: '3 columns' }).waitFor();
    await other.getByTestId('columns').click();
    expect(await other.getByLabel('beans: Use').inputValue()).toBe('ignored');
    expect(await other.getByLabel('roast: Embedding').inputValue()).toBe('2');
    expect(await other.getByLabel('size: Order').locator('li').first().innerText()).toContain('small');
    expect([...faults, ...otherFaults]).toEqual([]);
    await page.context().close();
    await other.context().close();
  });

  it('keeps what it was when a choice cannot be', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await bring(page, 'coffee.csv', coffee);
    await page.getByTestId('table').filter({ hasText: 'coffee.csv' }).waitFor();
    await page.getByTestId('columns').click();
    await page.getByLabel('size: Kind').selectOption('numeric');
    await page
      .getByTestId('column-list')
      .locator('..')
      .getByRole('alert')
      .filter({ hasText: 'not a number' })
      .waitFor();
    await page.waitForFunction(
      () => document.querySelector<HTMLSelectElement>('[aria-label="size: Kind"]')?.value === 'auto',
    );
    await waitForEpoch(page, 2);
    expect(await page.getByTestId('notice').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('on a phone', () => {
  it('layers and numbers fit the width', async () => {
    const { page, faults } = await openPage(site.browser, site.address, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    await waitForEpoch(page, 1);
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    await page.getByTestId('presets').tap();
    await page.getByRole('dialog').getByRole('button').first().tap();
    await page.getByTestId('phase-update').waitFor();
    expect(await width()).toBe(390);
    await page.getByRole('tab', { name: 'Data' }).tap();
    await page.getByTestId('more-shapes').tap();
    const layer = await page.getByRole('dialog').boundingBox();
    expect(layer?.x).toBe(0);
    expect(layer?.width).toBe(390);
    expect((layer?.y ?? 0) + (layer?.height ?? 0)).toBe(844);
    await page.getByRole('dialog').getByRole('button', { name: 'Saddle' }).tap();
    await page.getByTestId('more-shapes').filter({ hasText: 'Saddle' }).waitFor();
    expect(await width()).toBe(390);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
