// The curves in words, and the cure one click away.
import type { Browser } from 'playwright-core';
import type { PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitForEpoch } from './support/person';
import { launchBrowser, openPage, serveSite } from './support/site';

let server: PreviewServer & { address: string };
let browser: Browser;

beforeAll(async () => {
  server = await serveSite();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

describe('what the curves say', () => {
  it('calls over-fitting by its name and cures it on a click', async () => {
    const { page, faults } = await openPage(browser, server.address);
    await waitForEpoch(page, 1);
    await page.getByText('Start from …').click();
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

  it('offers the last sound state of a run that diverged', async () => {
    const { page } = await openPage(browser, server.address);
    await waitForEpoch(page, 1);
    await page.getByLabel('Optimiser').selectOption('sgd');
    await page.locator('#field-training-loss').selectOption('squared_error');
    await page.getByRole('spinbutton', { name: 'Learning rate' }).fill('10');
    await page.getByRole('spinbutton', { name: 'Learning rate' }).press('Enter');
    const notice = page.getByTestId('notice');
    await notice.filter({ hasText: 'became infinite' }).waitFor();
    await page.getByTestId('diagnosis').getByRole('button', { name: 'Rate ÷ 10' }).click();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('#field-training-learning_rate')?.value === '1',
    );
    await notice.getByRole('button', { name: 'Last sound state' }).click();
    await notice.waitFor({ state: 'detached' });
    await page.context().close();
  });
});
