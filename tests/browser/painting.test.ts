// Points painted, sprayed, moved, erased and relabelled on the picture, as a person does it.
import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  endless,
  epochOf,
  fits,
  killWorker,
  pause,
  trainToTheEnd,
  waitForEpoch,
  waitForRest,
} from './support/person';
import { openPage, useSite } from './support/site';
import {
  blue,
  byMouse,
  byTouch,
  circle,
  dotAt,
  emptySheet,
  nextFrame,
  orange,
  paintRing,
  pointCount,
  waitForPoints,
  type Hand,
  type Spot,
} from './support/sheet';
import { mainThreadTasks } from './support/tasks';

const site = useSite();

describe('a person', () => {
  const hands: { name: string; hand: Hand; options: BrowserContextOptions }[] = [
    { name: 'by mouse', hand: byMouse, options: {} },
    { name: 'by touch', hand: byTouch, options: { viewport: { width: 390, height: 844 }, hasTouch: true } },
  ];
  it.each(hands)(
    'paints a ring around a blob and trains on it to above 0.9, $name',
    async ({ hand, options }) => {
      const { page, faults } = await openPage(site.browser, site.address, options);
      await waitForEpoch(page, 1);
      const missing = await emptySheet(page);
      // Nothing is learnt from an empty sheet, nor from one class: the engine says so, and the points stay.
      await missing.filter({ hasText: 'The sheet is empty' }).waitFor();
      await page.getByTestId('sheet').scrollIntoViewIfNeeded();
      await hand(page, [[0.5, 0.5]]);
      await missing.filter({ hasText: 'at least two classes' }).waitFor();
      await waitForPoints(page, 1);
      expect(await page.getByTestId('notice').count()).toBe(0);

      await paintRing(page, hand);
      await missing.filter({ hasText: /^\s*$/ }).waitFor({ state: 'attached' });
      await waitForEpoch(page, 2);
      const [inner, outer] = await Promise.all(
        [1, 2].map((number) => page.getByTestId(`count-${number}`).innerText().then(Number)),
      );
      expect(inner).toBeGreaterThan(20);
      expect(outer).toBeGreaterThan(40);
      expect(await pointCount(page)).toBe((inner ?? 0) + (outer ?? 0));
      if (options.hasTouch === true) {
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
        await page.getByTestId('pace').selectOption('full');
        await page.getByRole('tab', { name: 'Results' }).tap();
      }
      expect(await trainToTheEnd(page)).toBeGreaterThan(0.9);
      expect(faults).toEqual([]);
      await page.context().close();
    },
  );

  it('takes ten strokes back and brings them again, by buttons and by keys', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await emptySheet(page);
    const counts = [0];
    for (let i = 0; i < 12; ++i) {
      if (i === 6) await page.getByTestId('class-2').click();
      await byMouse(page, [
        [0.1, 0.05 + i * 0.08],
        [0.3 + i * 0.05, 0.05 + i * 0.08],
      ]);
      counts.push(await pointCount(page));
    }
    expect(new Set(counts).size).toBe(13);
    for (let i = 11; i >= 7; --i) {
      await page.getByTestId('undo').click();
      await waitForPoints(page, counts[i] ?? NaN);
    }
    for (let i = 6; i >= 2; --i) {
      await page.keyboard.press('Control+z');
      await waitForPoints(page, counts[i] ?? NaN);
    }
    await nextFrame(page);
    expect(await dotAt(page, [0.1, 0.05])).toBe(blue);
    expect(await dotAt(page, [0.1, 0.05 + 6 * 0.08])).toBe(null);
    await page.keyboard.press('Control+Shift+z');
    await waitForPoints(page, counts[3] ?? NaN);
    for (let i = 4; i <= 12; ++i) {
      await page.getByTestId('redo').click();
      await waitForPoints(page, counts[i] ?? NaN);
    }
    await nextFrame(page);
    expect(await dotAt(page, [0.1, 0.05 + 6 * 0.08])).toBe(orange);
    expect(await page.getByTestId('redo').isDisabled()).toBe(true);

    // The sheet before the empty one is there as well, with the data it came from.
    for (let i = 0; i < 13; ++i) await page.keyboard.press('Control+z');
    await waitForPoints(page, 400);
    await page.getByTestId('table').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Spirals', pressed: true }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('moves, erases and relabels points of a generator, which become a table', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await page.getByRole('button', { name: 'Blobs' }).click();
    await waitForEpoch(page, 1);
    await page.getByTestId('edit-points').click();
    await waitForPoints(page, 400);
    const before = await page.getByTestId('count-1').innerText().then(Number);
    await page.getByTestId('tool-erase').click();
    await byMouse(page, [
      [0, 0.25],
      [1, 0.25],
    ]);
    const left = await pointCount(page);
    expect(left).toBeLessThan(390);
    await page
      .getByTestId('table')
      .filter({ hasText: 'own points' })
      .filter({ hasText: `${left} rows` })
      .waitFor();
    await waitForEpoch(page, 1); // it was running, and goes on running

    await page.getByTestId('class-1').click();
    await page.getByTestId('tool-relabel').click();
    await byMouse(
      page,
      Array.from({ length: 40 }, (_, i): Spot => [0.02 + 0.96 * (i % 2), (i + 0.5) / 40]),
    );
    await page
      .getByTestId('missing')
      .filter({ hasText: 'at least two classes' })
      .filter({ hasText: 'goes on' })
      .waitFor();
    expect(await page.getByTestId('count-1').innerText().then(Number)).toBe(left);
    expect(left).toBeGreaterThan(before / 2);
    await page.keyboard.press('Control+z');
    await page.getByTestId('missing').filter({ hasText: /^\s*$/ }).waitFor({ state: 'attached' });

    await page.getByTestId('class-2').click();
    await page.getByTestId('tool-paint').click();
    await byMouse(page, [[0.06, 0.06]]);
    await nextFrame(page);
    expect(await dotAt(page, [0.06, 0.06])).toBe(orange);
    await page.getByTestId('tool-move').click();
    await byMouse(page, [
      [0.06, 0.06],
      [0.3, 0.1],
      [0.94, 0.08],
    ]);
    await nextFrame(page);
    expect(await dotAt(page, [0.06, 0.06])).toBe(null);
    expect(await dotAt(page, [0.94, 0.08])).toBe(orange);
    expect(await pointCount(page)).toBe(left + 1);

    // Put away, the picture shows what the engine has; taken out again, the same sheet with its steps.
    await page.getByTestId('edit-done').click();
    await page.getByTestId('sheet').waitFor({ state: 'detached' });
    await page.getByTestId('edit-points').click();
    await waitForPoints(page, left + 1);
    await page.getByTestId('undo').click();
    await nextFrame(page);
    expect(await dotAt(page, [0.06, 0.06])).toBe(orange);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('paints with the keyboard alone, and is told what happens', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.getByTestId('edit-points').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('empty-classes').focus();
    await page.keyboard.press('Enter');
    await waitForPoints(page, 0);
    await page.getByTestId('sheet').focus();
    const said = page.getByTestId('said');
    for (let i = 0; i < 3; ++i) await page.keyboard.press('Shift+ArrowLeft');
    for (let i = 0; i < 3; ++i) await page.keyboard.press('Shift+ArrowDown');
    for (let i = 0; i < 6; ++i) {
      await page.keyboard.press('Space');
      await page.keyboard.press('Shift+ArrowRight');
    }
    await said.filter({ hasText: /^0\.\d+, -0\.\d+$/ }).waitFor({ state: 'attached' });
    await page.keyboard.press('2');
    await said.filter({ hasText: 'Class 2' }).waitFor({ state: 'attached' });
    for (let i = 0; i < 6; ++i) {
      await page.keyboard.press('Shift+ArrowUp');
      await page.keyboard.press('Space');
    }
    await said.filter({ hasText: 'Paint: 12 points now.' }).waitFor({ state: 'attached' });
    await waitForPoints(page, 12);
    // A point is picked up, carried and put down; Escape puts it back.
    await page.keyboard.press('m');
    await page.keyboard.press('Space');
    await said.filter({ hasText: 'Holding the point' }).waitFor({ state: 'attached' });
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Space');
    await said.filter({ hasText: 'Move: 12 points now.' }).waitFor({ state: 'attached' });
    await page.keyboard.press('e');
    await page.keyboard.press('Space');
    await waitForPoints(page, 11);
    await page.keyboard.press('Control+z');
    await waitForPoints(page, 12);
    await waitForEpoch(page, 1);
    await page.getByTestId('table').filter({ hasText: '12 rows' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('paints values, and the network learns their surface', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await emptySheet(page, 'values');
    const value = page.getByTestId('paint-value');
    for (const [amount, down] of [
      ['-1', 0.85],
      ['0', 0.5],
      ['1', 0.15],
    ] as const) {
      await value.fill(amount);
      await byMouse(page, [
        [0.05, down],
        [0.95, down],
      ]);
    }
    const count = await pointCount(page);
    await page
      .getByTestId('table')
      .filter({ hasText: `${count} rows · 2 columns · values` })
      .waitFor();
    await page.getByTestId('pace').selectOption('full');
    await page.getByTestId('stopped').filter({ hasText: /\S/ }).waitFor();
    const r2 = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'R²' }) });
    expect(Number(await r2.locator('td').first().innerText())).toBeGreaterThan(0.9);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('who paused keeps the pause, also over the engine’s refusals', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 1);
    await pause(page);
    await emptySheet(page);
    await paintRing(page, byMouse);
    await page.getByTestId('table').filter({ hasText: 'own points' }).waitFor();
    // The split was done before as well.
    await page.locator('[data-testid=epoch] b').filter({ hasText: /^0$/ }).waitFor();
    await page.locator('g.node[data-stage=split][data-state=done]').waitFor();
    await waitForRest(page);
    expect(await epochOf(page)).toBe(0);
    await page.getByTestId('run').filter({ hasText: 'Run' }).click();
    await waitForEpoch(page, 2);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('is told why other data cannot be edited, and can begin an empty sheet there', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.getByTestId('iris').click();
    await page.getByTestId('table').filter({ hasText: '4 columns' }).waitFor();
    await page.getByTestId('edit-points').click();
    await page.getByTestId('obstacle').filter({ hasText: 'here there are 4' }).waitFor();
    expect(await page.getByTestId('tool-paint').isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Moons' }).click(); // other data may do
    await waitForPoints(page, 400);
    await page.getByTestId('iris').click();
    await page.getByTestId('obstacle').waitFor();
    await page.getByTestId('empty-classes').click();
    await waitForPoints(page, 0);
    await paintRing(page, byMouse);
    await page.getByTestId('table').filter({ hasText: 'own points' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('uses eight classes, each with its colour and count, and nothing scrolls', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await emptySheet(page);
    for (let number = 3; number <= 8; ++number) await page.getByTestId('add-class').click();
    expect(await page.getByTestId('add-class').count()).toBe(0);
    for (let number = 8; number >= 2; --number) {
      await page.getByTestId('sheet').focus();
      await page.keyboard.press(String(number));
      await byMouse(page, [
        [0.1, number * 0.11],
        [0.9, number * 0.11],
      ]);
    }
    // The first class has no point: the others keep their colours all the same.
    await page.getByTestId('table').filter({ hasText: '7 classes' }).waitFor();
    await waitForEpoch(page, 1);
    const colours = () => Promise.all([2, 5, 8].map((number) => dotAt(page, [0.1, number * 0.11])));
    await expect.poll(colours).toEqual([orange, '120,94,60', '150,40,30']);
    expect(await fits(page)).toBe(true);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('an empty sheet begun at once', () => {
  it('is not put away for the points that were asked for before it', async () => {
    const { page, faults } = await openPage(site.browser, 'about:blank');
    await page.addInitScript(() => {
      // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver below
      const post = Worker.prototype.postMessage;
      const asked = new Promise((resolve) => Object.assign(window, { askForSheet: resolve }));
      Worker.prototype.postMessage = function (message: { name?: string }) {
        if (message.name !== 'sheet') return post.call(this, message);
        void asked.then(() => post.call(this, message));
      };
    });
    await page.goto(site.address);
    await waitForEpoch(page, 1);
    await page.getByTestId('edit-points').click();
    await page.getByTestId('empty-classes').click();
    await waitForPoints(page, 0);
    await page.evaluate(() => (window as unknown as { askForSheet: () => void }).askForSheet());
    await page.getByTestId('missing').filter({ hasText: 'The sheet is empty' }).waitFor();
    await byMouse(page, [[0.5, 0.5]]);
    await page.getByTestId('missing').filter({ hasText: 'at least two classes' }).waitFor();
    expect(await pointCount(page)).toBe(1);
    expect(faults.filter((fault) => !fault.startsWith('left the origin'))).toEqual([]);
    await page.context().close();
  });
});

describe('an engine that dies while points are edited', () => {
  it('is replaced, and has the points of the last stroke', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 3);
    await page.getByTestId('edit-points').click();
    await waitForPoints(page, 400);
    await page.getByTestId('tool-erase').click();
    await byMouse(page, circle(0.3));
    const left = await pointCount(page);
    expect(left).toBeLessThan(390);
    await page.locator('[data-testid=sheet][data-pending=false]').waitFor();
    await killWorker(page, 'loudly');
    await page.getByTestId('notice').filter({ hasText: 'was replaced' }).waitFor();
    await page
      .getByTestId('table')
      .filter({ hasText: `${left} rows` })
      .waitFor();
    await waitForPoints(page, left);
    await byMouse(page, circle(0.2));
    await page.locator('[data-testid=sheet][data-pending=false]').waitFor();
    await waitForEpoch(page, 1);
    await page.getByTestId('undo').click();
    await waitForPoints(page, left);
    expect(faults.filter((fault) => !fault.includes('on purpose'))).toEqual([]);
    await page.context().close();
  });
});

describe('5,000 points', () => {
  it('are sprayed, erased and moved without a slow frame', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.locator('#field-data-samples').first().fill('4600');
    await page.keyboard.press('Enter');
    await page.getByTestId('edit-points').click();
    await waitForPoints(page, 4600);
    await page.evaluate(() => {
      const kept = Object.assign(window, { dots: [] as number[] });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) kept.dots.push(duration);
      }).observe({ type: 'measure' });
    });
    const tasks = await mainThreadTasks(site.browser, page, async () => {
      await page.getByTestId('tool-spray').click();
      for (let i = 0; (await pointCount(page)) < 5000; ++i)
        await byMouse(page, circle(0.2 + 0.02 * (i % 10)));
      await page.getByTestId('missing').filter({ hasText: 'full: 5000' }).waitFor();
      await page.getByTestId('tool-erase').click();
      await byMouse(page, circle(0.3));
      await page.getByTestId('undo').click();
      await page.getByTestId('tool-move').click();
      await byMouse(page, circle(0.25));
    });
    const drawn = await page.evaluate(() =>
      (window as unknown as { dots: number[] }).dots.sort((a, b) => a - b),
    );
    const median = drawn[Math.floor(drawn.length / 2)] ?? NaN;
    console.log(
      `5,000 points: ${drawn.length} drawings, median ${median.toFixed(2)} ms, 95 % ${drawn[Math.floor(drawn.length * 0.95)]?.toFixed(2)} ms; longest task ${tasks.longest.toFixed(1)} ms`,
    );
    expect(drawn.length).toBeGreaterThan(50);
    expect(median).toBeLessThan(4);
    expect(tasks.longest).toBeLessThan(50);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
