// The settings as a person finds and changes them: searched for, drawn on a slider, set back, explained; and what a change
// does to the run is said.
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { bring, endless, epochOf, pause, waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();

async function enter(control: Locator, text: string): Promise<void> {
  await control.fill(text);
  await control.press('Enter');
}
/** The line that says what began the run anew, empty while there is nothing to say. */
const restarted = (page: Page) => page.getByTestId('restarted');
async function begin(path = ''): Promise<{ page: Page; faults: string[] }> {
  const opened = await openPage(site.browser, site.address + path);
  await waitForEpoch(opened.page, 1);
  return opened;
}

describe('all settings', () => {
  it('hold each layer’s own, which the panel of the layer shows as well, with the way back', async () => {
    const { page, faults } = await begin();
    await page.locator('body').press(',');
    const list = page.getByTestId('all-settings');
    await page.getByRole('searchbox').fill('dropout');
    const second = list.getByRole('spinbutton', { name: 'Dropout: Hidden layer 2' });
    await enter(second, '0.25');
    await list.getByRole('link', { name: /Srivastava et al\. 2014/ }).waitFor();
    expect(await list.getByRole('spinbutton', { name: 'Dropout: Hidden layer 1' }).inputValue()).toBe('0');
    expect(await list.locator('code').allInnerTexts()).toEqual(['model.layers[].dropout']);

    await page.getByRole('searchbox').fill('residual');
    await list.getByLabel('Residual from: Hidden layer 2').selectOption('1');
    await page.getByRole('searchbox').fill('neurons');
    await enter(list.getByRole('spinbutton', { name: 'Neurons: Hidden layer 1' }), '5');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: /^Settings of layer 2/ }).click();
    const layer = page.getByRole('dialog', { name: 'Hidden layer 2' });
    await expect.poll(() => layer.getByRole('spinbutton', { name: 'Dropout' }).inputValue()).toBe('0.25');
    expect(await layer.getByLabel('Residual from', { exact: true }).inputValue()).toBe('1');
    await layer.getByRole('button', { name: 'Dropout: Back to 0' }).click();
    await expect.poll(() => layer.getByRole('spinbutton', { name: 'Dropout' }).inputValue()).toBe('0');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('lead to where layers and columns are set, once there are any', async () => {
    const { page, faults } = await begin();
    await page.locator('body').press(',');
    const list = page.getByTestId('all-settings');
    await page.getByRole('searchbox').fill('embedding');
    await list.getByText('data.table.columns[].embedding').waitFor();
    expect(await list.getByRole('button').count()).toBe(0);
    await page.getByRole('searchbox').fill('hidden layers');
    await list.getByRole('button', { name: 'Show in the network' }).click();
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('layer'));
    await list.waitFor({ state: 'hidden' });
    await page.locator('.page[data-ring=network]').waitFor();

    await page.getByTestId('iris').click();
    await page.getByTestId('columns').waitFor();
    await page.locator('body').press(',');
    await page.getByRole('searchbox').fill('embedding');
    await list.getByRole('button', { name: 'Show in the data' }).click();
    await page.waitForFunction(
      () => document.activeElement === document.querySelector('[data-testid=columns]'),
    );
    await page.locator('.page[data-ring=data]').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('a setting in full', () => {
  it('opens beside its label: slider, explanation, source, and the way back', async () => {
    const { page, faults } = await begin();
    await page.getByRole('button', { name: 'Length of a step' }).click();
    const layer = page.getByRole('dialog', { name: 'Length of a step' });
    await layer.getByRole('link', { name: /Bengio 2012/ }).waitFor();
    await layer.getByText('Length of a step').waitFor();
    const slider = layer.getByRole('slider', { name: 'Learning rate' });
    await slider.press('ArrowRight');
    const strip = page.locator('.strip').getByRole('spinbutton', { name: 'Learning rate' }).first();
    await expect.poll(() => strip.inputValue()).toBe('0.011');
    expect(await slider.getAttribute('aria-valuetext')).toBe('0.011');
    await layer.getByRole('button', { name: 'Learning rate: Back to 0.01' }).click();
    await expect.poll(() => strip.inputValue()).toBe('0.01');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('is found by a finger, and nothing lies elsewhere for that', async () => {
    const places = async (hasTouch: boolean) => {
      const { page } = await openPage(site.browser, site.address, {
        viewport: { width: 390, height: 844 },
        hasTouch,
        isMobile: hasTouch,
      });
      await waitForEpoch(page, 1);
      await page.locator('[data-tab-of=training]').click();
      const strip = page.locator('.strip .cell');
      await strip.first().waitFor();
      const found = await strip.evaluateAll((cells) =>
        cells.map((cell) => {
          const box = (selector: string) => {
            const { x, y, width, height } =
              cell.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
            return { x, y, width, height };
          };
          const control = box('input, select');
          // What a finger hits in the middle of the control, and at its end.
          const hits = [0.5, 0.95].map(
            (share) =>
              document
                .elementFromPoint(control.x + share * control.width, control.y + control.height / 2)
                ?.matches('input, select') === true,
          );
          return { opener: box('.opener'), control, hits, label: box('label') };
        }),
      );
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.context().close();
      return { found, height };
    };
    const mouse = await places(false);
    const finger = await places(true);
    expect(finger.found.length).toBe(7);
    for (const { opener, hits } of finger.found) {
      expect(opener.width).toBeGreaterThanOrEqual(44);
      expect(opener.height).toBeGreaterThanOrEqual(44);
      expect(hits).toEqual([true, true]);
    }
    const still = ({ found }: typeof mouse) => found.map(({ control, label }) => ({ control, label }));
    expect(still(finger)).toEqual(still(mouse));
    expect(finger.height).toBe(mouse.height);
    expect(finger.height).toBe(844);
  });

  it('goes from none to a small amount, and close to 1, by single steps of the slider', async () => {
    const { page, faults } = await begin();
    await page.getByText('More settings').click();
    const number = (name: string) => page.getByRole('spinbutton', { name, exact: true });
    const slider = (name: string) => page.getByRole('slider', { name, exact: true });
    await slider('L2').press('ArrowRight');
    await expect.poll(() => number('L2').inputValue()).toBe('0.000001');
    await slider('L2').press('Home');
    await expect.poll(() => number('L2').inputValue()).toBe('0');
    await slider('Clip norm').press('End');
    await expect.poll(() => number('Clip norm').inputValue()).toBe('1000');
    await page.getByRole('button', { name: 'Clip norm: Back to 0' }).click();
    await expect.poll(() => number('Clip norm').inputValue()).toBe('0');
    await slider('Beta 2').press('ArrowRight');
    await expect.poll(() => number('Beta 2').inputValue()).toBe('0.9991');
    await slider('Stop patience').press('ArrowRight');
    await expect.poll(() => number('Stop patience').inputValue()).toBe('1');
    await page
      .locator('.rest')
      .getByRole('link', { name: /Hoerl & Kennard 1970/ })
      .waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('of a layer says what it is without a pointer, whether the run begins anew, and where it comes from', async () => {
    const { page, faults } = await begin();
    await page.getByRole('button', { name: /^Settings of layer 1/ }).click();
    const layer = page.getByRole('dialog', { name: 'Hidden layer 1' });
    await layer.getByText('Share of outputs zeroed at random in each step').waitFor();
    await layer.getByText('Function applied to every neuron’s sum').waitFor();
    expect(await layer.getByText('Changing this starts the run anew').count()).toBe(2);
    await layer.getByLabel('Activation', { exact: true }).selectOption('gelu');
    await layer.getByRole('link', { name: /Hendrycks & Gimpel/ }).waitFor();
    await layer.getByRole('button', { name: 'Activation: Back to ReLU' }).click();
    await layer.getByRole('link', { name: /Glorot et al\. 2011/ }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('a change that begins the run anew', () => {
  it('is named at once, nothing moves, and it goes with the next change or as the run goes on', async () => {
    const { page, faults } = await begin(endless);
    await waitForEpoch(page, 5);
    const line = restarted(page);
    await line.waitFor({ state: 'attached' });
    expect(await line.getAttribute('role')).toBe('status');
    const places = () =>
      page.evaluate(() =>
        ['main', '.flow', '.strip'].map((selector) => {
          const { top, height } = document.querySelector(selector)?.getBoundingClientRect() ?? {};
          return [top, height];
        }),
      );
    const before = await places();
    const rate = page.getByRole('spinbutton', { name: 'Learning rate' });
    const address = page.url();
    await enter(rate, '0.02');
    await expect.poll(() => page.url()).not.toBe(address);
    expect(await line.innerText()).toBe('');

    await enter(page.getByRole('spinbutton', { name: 'Seed' }), '8');
    await line.getByText('Seed changed: the run began anew.').waitFor();
    expect(await places()).toEqual(before);
    await enter(rate, '0.03');
    await expect.poll(() => line.innerText()).toBe('');

    await waitForEpoch(page, (await epochOf(page)) + 2);
    await page.getByRole('button', { name: /^Settings of layer 2/ }).click();
    await page
      .getByRole('dialog', { name: 'Hidden layer 2' })
      .getByLabel('Norm', { exact: true })
      .selectOption('layer');
    await line.getByText('Layer 2, Norm changed: the run began anew.').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => line.innerText()).toBe('');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('stays named while the run rests, and is no news when the person rewinds', async () => {
    const { page, faults } = await begin();
    await waitForEpoch(page, 3);
    await pause(page);
    await enter(page.getByRole('spinbutton', { name: 'Seed' }), '9');
    await restarted(page).getByText('Seed changed').waitFor();
    await page.getByRole('button', { name: 'Rewind' }).click();
    await expect.poll(() => restarted(page).innerText()).toBe('');
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('the cells of a small table', () => {
  it('are changed in place; rows come and go, and the network learns from what is there', async () => {
    const { page, faults } = await begin();
    const rows = Array.from({ length: 20 }, (_, i) => `${i},${i % 7},${i < 10 ? 'low' : 'high'}`);
    await bring(page, 'small.csv', ['size,width,kind', ...rows].join('\n'));
    const size = page.getByTestId('table');
    await size.filter({ hasText: '20 rows' }).waitFor();
    await waitForEpoch(page, 1); // of a run that has not begun nothing is lost, and nothing is said
    await page.getByTestId('cells').click();
    const table = page.getByTestId('table-cells');
    const cell = (name: string) => table.getByRole('textbox', { name, exact: true });
    await enter(cell('kind, row 1'), 'middle');
    await size.filter({ hasText: '3 classes' }).waitFor();
    await restarted(page).getByText('Table text changed: the run began anew.').waitFor();
    // Enter went down the column.
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'kind, row 2');

    await page.getByRole('button', { name: 'Add a row' }).click();
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'size, row 21');
    await page.keyboard.type('30');
    await page.keyboard.press('Tab');
    await page.keyboard.type('2');
    await page.keyboard.press('Tab');
    await page.keyboard.type('high');
    await page.keyboard.press('Tab');
    await size.filter({ hasText: '21 rows' }).waitFor();
    await table.getByRole('button', { name: 'Remove row 1', exact: true }).click();
    await size.filter({ hasText: '20 rows' }).waitFor();
    expect(await cell('size, row 1').inputValue()).toBe('1');
    expect(await cell('size, row 20').inputValue()).toBe('30');
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
