// The cards to begin with, each from the click to its result, as a person goes on with it.
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { waitForEpoch } from './support/person';
import {
  byMouse,
  byTouch,
  circle,
  dotAt,
  blue,
  orange,
  nextFrame,
  pointCount,
  waitForPoints,
  type Hand,
  type Spot,
} from './support/sheet';
import { openPage, useSite, type OpenPage } from './support/site';

const site = useSite();

async function open(options: BrowserContextOptions = {}): Promise<OpenPage> {
  const opened = await openPage(site.browser, site.address, options);
  await waitForEpoch(opened.page, 1);
  return opened;
}
async function choose(page: Page, name: string): Promise<void> {
  await page.getByTestId('open-start').click();
  await page.getByTestId(`start-${name}`).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
/** What the table of measures says of the validation part, once the run has ended by itself. */
async function validationAccuracy(page: Page): Promise<number> {
  await page.getByTestId('pace').selectOption('full');
  await page.getByTestId('test-accuracy').waitFor();
  const row = page.getByRole('row', { name: /^Accuracy/ });
  return Number.parseFloat(await row.getByRole('cell').nth(1).innerText()) / 100;
}

/** Two circles around each other, away from the middle. */
async function ring(page: Page, hand: Hand, away: number): Promise<void> {
  for (const radius of [0.06, 0.12])
    await hand(
      page,
      circle(radius).map(([across, down]): Spot => [across + away, down + away]),
    );
}

describe('a card to begin with', () => {
  it('shows its own data, what there is to see and what to try, in both languages and by keyboard', async () => {
    const { page, faults } = await open();
    await page.locator('body').press('n');
    const dialog = page.getByRole('dialog', { name: 'Where would you like to begin?' });
    await dialog.waitFor();
    expect(await dialog.locator('li').count()).toBe(5);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe(
      'start-neuron',
    );
    // Dots in the colours of as many classes as the data have.
    const colours = [blue, orange, '0,150,110'];
    for (const [name, classes] of [
      ['neuron', 2],
      ['spiral', 2],
      ['iris', 3],
      ['overfit', 2],
    ] as const) {
      const picture = dialog.getByTestId(`start-${name}`).locator('canvas');
      await expect
        .poll(
          () =>
            picture.evaluate((element, wanted) => {
              const canvas = element as HTMLCanvasElement;
              const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
                data: [],
              };
              const pixels = Array.from({ length: data.length / 4 }, (_, i) =>
                [data[4 * i], data[4 * i + 1], data[4 * i + 2]].join(),
              );
              return wanted.map((colour) => pixels.filter((pixel) => pixel === colour).length > 20);
            }, colours),
          { message: name },
        )
        .toEqual(colours.map((_, index) => index < classes));
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByTestId('language').click();
    await page.getByTestId('open-start').click();
    await page.getByRole('dialog', { name: '想从哪里开始？' }).getByText('一张白纸，一支画笔').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // the second card
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.waitForURL(/#d=1\./);
    await waitForEpoch(page, 2);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('“one neuron” waits with its numbers, and learns when it is run', async () => {
    const { page, faults } = await open();
    await choose(page, 'neuron');
    await page.getByTestId('neuron-sample').filter({ hasText: 'Step 2,' }).waitFor();
    await page.getByTestId('run').filter({ hasText: 'Run' }).click();
    expect(await validationAccuracy(page)).toBeGreaterThan(0.9);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it.each(['spiral', 'iris'])('“%s” runs at once and is right about nine in ten', async (name) => {
    const { page, faults } = await open();
    await choose(page, name);
    if (name === 'iris') await page.getByTestId('table').filter({ hasText: 'iris.csv' }).waitFor();
    else await page.getByText('114 parameters').waitFor();
    expect(await validationAccuracy(page)).toBeGreaterThan(0.9);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('“over-fit me” is diagnosed while a person waits, at the usual speed, and cured on a click', async () => {
    const { page, faults } = await open();
    await choose(page, 'overfit');
    const note = page.getByTestId('diagnosis');
    await note.getByText(/Over-fitting since epoch \d+/).waitFor({ timeout: 20_000 });
    const [, best, now] = /risen from (\d+\.?\d*) to (\d+\.?\d*)/.exec(await note.innerText()) ?? [];
    expect(Number(now)).toBeGreaterThan(1.1 * Number(best));
    await note.getByRole('button', { name: 'L2' }).click();
    await note.getByRole('button', { name: '4 × points' }).click();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('#field-data-samples')?.value === '240',
    );
    expect(faults).toEqual([]);
    await page.context().close();
  });

  const hands = [
    { how: 'by mouse', hand: byMouse, options: {} },
    { how: 'by touch', hand: byTouch, options: { viewport: { width: 390, height: 844 }, hasTouch: true } },
  ];
  it.each(hands)(
    '“your own points” is an empty sheet that says what to do, and is run once two groups are painted, $how',
    async ({ hand, options }) => {
      const { page, faults } = await open(options);
      await choose(page, 'own');
      await waitForPoints(page, 0);
      await page.getByTestId('empty-sheet').filter({ hasText: 'Then press Run' }).waitFor();
      expect(await page.getByTestId('tool-paint').getAttribute('aria-pressed')).toBe('true');
      await page.locator('[data-testid=epoch] b').filter({ hasText: /^0$/ }).waitFor();
      expect(await page.getByTestId('notice').count()).toBe(0);

      // Run with nothing on the sheet: told what to do, nothing runs.
      const run = page.getByTestId('run');
      await run.click();
      const notice = page.getByTestId('notice');
      await notice.filter({ hasText: 'The sheet is empty: paint some points' }).waitFor();
      await run.filter({ hasText: 'Run' }).waitFor();
      await page.getByTestId('sheet').scrollIntoViewIfNeeded();
      await ring(page, hand, -0.2);
      await notice.filter({ hasText: 'at least two classes' }).waitFor();
      await page.getByTestId('empty-sheet').waitFor({ state: 'detached' });

      await page.getByTestId('class-2').click();
      await ring(page, hand, 0.2);
      await page.locator('[data-testid=sheet][data-pending=false]').waitFor();
      await notice.filter({ hasText: 'enough points now: press Run' }).waitFor(); // in its place: nothing moves
      const count = await pointCount(page);
      expect(count).toBeGreaterThan(20);
      // It is the person who runs it.
      expect(await page.locator('[data-testid=epoch] b').innerText()).toBe('0');
      await run.filter({ hasText: 'Run' }).click();
      await notice.waitFor({ state: 'detached' });
      await waitForEpoch(page, 5);
      await nextFrame(page);
      expect([await dotAt(page, [0.42, 0.3]), await dotAt(page, [0.82, 0.7])]).toEqual([blue, orange]);
      if (options.hasTouch === true) {
        await page.getByTestId('pace').selectOption('full');
        await page.getByRole('tab', { name: 'Results' }).tap();
      }
      expect(await validationAccuracy(page)).toBeGreaterThan(0.9);
      expect(faults).toEqual([]);
      await page.context().close();
    },
  );
});
