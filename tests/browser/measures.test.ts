// What the answers are worth, as a person finds it out: cells that ring points, a threshold that is moved, all measures, curves read
// by keyboard, cross-validation, and what preparation did.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { endless, linkHash, pause, waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();

/** Noisy enough that every cell has rows. */
const overlap = {
  seed: 3,
  data: { generator: 'moons', samples: 400, noise: 0.45 },
  done: { max_epochs: 12 },
};

async function openOverlap(more: object = {}): Promise<{ page: Page; faults: string[] }> {
  const opened = await openPage(site.browser, `${site.address}?run=1${linkHash({ ...overlap, ...more })}`);
  await opened.page.getByTestId('test-accuracy').waitFor(); // to its end
  return opened;
}
const cells = (page: Page) => page.getByTestId('confusion').locator('button');
const countsOf = async (page: Page) => (await cells(page).allInnerTexts()).map(Number);
const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
/** The picture of a page at rest, when every frame that still waits for its turn is drawn. */
const picture = (page: Page) =>
  page.evaluate(async () => {
    const canvas = document.querySelector<HTMLCanvasElement>('figure canvas');
    for (let frame = 0; frame < 20; ++frame) await new Promise(requestAnimationFrame);
    return canvas?.toDataURL();
  });
const pictureBecomes = (page: Page, wanted: (now: string | undefined) => boolean) =>
  expect.poll(async () => wanted(await picture(page))).toBe(true);

describe('a cell of the confusion matrix', () => {
  it('rings its points in the picture, counts them in words, and lets go of them', async () => {
    const { page, faults } = await openOverlap();
    const before = await picture(page);
    const counts = await countsOf(page);
    expect(sum(counts)).toBe(80); // the test part, which is open
    const wrong = counts[1] ?? 0;
    expect(wrong).toBeGreaterThan(0);
    await cells(page).nth(1).click();
    await page
      .getByTestId('ringed')
      .getByText(`Ringed: ${wrong} of the test part, true 0, predicted 1.`)
      .waitFor();
    expect(await cells(page).nth(1).getAttribute('aria-pressed')).toBe('true');
    await pictureBecomes(page, (now) => now !== before);
    await cells(page).nth(1).click();
    await page.getByTestId('ringed').getByText('Press a cell').waitFor();
    await pictureBecomes(page, (now) => now === before);

    // The same by keyboard, of another part.
    await page.getByTestId('confusion-part').selectOption('train');
    const train = await countsOf(page);
    expect(sum(train)).toBe(240);
    await page.getByTestId('confusion-part').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const focused = page.locator('[data-testid=confusion] button:focus');
    const name = await focused.getAttribute('aria-label');
    expect(name).toMatch(/^true 1, predicted [01]: \d+$/);
    const count = Number(await focused.innerText());
    await page.getByTestId('ringed').getByText(`Ringed: ${count} of the training part, true 1`).waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('ringed').getByText('Press a cell').waitFor();
    expect(await focused.getAttribute('aria-pressed')).toBe('false');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('follows the run while it trains, and the test part stays sealed until Finish', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 2);
    const part = page.getByTestId('confusion-part');
    expect(await part.inputValue()).toBe('validation');
    expect(await part.locator('option[value=test]').getAttribute('disabled')).not.toBeNull();
    expect(await part.locator('option[value=test]').innerText()).toBe('Test (sealed)');
    await cells(page).first().click();
    await page.getByTestId('ringed').getByText('of the validation part').waitFor();
    await waitForEpoch(page, 30);
    await pause(page);
    // What is said and what is counted are of the same moment.
    await expect
      .poll(async () => {
        const [count] = await countsOf(page);
        return (await page.getByTestId('ringed').innerText()).startsWith(`Ringed: ${count} `);
      })
      .toBe(true);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('is pressed with a finger on a phone', async () => {
    const { page, faults } = await openPage(site.browser, `${site.address}?run=1${linkHash(overlap)}`, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    await waitForEpoch(page, 12);
    await cells(page).first().tap();
    await page
      .getByTestId('ringed')
      .getByText(/^Ringed: \d+/)
      .waitFor();
    const box = await cells(page).first().boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('the threshold', () => {
  it('moves the line and the counts, which add up to the part', async () => {
    const { page, faults } = await openOverlap();
    const plain = await countsOf(page);
    const before = await picture(page);
    const slider = page.getByRole('slider', { name: 'Threshold for “1”' });
    await slider.fill('0.9');
    await expect.poll(() => countsOf(page)).not.toEqual(plain);
    const strict = await countsOf(page);
    expect(sum(strict)).toBe(80);
    // Fewer rows are predicted as 1, true and false ones.
    expect(strict[1]).toBeLessThanOrEqual(plain[1] ?? 0);
    expect(strict[3]).toBeLessThanOrEqual(plain[3] ?? 0);
    await pictureBecomes(page, (now) => now !== before);
    await slider.fill('0');
    await expect.poll(async () => (await countsOf(page))[0]).toBe(0);
    const all = await countsOf(page);
    expect([all[0], all[2]]).toEqual([0, 0]); // at 0 every row is taken for 1
    expect(sum(all)).toBe(80);
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await page.getByTestId('threshold-reset').click();
    await expect.poll(() => countsOf(page)).toEqual(plain);
    await pictureBecomes(page, (now) => now === before);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('all measures', () => {
  it('are shown for each part and each class, explained and with their sources; the test part when it is open', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 2);
    await page.getByTestId('all-measures').click();
    const table = page.getByTestId('all-measures-table');
    await table.getByText('sealed until Finish').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('pace').selectOption('full');
    await page.getByTestId('test-accuracy').waitFor();
    await page.getByTestId('all-measures').focus();
    await page.keyboard.press('Enter');
    await table.locator('[data-measure=accuracy]').waitFor();
    const cells = table.locator('[data-measure=accuracy] td');
    await expect
      .poll(async () => (await cells.allInnerTexts())[2])
      .toBe(await page.getByTestId('test-accuracy').innerText());
    expect(await table.locator('[data-measure=rows] td').allInnerTexts()).toEqual(
      expect.arrayContaining(['240', '80']),
    );
    expect(await table.locator('tbody tr').count()).toBe(11);
    expect(await table.getByRole('link').count()).toBeGreaterThanOrEqual(7);
    for (const link of await table.getByRole('link').all())
      expect(await link.getAttribute('rel')).toContain('noopener');
    const classes = page.getByTestId('class-table');
    expect(await classes.locator('tbody tr').count()).toBe(5); // two classes, three averages
    await page.getByTestId('class-part').selectOption('train');
    const supports = await classes.locator('tbody:first-of-type tr td:nth-child(5)').allInnerTexts();
    expect(sum(supports.map(Number))).toBe(240);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('of real values have no classes and no curves', async () => {
    const { page, faults } = await openPage(
      site.browser,
      `${site.address}?run=1${linkHash({ data: { generator: 'plane' } })}`,
    );
    await waitForEpoch(page, 2);
    await page.getByTestId('all-measures').click();
    await page.getByTestId('all-measures-table').locator('[data-measure=rmse]').waitFor();
    expect(await page.getByTestId('class-table').count()).toBe(0);
    expect(await page.getByTestId('view-ranking').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('ROC and precision–recall', () => {
  it('are read and set with the keyboard alone, and the counts follow', async () => {
    const { page, faults } = await openOverlap();
    await page.getByTestId('all-measures').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('view-ranking').focus();
    await page.keyboard.press('Enter');
    const roc = page.getByRole('slider', { name: /^ROC curve of “1”, Test: \d+ points/ });
    await roc.focus();
    await page.keyboard.press('Home');
    expect(await roc.getAttribute('aria-valuetext')).toBe(
      'Threshold above all: False positive rate 0.0%, True positive rate 0.0%',
    );
    await page.keyboard.press('End');
    expect(await roc.getAttribute('aria-valuetext')).toContain('True positive rate 100.0%');
    await page.keyboard.press('PageUp');
    await page.keyboard.press('Home');
    for (let i = 0; i < 3; ++i) await page.keyboard.press('ArrowRight');
    const [, falseRate = '', trueRate = ''] =
      /rate ([\d.]+)%, True positive rate ([\d.]+)%/.exec((await roc.getAttribute('aria-valuetext')) ?? '') ??
      [];
    await page.keyboard.press('Enter');
    const counts = page.getByTestId('threshold-counts').locator('[data-count] b');
    await expect
      .poll(async () => {
        const [hits = 0, misses = 0, alarms = 0, rest = 0] = (await counts.allInnerTexts()).map(Number);
        const percent = (share: number) => (share * 100).toFixed(1);
        return [
          percent(alarms / (alarms + rest)),
          percent(hits / (hits + misses)),
          hits + misses + alarms + rest,
        ];
      })
      .toEqual([falseRate, trueRate, 80]);
    // The slider of the dialog, the matrix and its figures tell the same.
    await page.getByTestId('curve-threshold').fill('0.35');
    await page.getByTestId('threshold-figures').waitFor();
    await page.getByRole('slider', { name: /^Precision–recall curve/ }).waitFor();
    await page.getByText('The curves’ points as a table').click();
    const points = Number(/(\d+) points/.exec((await roc.getAttribute('aria-label')) ?? '')?.[1]);
    expect(points).toBeGreaterThan(5);
    expect(await page.getByTestId('points-roc').locator('tbody tr').count()).toBe(points);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.getByTestId('threshold').inputValue()).toBe('0.35');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('are of the class that is chosen, against the rest, when there are more than two', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.getByRole('button', { name: 'Iris flowers' }).click();
    await page.getByTestId('table').filter({ hasText: 'iris.csv' }).waitFor();
    await waitForEpoch(page, 5);
    await pause(page);
    expect(await page.getByTestId('threshold').count()).toBe(0); // between three classes there is no single one
    await page.getByTestId('all-measures').click();
    await page.getByTestId('view-ranking').click();
    await page.getByTestId('curve-class').selectOption({ label: 'virginica' });
    await page.getByRole('slider', { name: /^ROC curve of “virginica”/ }).waitFor();
    const counts = page.getByTestId('threshold-counts').locator('[data-count] b');
    const total = async () => sum((await counts.allInnerTexts()).map(Number));
    await expect.poll(total).toBe(30);
    const before = await counts.allInnerTexts();
    await page.getByTestId('curve-threshold').fill('0');
    await expect.poll(() => counts.allInnerTexts()).not.toEqual(before);
    expect((await counts.allInnerTexts()).map(Number)).toEqual([10, 0, 20, 0]);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('cross-validation', () => {
  it('runs every fold, tells mean and deviation, refuses what is no number of folds, and is cancelled', async () => {
    const { page, faults } = await openOverlap();
    await page.getByTestId('all-measures').click();
    await page.getByTestId('view-folds').click();
    const count = page.getByTestId('fold-count');
    await count.fill('50');
    await count.press('Tab');
    await page.getByRole('alert').filter({ hasText: 'is 50; allowed are 2 to 20' }).waitFor();
    expect(await page.getByTestId('folds-begin').isDisabled()).toBe(true);
    await count.fill('3');
    await count.press('Tab');
    await page.getByTestId('folds-begin').click();
    await page.getByTestId('folds-told').getByText('All 3 folds are done.').waitFor();
    const scores = (await page.getByTestId('fold-score').allInnerTexts()).map(Number.parseFloat);
    expect(scores).toHaveLength(3);
    const mean = sum(scores) / 3;
    const deviation = Math.sqrt(sum(scores.map((score) => (score - mean) ** 2)) / 2);
    const told = (await page.getByTestId('fold-mean').innerText()).split('±').map(Number.parseFloat);
    expect(told[0]).toBeCloseTo(mean, 0);
    expect(told[1]).toBeCloseTo(deviation, 0);

    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('spinbutton', { name: 'Epochs' }).fill('100000');
    await page.getByRole('spinbutton', { name: 'Epochs' }).press('Enter');
    await page.getByTestId('all-measures').click();
    await page.getByTestId('folds-told').getByText('The settings have changed since.').waitFor();
    await page.getByTestId('folds-begin').click();
    await page.getByTestId('folds-told').getByText('Fold 1 of 3').waitFor();
    await page.getByTestId('folds-cancel').click();
    await page.getByTestId('folds-told').getByText('Cancelled after 0 of 3 folds.').waitFor();
    await page.getByTestId('folds-begin').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('preparation', () => {
  it('tells on demand what cleaning does to the score', async () => {
    const { page, faults } = await openOverlap({ clean: { labels: 'drop' } });
    await page.getByText('Clean, augment, split').click();
    await page.getByTestId('cleaning-trial').click();
    await page.getByTestId('trial-begin').click();
    await page.getByTestId('trial-told').getByText('Both are trained.').waitFor();
    const rows = page.getByTestId('trial').locator('tbody tr');
    const [without, cleaned] = await Promise.all(
      [0, 1].map(async (row) => (await rows.nth(row).locator('td').allInnerTexts()).map(Number.parseFloat)),
    );
    expect(without?.[0]).toBe(240);
    expect(cleaned?.[0]).toBeLessThan(240);
    const difference = await page.getByTestId('trial').locator('tfoot td').last().innerText();
    expect(Number.parseFloat(difference.replace('−', '-'))).toBeCloseTo(
      (cleaned?.[2] ?? NaN) - (without?.[2] ?? NaN),
      0,
    );
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('shows training samples before and after augmentation, and of each its copies', async () => {
    const { page, faults } = await openOverlap({ augment: { copies: 2, jitter: 0.1 } });
    await page.getByText('Clean, augment, split').click();
    await page.getByTestId('augmented').click();
    await page.getByText('Before: 240 samples').waitFor();
    await page.getByText('After: 720 samples').waitFor();
    const rows = page.getByTestId('augmented-rows').locator('tbody tr');
    expect(await rows.count()).toBe(3);
    const first = await rows.first().innerText();
    await page.getByTestId('augmented-sample').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => rows.first().innerText()).not.toBe(first);
    const values = await Promise.all(
      [0, 1].map(async (row) => (await rows.nth(row).locator('td').allInnerTexts()).map(Number)),
    );
    // A copy lies near its sample: jitter is a tenth of a standard deviation.
    for (const axis of [0, 1])
      expect(Math.abs((values[0]?.[axis] ?? NaN) - (values[1]?.[axis] ?? NaN))).toBeLessThan(0.6);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
