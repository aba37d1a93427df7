// What is on screen survives a reload; and what is told when the browser keeps nothing.
import { describe, expect, it } from 'vitest';
import {
  epochOf,
  linkHash,
  makeEndless,
  pause,
  trainToTheEnd,
  waitForEpoch,
  waitForRest,
} from './support/person';
import {
  byMouse,
  dotAt,
  emptySheet,
  nextFrame,
  orange,
  paintRing,
  pointCount,
  waitForPoints,
} from './support/sheet';
import { openPage, useSite } from './support/site';

const site = useSite();

describe('a reload', () => {
  it('brings back what was on screen, also without it in the address', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await emptySheet(page);
    await paintRing(page, byMouse);
    await page.getByTestId('table').filter({ hasText: 'own points' }).waitFor();
    const count = await pointCount(page);
    await page.locator('[data-testid=sheet][data-pending=false]').waitFor();
    for (const leave of [() => page.reload(), () => page.goto('about:blank')]) {
      await leave();
      if (page.url() === 'about:blank') await page.goto(site.address);
      await page.getByTestId('table').filter({ hasText: 'own points' }).waitFor();
      await page.getByTestId('edit-points').click();
      await waitForPoints(page, count);
    }

    // A link wins over what was kept.
    const link = linkHash({ data: { generator: 'moons' } });
    await page.goto('about:blank');
    await page.goto(site.address + link);
    await page.getByTestId('start').click();
    await waitForEpoch(page, 1);
    expect(await page.getByRole('button', { name: 'Moons' }).getAttribute('aria-pressed')).toBe('true');

    // From scratch: nothing of it comes back.
    await page.goto('about:blank');
    await page.goto(site.address);
    await page.getByTestId('table').filter({ hasText: 'own points' }).waitFor();
    await page.getByTestId('presets').click();
    await page.getByTestId('scratch').click();
    await page.getByTestId('table').waitFor({ state: 'detached' });
    await page.reload();
    await waitForEpoch(page, 1);
    expect(await page.getByTestId('table').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('keeps even points that are too few to learn from', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    const missing = await emptySheet(page);
    await byMouse(page, [[0.3, 0.3]]);
    await page.getByTestId('class-2').click();
    await byMouse(page, [[0.7, 0.7]]);
    await missing.filter({ hasText: 'at least 8 points; there are 2' }).waitFor();
    await page.reload();
    await waitForPoints(page, 2);
    await page.getByTestId('missing').filter({ hasText: 'at least 8 points; there are 2' }).waitFor();
    await nextFrame(page);
    expect(await dotAt(page, [0.7, 0.7])).toBe(orange);
    // What is not on the sheet does not run beneath it; with enough points on it, it can be run.
    const run = page.getByTestId('run');
    await run.filter({ hasText: 'Run' }).waitFor();
    await run.click();
    await page.getByTestId('notice').filter({ hasText: 'at least 8 points' }).waitFor();
    await paintRing(page, byMouse);
    await page.getByTestId('notice').filter({ hasText: 'enough points now' }).waitFor();
    await run.click();
    await page.getByTestId('notice').waitFor({ state: 'detached' });
    await waitForEpoch(page, 2);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('a run that is paused', () => {
  it('comes back paused, where it stood, with the runs that were kept', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await makeEndless(page);
    await waitForEpoch(page, 20);
    await pause(page);
    const epoch = await epochOf(page);
    await page.getByTestId('enlarge').click();
    await page.getByRole('button', { name: 'Keep this run' }).click();
    await page.getByRole('textbox', { name: 'Name of run 1' }).fill('first');
    await page.getByRole('textbox', { name: 'Name of run 1' }).press('Enter');
    await page.reload();
    await waitForEpoch(page, epoch);
    await waitForRest(page);
    expect(await epochOf(page)).toBe(epoch);
    await page.getByTestId('enlarge').click();
    await page.getByTestId('large-loss').getByText('first · Validation').waitFor();
    await page.getByTestId('runs').getByText('All settings are the same.').waitFor();
    await page.getByRole('button', { name: 'Remove first' }).click();
    await page.getByRole('button', { name: 'Close' }).click();
    // Run on, it comes back running; and what was removed does not.
    await page.getByTestId('run').click();
    await waitForEpoch(page, epoch + 1);
    await page.reload();
    await page.getByTestId('run').filter({ hasText: 'Pause' }).waitFor();
    await waitForEpoch(page, 1);
    await page.getByTestId('enlarge').click();
    await page.getByTestId('empty-runs').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('when the browser keeps nothing', () => {
  const faulty: { why: string; spoil: () => void }[] = [
    {
      why: 'the quota is used up',
      spoil: () => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      },
    },
    {
      why: 'the write fails when it ends',
      spoil: () => {
        // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver below
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...args) {
          const request = put.apply(this, args);
          this.transaction.abort();
          return request;
        };
      },
    },
    {
      why: 'storage is refused',
      spoil: () => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('refused', 'SecurityError');
        };
      },
    },
  ];
  it.each(faulty)('because $why, that is said once and everything else works', async ({ spoil }) => {
    const { page, faults } = await openPage(site.browser, 'about:blank');
    await page.addInitScript(spoil);
    await page.goto(site.address);
    await waitForEpoch(page, 1);
    const notice = page.getByTestId('not-kept');
    expect(await notice.count()).toBe(0); // nothing is lost yet
    await emptySheet(page);
    await paintRing(page, byMouse);
    await notice.filter({ hasText: 'will not survive closing the tab' }).waitFor();
    await page.getByTestId('table').filter({ hasText: 'own points' }).waitFor();
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByTestId('undo').click();
    await page.getByTestId('redo').click(); // with half of its ring a class is told apart less surely
    expect(await trainToTheEnd(page)).toBeGreaterThan(0.9);
    expect(await notice.count()).toBe(0);
    expect(faults.filter((fault) => !fault.startsWith('left the origin'))).toEqual([]);
    await page.context().close();
  });
});
