// The experiment as a file: saved, opened again, and what is said of files that are none.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { drop, endless, epochOf, waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

async function saved(page: Page, act: () => Promise<unknown>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}
const fromMenu = async (page: Page, item: string) => {
  await page.getByTestId('more').click();
  await page.getByTestId(item).click();
};

describe('an experiment', () => {
  it('is saved whole, table included, with what was typed a moment ago, and opens again to the same curve', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    await page.getByTestId('iris').click();
    await page.getByTestId('table').filter({ hasText: 'iris.csv' }).waitFor();
    await page.getByLabel('Epochs').fill('12');
    await page.getByLabel('Epochs').press('Enter');
    const { name, text } = await saved(page, () => fromMenu(page, 'save-file'));
    expect(name).toBe('iris.athanor.json');
    const document = JSON.parse(text) as {
      data: { table: { csv: string } };
      done: { max_epochs: number };
    };
    expect(document.data.table.csv).toContain('setosa');
    expect(document.done.max_epochs).toBe(12);
    await page.locator('[data-testid=epoch] b').filter({ hasText: /^12$/ }).waitFor();
    const accuracy = await page.getByTestId('test-accuracy').innerText();
    const loss = await page.getByTestId('test-loss').innerText();
    await page.context().close();

    const later = await openPage(site.browser, site.address);
    await waitForEpoch(later.page, 1);
    const [chooser] = await Promise.all([
      later.page.waitForEvent('filechooser'),
      fromMenu(later.page, 'open-file'),
    ]);
    await chooser.setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    await later.page.getByTestId('table').filter({ hasText: 'iris.csv' }).waitFor();
    await later.page.locator('[data-testid=epoch] b').filter({ hasText: /^12$/ }).waitFor();
    expect(await later.page.getByTestId('test-accuracy').innerText()).toBe(accuracy);
    expect(await later.page.getByTestId('test-loss').innerText()).toBe(loss);
    expect([...faults, ...later.faults]).toEqual([]);
    await later.page.context().close();
  });

  it('is saved with D and opened with O, or dropped under any name', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    const { name, text } = await saved(page, () => page.locator('body').press('d'));
    expect(name).toBe('spirals.athanor.json');
    await page.getByRole('button', { name: 'Moons' }).click();
    await page.getByRole('button', { name: 'Moons', pressed: true }).waitFor();
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.locator('body').press('o')]);
    await chooser.setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    await page.getByRole('button', { name: 'Spirals', pressed: true }).waitFor();
    await drop(page, 'from a colleague.json', JSON.stringify({ data: { generator: 'xor' } }));
    await page.getByRole('button', { name: 'XOR', pressed: true }).waitFor();
    await page.locator('body').press('?');
    const keys = page.getByRole('dialog', { name: 'Keyboard' });
    await keys.getByText('Save the experiment as a file').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('on a phone is in the menu, with the link, the embed and the theme', async () => {
    const { page, faults } = await openPage(site.browser, site.address, {
      ...phone,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await waitForEpoch(page, 1);
    await page.getByTestId('more').click();
    const menu = page.locator('[popover]:popover-open');
    await menu.getByRole('button', { name: 'Copy link' }).click();
    await menu.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(site.address);
    await menu.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
    await page.locator('html[data-theme=dark]').waitFor();
    expect((await saved(page, () => page.getByTestId('save-file').click())).name).toBe(
      'spirals.athanor.json',
    );
    await page.getByTestId('more').click();
    await menu.getByRole('button', { name: 'Embed' }).click();
    await page.getByRole('dialog', { name: 'Put this experiment' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('a file that is no experiment', () => {
  const files: [why: string, name: string, text: string, told: RegExp][] = [
    [
      'is damaged',
      'cut.athanor.json',
      '{\n  "data": {"samples": 1',
      /cut\.athanor\.json is damaged: line 2, column 24/,
    ],
    ['is empty', 'empty.athanor.json', '', /empty\.athanor\.json is empty/],
    [
      'is something else',
      'other.athanor.json',
      '{"colour": "red"}',
      /other\.athanor\.json holds no experiment/,
    ],
    [
      'holds a bad value',
      'bad.athanor.json',
      '{"training": {"learning_rate": 99}}',
      /Learning rate is 99; allowed are/,
    ],
    [
      'holds a field nobody knows',
      'new.json',
      '{"training": {"learning_rate": 0.1, "magic": 1}}',
      /training\.magic/,
    ],
    [
      'nests without end',
      'deep.athanor.json',
      `{"data": {"samples": ${'['.repeat(5000)}${']'.repeat(5000)}}}`,
      /deep/,
    ],
  ];
  it.each(files)('because it %s is named, and the run goes on', async (_, name, text, told) => {
    const { page, faults } = await openPage(site.browser, site.address + endless);
    await waitForEpoch(page, 1);
    await drop(page, name, text);
    await page.getByTestId('notice').filter({ hasText: told }).waitFor();
    await waitForEpoch(page, (await epochOf(page)) + 2);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByTestId('language').click();
    await page
      .getByTestId('notice')
      .filter({ hasText: /[\u4e00-\u9fff]/ })
      .waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('but a table of JSON goes on to the dialog of tables', async () => {
    const { page, faults } = await openPage(site.browser, site.address);
    await waitForEpoch(page, 1);
    const rows = Array.from({ length: 20 }, (_, i) => ({ x: i, kind: i % 2 ? 'a' : 'b' }));
    await drop(page, 'rows.json', JSON.stringify(rows));
    await page.getByRole('dialog', { name: 'rows.json' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
