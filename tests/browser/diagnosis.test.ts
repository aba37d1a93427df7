// The curves in words, and the cure one click away.
import { describe, expect, it } from 'vitest';
import { epochOf, linkHash, waitForEpoch } from './support/person';
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
