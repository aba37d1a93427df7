// Work on the data that takes longer than anybody waits without a sign: it is done in slices, and can be stopped.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { bring, waitForRest } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();

/** Every row is compared with every other one: some seconds. */
const rows = 10_000;
function largeTable(): string {
  const columns = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const lines = Array.from({ length: rows }, (_, row) => {
    const numbers = columns.map((_, column) => ((row * 7919 + column * 104729) % 9973) / 100);
    return [...numbers, (numbers[0] ?? 0) > 50 ? 'yes' : 'no'].join(',');
  });
  return [[...columns, 'answer'].join(','), ...lines].join('\n');
}

async function setLabels(page: Page, policy: string): Promise<void> {
  await page.locator('body').press(',');
  const dialog = page.getByRole('dialog', { name: 'All settings' });
  await dialog.getByRole('searchbox').fill('labels');
  await dialog.getByLabel('Doubtful labels', { exact: true }).selectOption(policy);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('a search for doubtful labels among many rows', () => {
  it('goes on in slices: it is paused, gone on with and given up', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await bring(page, 'large.csv', largeTable());
    await page.getByTestId('table').filter({ hasText: 'large.csv' }).waitFor();
    await page.getByTestId('import').waitFor({ state: 'hidden' });
    await setLabels(page, 'drop');
    const clean = page.locator('g.node[data-state=active]').filter({ hasText: 'Clean' });
    await clean.waitFor();
    await page.getByTestId('run').filter({ hasText: 'Pause' }).click();
    await waitForRest(page);
    expect(await clean.count()).toBe(1);
    await page.getByTestId('run').click();
    await page.locator('[data-testid=run][aria-busy=false]').filter({ hasText: 'Pause' }).waitFor();
    expect(await clean.count()).toBe(1);
    // Another wish in the midst of it takes its place.
    await setLabels(page, 'keep');
    await page.getByTestId('epoch').filter({ hasText: /[1-9]/ }).waitFor();
    expect(await page.getByTestId('notice').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
