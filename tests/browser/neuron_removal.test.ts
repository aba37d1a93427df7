// One neuron is taken out of the drawn network, and the run goes on without it.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { drawing, layer, placesOf } from './support/drawing';
import { endless, epochOf, linkHash, makeEndless, pause, waitForEpoch, waitForRest } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();

/** The weights that lead from the first input to the first hidden layer, as the table has them. */
async function firstWeights(page: Page, count: number): Promise<string[]> {
  await page.getByTestId('weight-table').click();
  const cells = page.getByTestId('weight-tables').locator('table').first().locator('tbody tr').first();
  await cells
    .locator('td')
    .nth(count - 1)
    .waitFor();
  const weights = await cells.locator('td').allInnerTexts();
  await page.keyboard.press('Escape');
  return weights.slice(0, count);
}

describe('a neuron is removed', () => {
  it('by mouse from a paused run: it alone is gone, and training goes on where it stood', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 10);
    await pause(page);
    const epoch = await epochOf(page);
    const before = await firstWeights(page, 8);
    expect(new Set(before).size).toBeGreaterThan(4); // so that one can be told from another

    const { x, y } = (await placesOf(page, [2, 8, 8, 2])).neuron(1, 2);
    await page.mouse.click(x, y);
    await layer(page).getByRole('heading', { name: 'layer 1, neuron 3' }).waitFor();
    await layer(page).getByRole('button', { name: 'Remove this neuron' }).click();
    await page.getByLabel('2 → 7 → 8 → 2').waitFor();
    await layer(page).waitFor({ state: 'hidden' });
    await page
      .getByTestId('network-size')
      .filter({ hasText: /^103 parameters/ }) // 2·7 + 7, 7·8 + 8, 8·2 + 2
      .waitFor();
    expect(await page.locator('#field-model-layers-0--units').inputValue()).toBe('7');
    expect(await firstWeights(page, 7)).toEqual([...before.slice(0, 2), ...before.slice(3)]);
    expect(await epochOf(page)).toBe(epoch); // a run that began anew would stand at its beginning

    await page.getByTestId('run').click();
    await waitForEpoch(page, epoch + 3);
    expect(await page.getByTestId('notice').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('by the key Delete while the run goes on; a reload of the paused run has the narrower network', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await makeEndless(page);
    await waitForEpoch(page, 20);
    const epoch = await epochOf(page);
    await page.getByRole('button', { name: 'Remove layer 2' }).focus();
    await page.keyboard.press('Tab');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-testid') === 'network');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    await page.getByTestId('neuron-card').getByRole('heading', { name: 'layer 1, neuron 2' }).waitFor();
    await page.keyboard.press('Delete');
    await page.getByLabel('2 → 7 → 8 → 2').waitFor();
    await page
      .getByTestId('network-says')
      .filter({ hasText: /^\s*Removed\. Layer 1 has 7 neurons left; training loss \d/ })
      .waitFor();
    // The focus stays in the drawing, on the neuron that has moved up.
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-testid') === 'network');
    await page.getByTestId('neuron-card').getByRole('heading', { name: 'layer 1, neuron 2' }).waitFor();
    await page.keyboard.press('Delete');
    await page.getByLabel('2 → 6 → 8 → 2').waitFor();
    expect(await epochOf(page)).toBeGreaterThanOrEqual(epoch); // it has not begun anew
    await waitForEpoch(page, epoch + 5);

    await pause(page);
    const weights = await firstWeights(page, 6);
    const stood = await epochOf(page);
    await page.reload();
    await waitForEpoch(page, stood);
    await waitForRest(page);
    await page.getByLabel('2 → 6 → 8 → 2').waitFor();
    expect(await firstWeights(page, 6)).toEqual(weights);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('and another in the very moment in which the first is gone, before the narrower network has been drawn', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 2);
    await page.evaluate(() => {
      const stage = document.querySelector<HTMLElement>('[data-testid=network]');
      const press = () =>
        stage?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', bubbles: true }));
      const observer = new MutationObserver(() => {
        observer.disconnect();
        press();
      });
      if (stage !== null) observer.observe(stage, { attributeFilter: ['aria-label'] });
    });
    await drawing(page).focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'Delete']) await page.keyboard.press(key);
    await page.getByLabel('2 → 6 → 8 → 2').waitFor();
    await layer(page).waitFor({ state: 'hidden' });
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('but for one of the input or the output, the last of its layer, one whose layer an edge holds, or before there is one', async () => {
    const layers = [{ units: 3 }, { units: 3, residual: '1' }, { units: 1 }];
    const { page, faults } = await openPage(site.browser, site.address + linkHash({ model: { layers } }));
    const shape = '2 → 3 → 3 → 1 → 2';
    await page.getByLabel(shape).waitFor();
    const refusal = layer(page).getByRole('alert');
    // Before the run there is nothing to take it from.
    await drawing(page).focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'Delete']) await page.keyboard.press(key);
    await refusal.filter({ hasText: 'There is no network to take it from yet' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('start').click();
    await waitForEpoch(page, 2);
    await pause(page);
    const places = await placesOf(page, [2, 3, 3, 1, 2]);
    // By mouse: an input and an output offer no such thing.
    for (const column of [0, 4]) {
      const { x, y } = places.neuron(column, 0);
      await page.mouse.click(x, y);
      await layer(page).getByRole('heading').first().waitFor();
      expect(await layer(page).getByTestId('remove-neuron').count()).toBe(0);
      await page.keyboard.press('Escape');
      await layer(page).waitFor({ state: 'hidden' });
    }
    for (const [column, sentence] of [
      [2, 'The residual edge 1 → 2 needs the same number of neurons at both ends.'],
      [3, 'This is the only neuron of layer 3.'],
    ] as const) {
      const { x, y } = places.neuron(column, 0);
      await page.mouse.click(x, y);
      await layer(page).getByTestId('remove-neuron').click();
      await refusal.filter({ hasText: sentence }).waitFor();
      await page.keyboard.press('Escape');
      await layer(page).waitFor({ state: 'hidden' });
    }
    // By key it says why.
    await drawing(page).focus();
    for (let column = 0; column < 4; ++column) {
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
    }
    await page.keyboard.press('Delete');
    await refusal.filter({ hasText: 'Only neurons of hidden layers can be removed' }).waitFor();
    expect(await page.getByLabel(shape).count()).toBe(1);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
