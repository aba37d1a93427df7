// What lies over the page and behind it: all settings, shortcuts, and an engine that dies.
import { describe, expect, it } from 'vitest';
import { endless, epochOf, killWorker, pause, waitForEpoch, waitForRest } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();

describe('all settings', () => {
  it('are found by a word, set, and set back', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.getByTestId('pace').selectOption('slow'); // it goes on for minutes, whoever is how slow with the settings
    await page.keyboard.press(',');
    const list = page.getByTestId('all-settings');
    await page.getByRole('searchbox').fill('clip');
    await list.getByText('training.clip_norm').waitFor();
    expect(await list.getByText('data.samples').count()).toBe(0);
    const norm = list.getByRole('spinbutton', { name: 'Clip norm' });
    await norm.fill('2.5');
    await norm.press('Enter');
    await page.waitForURL(/#d=/);
    await list.getByRole('button', { name: /Clip norm: Back to 0/ }).click();
    await page.waitForFunction(() => location.hash === '');
    await norm.fill('-3');
    await norm.press('Enter');
    await list.getByText('allowed', { exact: false }).first().waitFor();
    await page.keyboard.press('Escape');
    await waitForEpoch(page, (await epochOf(page)) + 2);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('the keyboard', () => {
  it('has a sheet that names every key of painting, which do what it says', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.locator('body').press('?');
    const rows = page.getByTestId('painting-keys').locator('dt');
    await rows.first().waitFor();
    expect((await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
      'P',
      'S',
      'M',
      'E',
      'L',
      '1–8',
      '← ↑ ↓ →',
      'Shift →',
      'Space',
      'Esc',
      'Ctrl Z',
      'Ctrl Shift Z',
    ]);
    await page.keyboard.press('Escape');
    await page.getByTestId('edit-points').click();
    await page.getByTestId('sheet').focus();
    for (const [letter, tool] of Object.entries({
      s: 'spray',
      m: 'move',
      e: 'erase',
      l: 'relabel',
      p: 'paint',
    })) {
      await page.keyboard.press(letter);
      await page.locator(`[data-testid=tool-${tool}][aria-pressed=true]`).waitFor();
    }
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('pauses, steps, rewinds and shows what it can do', async () => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 2);
    await page.locator('body').press(' ');
    await waitForRest(page);
    const before = await epochOf(page);
    await page.locator('body').press('e');
    await waitForEpoch(page, before + 1);
    expect(await epochOf(page)).toBe(before + 1);
    await page.locator('body').press('r');
    await page.waitForFunction(() => document.querySelector('[data-testid=epoch] b')?.textContent === '0');
    await page.locator('body').press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).getByText('One epoch').waitFor();
    await page.keyboard.press('Escape');
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('what is large', () => {
  it('is not fetched before the engine: training begins without it', async () => {
    const page = await site.browser.newPage();
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    const large = () => fetched.filter((path) => /mermaid|curves|Dialog|Sheet/.test(path));
    // The engine is held back until the page stands: what is asked for before that does not wait for training.
    let early: string[] | null = null;
    await page.route(/athanor\.wasm$/, async (route) => {
      await page.getByTestId('run').waitFor();
      early = large();
      await route.continue();
    });
    await page.goto(`${site.address}?lang=en`);
    await page.locator('[data-testid=flowchart] svg').waitFor();
    expect(early).toEqual([]);
    expect(large().some((path) => path.includes('mermaid'))).toBe(true);
    expect(large().some((path) => path.includes('curves'))).toBe(true);
    await page.close();
  });

  it('and cannot be fetched is told, the run goes on, and it opens when it can', async () => {
    const { page } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 1);
    await page.route(/SettingsDialog/, (route) => route.abort());
    await page.locator('body').press(',');
    await page.getByTestId('notice').filter({ hasText: 'could not be fetched' }).waitFor();
    await waitForEpoch(page, (await epochOf(page)) + 1);
    await page.unroute(/SettingsDialog/);
    await page.locator('body').press(',');
    await page.getByRole('dialog', { name: 'All settings' }).waitFor();
    await page.context().close();
  });
});

describe('an engine that dies', () => {
  it('is replaced ten times; the run goes on from a few seconds before, with what was set since', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await page.getByRole('spinbutton', { name: 'Epochs' }).fill('100000');
    await page.getByRole('spinbutton', { name: 'Epochs' }).press('Enter');
    await waitForEpoch(page, 5);
    for (let death = 0; death < 10; ++death) {
      const rate = 0.001 * (death + 1);
      await page.getByRole('spinbutton', { name: 'Learning rate' }).fill(String(rate));
      await page.getByRole('spinbutton', { name: 'Learning rate' }).press('Enter');
      const before = await epochOf(page);
      await killWorker(page, death % 5 === 4 ? 'silently' : 'loudly');
      await page.getByTestId('notice').filter({ hasText: 'was replaced' }).waitFor();
      await page.getByTestId('notice').getByRole('button').click();
      await waitForEpoch(page, before + 1);
      // What was set after the checkpoint is set again when the new worker stands.
      await expect
        .poll(() => page.getByRole('spinbutton', { name: 'Learning rate' }).inputValue())
        .toBe(String(rate));
    }
    await pause(page);
    expect(faults.filter((fault) => !fault.includes('on purpose'))).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('over a change that it had not answered leaves it to the next one', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.workers()[0]?.evaluate(() => {
      const heard = self.onmessage;
      self.onmessage = (event: MessageEvent<{ name?: string }>) => {
        if (event.data.name === 'set') throw new Error('on purpose');
        heard?.call(self, event);
      };
    });
    const rate = page.getByRole('spinbutton', { name: 'Learning rate' });
    await rate.fill('0.07');
    await rate.press('Enter');
    await page.getByTestId('notice').filter({ hasText: 'was replaced' }).waitFor();
    await page.waitForURL(/#d=/); // the address tells what is in force
    expect(await rate.inputValue()).toBe('0.07');
    expect(faults.filter((fault) => !fault.includes('on purpose'))).toEqual([]);
    await page.context().close();
  });
});
