// The drawn network as a person plays with it: looking, pointing, changing weights, building layers; with the mouse, the
// keyboard and a finger.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { drawing, layer, placesOf } from './support/drawing';
import { endless, fits, linkHash, pause, trainToTheEnd, waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();

/** How much colour there is on a drawing: every line and every picture adds to it. */
function ink(canvas: HTMLCanvasElement): number {
  const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  let sum = 0;
  for (let alpha = 3; alpha < data.length; alpha += 4) sum += data[alpha] ?? 0;
  return sum;
}
const canvasOf = (page: Page) => page.locator('[data-testid=network] canvas');
const inkOf = (page: Page): Promise<number> => canvasOf(page).evaluate(ink);
const pictureOf = (page: Page) =>
  page.locator('.frame canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

/** Resolves when a drawing is another than it was. */
async function waitForOther(page: Page, canvas: string, before: string): Promise<void> {
  await page.waitForFunction(
    ([selector, old]) => document.querySelector<HTMLCanvasElement>(selector ?? '')?.toDataURL() !== old,
    [canvas, before],
  );
}

describe('the size of the network', () => {
  it('is told before the first step, and is what it is from then on', async () => {
    const hash = linkHash({ model: { layers: [{ units: 5 }, { units: 4 }] } });
    const { page, faults } = await openPage(site.browser, site.address + hash);
    const size = page.getByTestId('network-size');
    await size.filter({ hasText: /^49 parameters · \d/ }).waitFor(); // 2·5 + 5, 5·4 + 4, 4·2 + 2
    await page.getByTestId('start').waitFor(); // nobody has run it
    const told = await size.innerText();
    await page.getByTestId('start').click();
    await waitForEpoch(page, 1);
    expect(await size.innerText()).toBe(told);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('the drawing', () => {
  it('has thin lines at first, and thicker ones the more the network has learnt', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 1);
    await pause(page);
    await page.getByRole('button', { name: 'Rewind' }).click();
    await page.locator('[data-testid=epoch] b').filter({ hasText: /^0$/ }).waitFor();
    const blank = await canvasOf(page).evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    await page.getByRole('button', { name: 'Batch' }).click();
    await waitForOther(page, '[data-testid=network] canvas', blank);
    const first = await inkOf(page);
    await trainToTheEndFrom(page);
    await expect.poll(() => inkOf(page)).toBeGreaterThan(first * 1.2);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('shows a neuron’s numbers and its picture enlarged where the pointer is, and a weight’s value', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 3);
    const places = await placesOf(page, [2, 8, 8, 2]);
    const neuron = places.neuron(1, 2);
    await page.mouse.move(neuron.x, neuron.y);
    const card = page.getByTestId('neuron-card');
    await card.getByRole('heading', { name: 'layer 1, neuron 3' }).waitFor();
    await card
      .getByTestId('mean-sum')
      .filter({ hasText: /^-?\d[\d.]* ± \d/ })
      .waitFor();
    expect(await card.getByTestId('incoming').locator('dt').allInnerTexts()).toEqual(['x1', 'x2']);
    const coloured = () =>
      card
        .locator('canvas')
        .evaluate(
          (canvas: HTMLCanvasElement) =>
            new Set(canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []).size,
        );
    await expect.poll(coloured).toBeGreaterThan(10);
    const weight = places.weight(1, 1, 7);
    await page.mouse.move(weight.x, weight.y);
    await page
      .getByTestId('weight-card')
      .filter({ hasText: /^Weight from x2 to layer 1, neuron 8: -?\d/ })
      .waitFor();
    await page.mouse.move(5, 5);
    await page.getByTestId('weight-card').waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('lets a weight be changed: the picture and the loss follow, and it can be taken back', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 20);
    await pause(page);
    const places = await placesOf(page, [2, 8, 8, 2]);
    const weight = places.weight(1, 0, 7);
    await page.mouse.click(weight.x, weight.y);
    const editor = page.getByTestId('weight-editor');
    await editor.getByText('Weight from x1 to layer 1, neuron 8').waitFor();
    const value = editor.getByLabel('Value');
    const before = await value.inputValue();
    expect(Math.abs(Number(before))).toBeGreaterThan(0.001);
    const [picture, ink] = [await pictureOf(page), await inkOf(page)];

    await editor.getByRole('button', { name: 'Set to 0' }).click();
    const loss = editor.getByTestId('loss-now');
    await loss.waitFor();
    const without = await loss.innerText();
    await waitForOther(page, '.frame canvas', picture);
    expect(await value.inputValue()).toBe('0');
    await expect.poll(() => inkOf(page)).not.toBe(ink);

    await editor.getByRole('button', { name: 'Back to' }).click();
    await loss.filter({ hasNotText: without }).waitFor();
    expect(await value.inputValue()).toBe(before);
    await value.fill('-2.5');
    await value.press('Enter');
    await page.keyboard.press('Escape');
    await page.getByTestId('weight-table').click();
    const cells = page.getByTestId('weight-tables').locator('table').first().locator('tbody tr').first();
    await cells.locator('td').nth(7).filter({ hasText: '-2.50' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByTestId('notice').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('lets a bias be changed from its mark and from the neuron; what is no number is refused in words', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 2);
    await pause(page);
    const places = await placesOf(page, [2, 8, 8, 2]);
    const mark = places.bias(3, 1);
    await page.mouse.click(mark.x, mark.y);
    const editor = page.getByTestId('weight-editor');
    await editor.getByText('Bias of output “1”').waitFor();
    const picture = await pictureOf(page);
    await editor.getByLabel('Value').fill('8');
    await page.keyboard.press('Enter');
    await waitForOther(page, '.frame canvas', picture);
    await editor.getByLabel('Value').fill('');
    await page.keyboard.press('Enter');
    await editor.getByText('A weight is a number').waitFor();
    await page.keyboard.press('Escape');
    const neuron = places.neuron(3, 1);
    await page.mouse.click(neuron.x, neuron.y);
    await layer(page).locator('dd').getByRole('button', { name: '8', exact: true }).click();
    await editor.getByText('Bias of output “1”').waitFor();
    expect(await editor.getByLabel('Value').inputValue()).toBe('8');
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

/** As trainToTheEnd, from a pause. */
async function trainToTheEndFrom(page: Page): Promise<void> {
  await page.getByTestId('run').click();
  await trainToTheEnd(page);
}

describe('layers', () => {
  it('are added, widened, moved by button and by dragging, and normalised', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.getByRole('button', { name: 'Add layer' }).click();
    await page.getByText('186 parameters').waitFor();
    await page.getByRole('button', { name: 'One neuron more in layer 3' }).click();
    await page.getByRole('button', { name: 'Settings of layer 3' }).click();
    await page.getByRole('button', { name: 'Move layer 3 towards the input' }).click();
    const unitsOf = (number: number) => page.locator(`#field-model-layers-${number - 1}--units`);
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('#field-model-layers-1--units')?.value === '9',
    );
    expect(await unitsOf(3).inputValue()).toBe('8');
    // The focus went with it.
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Settings of layer 2'));

    const handle = await page.getByRole('button', { name: 'Settings of layer 2' }).boundingBox();
    const goal = await page.getByRole('button', { name: 'Settings of layer 1' }).boundingBox();
    if (handle === null || goal === null) throw new Error('both layers are on the page');
    await page.mouse.move(handle.x + 6, handle.y + 6);
    await page.mouse.down();
    await page.mouse.move(handle.x - 30, handle.y + 6, { steps: 4 });
    await page.mouse.move(goal.x + 6, goal.y + 6, { steps: 4 });
    await page.mouse.up();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('#field-model-layers-0--units')?.value === '9',
    );
    expect(await page.getByRole('dialog', { name: 'Hidden layer 1' }).isVisible()).toBe(false);

    await page.getByRole('button', { name: 'Settings of layer 1' }).click();
    await page.getByRole('dialog').getByLabel('Norm').selectOption('layer');
    await page.getByText('215 parameters').waitFor(); // 197 and a gain and a bias for each of 9
    await page.keyboard.press('Escape');
    await waitForEpoch(page, 2);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('take every press of a hurried finger, also while the engine is still at the one before', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.getByRole('button', { name: 'Add layer' }).dblclick();
    await page.locator('#field-model-layers-3--units').waitFor();
    await page.getByRole('button', { name: 'One neuron more in layer 4' }).dblclick();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('#field-model-layers-3--units')?.value === '10',
    );
    await page.getByRole('button', { name: 'One neuron fewer in layer 4' }).dblclick();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('#field-model-layers-3--units')?.value === '8',
    );
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('get residual edges where sizes fit, and say where they do not', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.getByRole('button', { name: 'Settings of layer 2' }).click();
    const residual = page.getByLabel('Residual from');
    await residual.selectOption({ label: 'Layer 1' });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'One neuron more in layer 2' }).click();
    await page.getByRole('alert').filter({ hasText: 'Layer 2 has 9 neurons, but 1' }).waitFor();
    expect(await page.locator('#field-model-layers-1--units').inputValue()).toBe('8');
    await page.getByRole('button', { name: 'Remove layer 1' }).click();
    await page.getByText('42 parameters').waitFor();
    await page.getByRole('button', { name: 'Settings of layer 1' }).click();
    expect(await residual.inputValue()).toBe('');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('of 512 neurons are cut short in the drawing, which goes on while they train', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    for (let number = 0; number < 6; ++number) await page.getByRole('button', { name: 'Add layer' }).click();
    await page.locator('#field-model-layers-7--units').fill('512');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() =>
      document.querySelector('[data-testid=network]')?.getAttribute('aria-label')?.includes('8 → 512 → 2'),
    );
    await waitForEpoch(page, 1);
    await page.getByTestId('weight-table').click();
    await page.getByText('The first 8 of 8 inputs and 64 of 512 neurons.').waitFor();
    await page.keyboard.press('Escape');
    expect(await fits(page)).toBe(true);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('with the keyboard alone', () => {
  it('every neuron and weight is reached, read out and changed; a layer moves and goes', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 10);
    await pause(page);
    const says = page.getByTestId('network-says');
    // From the button before it the drawing is a few steps away.
    await page.getByRole('button', { name: 'Remove layer 2' }).focus();
    await page.keyboard.press('Tab');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-testid') === 'network');
    await page.getByTestId('neuron-card').getByRole('heading', { name: 'x1' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await says.filter({ hasText: /^x2$/ }).waitFor();
    await page.keyboard.press('ArrowRight');
    await says.filter({ hasText: /^Weight from x2 to layer 1, neuron 2: -?\d/ }).waitFor();
    await page.keyboard.press('ArrowUp');
    await says.filter({ hasText: 'Weight from x2 to layer 1, neuron 1' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await says.filter({ hasText: /^layer 1, neuron 1: bias -?\d\S*, mean sum -?\d/ }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    const editor = page.getByTestId('weight-editor');
    await editor.getByText('Weight from x1 to layer 1, neuron 1').waitFor();
    // The editor takes the focus in the frame after it is there.
    await page.waitForFunction(() =>
      document.activeElement?.matches('[data-testid=weight-editor] [type=number]'),
    );
    await page.keyboard.type('1.25');
    await page.keyboard.press('Enter');
    await editor.getByTestId('loss-now').waitFor();
    await page.keyboard.press('Escape');
    await says.filter({ hasText: 'neuron 1: 1.25' }).waitFor();

    await page.getByRole('button', { name: 'One neuron more in layer 2' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('2 → 8 → 9 → 2').waitFor();
    await page.getByRole('button', { name: 'Settings of layer 2' }).focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await page.getByLabel('2 → 9 → 8 → 2').waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Settings of layer 1'));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // its removal
    await page.getByLabel('2 → 8 → 2').waitFor();
    await page
      .getByTestId('network-size')
      .filter({ hasText: /^42 parameters/ })
      .waitFor(); // 2·8 + 8, 8·2 + 2
    await page.keyboard.press('b');
    await page.getByText('42 parameters').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('on a phone', () => {
  it('a tap opens a neuron from below, with numbers to change; many layers scroll in their own place', async () => {
    const { page, faults } = await openPage(site.browser, site.address, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    await waitForEpoch(page, 2);
    await page.getByRole('tab', { name: 'Network' }).tap();
    await drawing(page).scrollIntoViewIfNeeded();
    const places = await placesOf(page, [2, 8, 8, 2]);
    const neuron = places.neuron(2, 0);
    await page.touchscreen.tap(neuron.x, neuron.y);
    await layer(page).getByRole('heading', { name: 'layer 2, neuron 1' }).waitFor();
    const box = await layer(page).boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(844);
    await layer(page).getByTestId('incoming').getByRole('button').first().tap();
    await page.getByTestId('weight-editor').getByRole('button', { name: 'Set to 0' }).tap();
    await page.getByTestId('loss-now').waitFor();
    await page.touchscreen.tap(195, 20);
    await layer(page).waitFor({ state: 'hidden' });
    for (let number = 0; number < 6; ++number) await page.getByRole('button', { name: 'Add layer' }).tap();
    await page.getByRole('button', { name: 'Remove layer 8' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.getByRole('button', { name: 'Remove layer 8' }).tap();
    await page.getByRole('button', { name: 'Remove layer 8' }).waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
