// The curves in words, and the cure one click away.
import { describe, expect, it } from 'vitest';
import { waitForEpoch } from './support/person';
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

  it('offers the last sound state of a run that diverged', async () => {
    const { page } = await openPage(site.browser, site.address);
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
