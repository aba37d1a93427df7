// Tables that a person brings: dropped, pasted or chosen, looked at, changed, given up, and used.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { acceptTable, drop, endless, epochOf, tried, waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();

const flowers = ['length,width,kind']
  .concat(Array.from({ length: 40 }, (_, i) => `${4 + i / 10},${3 + (i % 2)}.5,${i % 2 ? 'long' : 'short'}`))
  .join('\n');

async function open(query = '?lang=en') {
  const opened = await openPage(site.browser, site.address + query, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await waitForEpoch(opened.page, 1);
  return opened;
}
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((wanted) => navigator.clipboard.writeText(wanted), text);
  await page.keyboard.press('Control+v');
}

describe('a table that is dropped', () => {
  it('before the engine is there waits for it, which knows how much it takes', async () => {
    const page = await site.browser.newPage();
    let wasDropped = false;
    await page.route(/athanor\.wasm$/, async (route) => {
      await page.getByTestId('run').waitFor();
      await drop(page, 'flowers.csv', flowers);
      wasDropped = true;
      await route.continue();
    });
    await page.goto(`${site.address}?lang=en`);
    const dialog = await tried(page);
    expect(wasDropped).toBe(true);
    expect(await dialog.getByText('Too large to take whole').count()).toBe(0);
    await page.close();
  });

  it('is shown with how it was read and what its columns are for, and used as the person says', async () => {
    const { page, faults } = await open(endless);
    await drop(page, 'flowers.csv', flowers);
    const dialog = await tried(page);
    expect(await dialog.getByTestId('import-encoding').locator('option:checked').innerText()).toBe(
      'UTF-8 (found)',
    );
    expect(await dialog.getByTestId('import-delimiter').locator('option:checked').innerText()).toBe(
      'Comma (found)',
    );
    expect(await dialog.getByTestId('import-figures').innerText()).toBe(
      '40 rows · 3 columns · missing values: 0',
    );
    expect(await dialog.getByLabel('kind: Use').locator('option:checked').innerText()).toBe('Target (found)');
    expect(await dialog.locator('tbody tr').first().innerText()).toMatch(/1\s+4\s+3\.5\s+short/);
    expect(await dialog.getByTestId('import-link').innerText()).toMatch(/^Fits into a link/);
    const before = await epochOf(page);
    await waitForEpoch(page, before + 2); // the run goes on meanwhile

    await dialog.getByLabel('length: Use').selectOption('target');
    await dialog
      .getByLabel('length: Learn')
      .locator('option:checked', { hasText: 'Values (found)' })
      .waitFor({ state: 'attached' });
    await dialog.getByLabel('width: Use').selectOption('ignored');
    await page.getByRole('button', { name: 'Use all 40 rows' }).waitFor();
    await acceptTable(page);
    const table = page.getByTestId('table');
    await table.filter({ hasText: 'flowers.csv' }).waitFor();
    await table.filter({ hasText: '40 rows · 2 columns · values' }).waitFor(); // the two kinds
    expect(await page.getByTestId('target').inputValue()).toBe('length');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('can be read in another way, and is shown anew at once', async () => {
    const { page, faults } = await open();
    await drop(
      page,
      'table.txt',
      ['a;b;c', ...Array.from({ length: 22 }, (_, i) => `${i + 1},5;${2 * i};${i % 2 ? 'x' : 'y'}`)].join(
        '\n',
      ),
    );
    const dialog = await tried(page);
    expect(await dialog.getByTestId('import-decimal').inputValue()).toBe(',');
    expect(await dialog.locator('tbody tr').first().innerText()).toMatch(/1\s+1\.5\s+0\s+y/);
    await dialog.getByTestId('import-header').selectOption('no');
    await dialog.getByText('column 1', { exact: true }).waitFor();
    await dialog.getByTestId('import-delimiter').selectOption(',');
    await dialog.getByText('22 rows are left out').waitFor();
    await dialog.getByTestId('import-delimiter').selectOption(';');
    await dialog.getByTestId('import-header').selectOption('yes');
    await dialog.getByRole('columnheader', { name: 'b', exact: true }).waitFor();
    await acceptTable(page);
    await page.getByTestId('table').filter({ hasText: '22 rows · 2 columns · 2 classes' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('has its bad rows listed with line, reason and text: those of the file and those of the engine', async () => {
    const { page, faults } = await open('?lang=zh');
    const lines = flowers.split('\n');
    lines[3] = '4.2,"wide\nvery",short'; // two lines of the file
    lines[5] = '1,2';
    lines[7] = '"4"x,3.5,short';
    lines[9] = 'NA,3.5,short';
    await drop(page, 'broken.csv', lines.join('\r\n'));
    const dialog = await tried(page);
    const rows = dialog.getByTestId('import-rejected').locator('li');
    await rows.nth(2).waitFor();
    expect(await rows.allInnerTexts()).toEqual([
      expect.stringMatching(/第 4 行[^]*“wide\s+very”[^]*不是数字[^]*4\.2,"wide/),
      expect.stringMatching(/第 7 行[^]*有 2 格，表头却有 3 格[^]*1,2/),
      expect.stringMatching(/第 9 行[^]*闭合的引号后面还有文字[^]*"4"x,3\.5,short/),
    ]);
    expect(await dialog.getByTestId('import-figures').innerText()).toContain('缺失 1 个值');
    await page.getByRole('button', { name: '只用这 37 行' }).click();
    await page.getByTestId('table').filter({ hasText: 'broken.csv' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('has dates, which are ignored, and names that come twice, which are told apart', async () => {
    const { page, faults } = await open();
    const rows = Array.from(
      { length: 30 },
      (_, i) => `2024-01-${String(i + 1).padStart(2, '0')},${i},${i * 2},${i % 2}`,
    );
    await drop(page, 'days.csv', ['day,x,x,class', ...rows].join('\n'));
    const dialog = await tried(page);
    expect(await dialog.getByLabel('day: Use').inputValue()).toBe('ignored');
    await dialog.getByText('date or time').waitFor();
    await dialog.getByText('are now called: x (2)').waitFor();
    await acceptTable(page);
    await page.getByTestId('table').filter({ hasText: '30 rows · 2 columns · 2 classes' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('and is no table is told what it is', async () => {
    const { page, faults } = await open();
    await drop(page, 'book.xlsx', [0x50, 0x4b, 3, 4, 20, 0, 6, 0]);
    await page.getByRole('alert').filter({ hasText: 'Save the sheet as CSV' }).waitFor();
    await drop(page, 'list.json', '[{"a": 1},\n {"a" 2}]'); // onto the open dialog
    await page.getByRole('alert').filter({ hasText: 'breaks at line 2, column 7' }).waitFor();
    await page.getByRole('button', { name: 'Bring another table' }).click();
    await page.getByLabel('Paste the rows here').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('and is larger than can be read is refused at once, with the figures', async () => {
    const { page, faults } = await open();
    const transfer = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(64_000_001)], 'huge.csv'));
      return data;
    });
    await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
    await page.getByTestId('notice').filter({ hasText: 'huge.csv has 64.0 MB; at most 64.0 MB' }).waitFor();
    expect(await page.locator('dialog[open]').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('a table that is brought while points are painted', () => {
  it('takes the tools away: its matrix and its cells are there', async () => {
    const { page, faults } = await open(endless);
    await page.getByTestId('edit-points').click();
    await page.getByTestId('tool-paint').waitFor();
    await drop(page, 'flowers.csv', flowers);
    await acceptTable(page);
    await page.getByTestId('table').filter({ hasText: 'flowers.csv' }).waitFor();
    await page.getByTestId('edit-points').waitFor();
    await page.getByTestId('confusion').waitFor();
    await page.getByTestId('cells').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('numbers with their thousands set apart', () => {
  it('are read, which is said, and learned from as numbers', async () => {
    const { page, faults } = await open();
    const rows = Array.from({ length: 30 }, (_, i) => `${i};1.${200 + i},5;${i % 2 ? 'a' : 'b'}`);
    await drop(page, 'lands.csv', ['number;area;kind', ...rows].join('\n'));
    const dialog = await tried(page);
    await dialog.getByText('“area” has thousands set apart: “1.200,5” is read as 1200.5.').waitFor();
    await dialog
      .getByLabel('area: Kind')
      .locator('option:checked', { hasText: 'Numeric (found)' })
      .waitFor({ state: 'attached' });
    expect(await dialog.locator('tbody tr').first().innerText()).toMatch(/1\s+0\s+1200\.5\s+b/);
    await acceptTable(page);
    await page.getByTestId('table').filter({ hasText: '30 rows · 2 columns · 2 classes' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('that can be something else are asked about', async () => {
    const { page, faults } = await open();
    const rows = Array.from({ length: 30 }, (_, i) => `"${i + 1},${200 + i}",${i % 2 ? 'a' : 'b'}`);
    await drop(page, 'prices.csv', ['price,kind', ...rows].join('\n'));
    const dialog = await tried(page);
    await dialog.getByTestId('import-either-way').filter({ hasText: '“1,200” can be a thousand' }).waitFor();
    await dialog.getByRole('button', { name: '1200', exact: true }).click();
    await dialog.getByTestId('import-grouped').filter({ hasText: '“1,200” is read as 1200.' }).waitFor();
    expect(await dialog.getByTestId('import-either-way').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('a table in another encoding', () => {
  it('GBK is found, can be changed, and comes back', async () => {
    const { page, faults } = await open();
    // 城市,好 with 北京 and 上海 in turn.
    const head = [0xb3, 0xc7, 0xca, 0xd0, 0x2c, 0xba, 0xc3, 0x0a];
    const cities = [
      [0xb1, 0xb1, 0xbe, 0xa9],
      [0xc9, 0xcf, 0xba, 0xa3],
    ];
    const rows = Array.from({ length: 20 }, (_, i) => [
      ...(cities[i % 2] ?? []),
      0x2c,
      0x30 + (i % 10),
      0x0a,
    ]);
    await page.getByTestId('file').setInputFiles({
      name: 'cities.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([...head, ...rows.flat()]),
    });
    const dialog = await tried(page);
    expect(await dialog.getByTestId('import-encoding').locator('option:checked').innerText()).toBe(
      'GB18030 / GBK (found)',
    );
    await dialog.getByRole('columnheader', { name: '城市' }).waitFor();
    await dialog.getByTestId('import-encoding').selectOption('utf-8');
    await dialog.getByText('cannot be read in this encoding').waitFor();
    await dialog.getByTestId('import-encoding').selectOption('gb18030');
    await dialog.getByRole('columnheader', { name: '城市' }).waitFor();
    await acceptTable(page);
    await page.getByTestId('table').filter({ hasText: 'cities.csv' }).waitFor();
    await page.getByTestId('columns').click();
    await page.getByTestId('column-list').getByText('城市').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('a table that is pasted', () => {
  it('with Ctrl+V anywhere is taken in; a sentence is not, and text in a field stays there', async () => {
    const { page, faults } = await open();
    await paste(page, 'Hello, this is no table.');
    await page.getByLabel('Seed').focus();
    await paste(page, '12\n13');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await page.getByRole('heading', { level: 1 }).click();
    await paste(page, flowers.replaceAll(',', '\t'));
    const dialog = await tried(page);
    expect(await dialog.getByTestId('import-delimiter').inputValue()).toBe('\t');
    await acceptTable(page);
    await page.getByTestId('table').filter({ hasText: 'pasted table' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('can be JSON', async () => {
    const { page, faults } = await open();
    const rows = Array.from({ length: 20 }, (_, i) => ({ size: { width: i }, kind: i % 2 ? 'a' : 'b' }));
    await paste(page, JSON.stringify(rows));
    const dialog = await tried(page);
    await dialog.getByRole('columnheader', { name: 'size.width' }).waitFor();
    expect(await dialog.getByTestId('import-delimiter').count()).toBe(0);
    await acceptTable(page);
    await page.getByTestId('table').filter({ hasText: '20 rows · 1 columns · 2 classes' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('is typed, looked at and used with the keyboard alone', async () => {
    const { page, faults } = await open();
    await page.getByTestId('paste').focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
    for (const line of ['x,kind', ...Array.from({ length: 10 }, (_, i) => `${i},${i % 2 ? 'a' : 'b'}`)]) {
      await page.keyboard.type(line);
      await page.keyboard.press('Enter');
    }
    await page.keyboard.press('Tab'); // the file
    await page.keyboard.press('Tab'); // what was typed
    await page.keyboard.press('Enter');
    await tried(page);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    expect(await focused()).toBe('import-accept');
    // Round from the last control to the first, and on to the columns.
    for (const wanted of ['import-encoding', 'import-columns']) {
      for (let i = 0; i < 20 && (await focused()) !== wanted; ++i) await page.keyboard.press('Tab');
      expect(await focused()).toBe(wanted);
    }
    await page.keyboard.press('Tab');
    await page.keyboard.press('End'); // the last choice: ignored
    await page.getByRole('alert').filter({ hasText: 'no column of numbers to learn from' }).waitFor();
    await page.keyboard.press('Home');
    await tried(page);
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    expect(await page.getByTestId('table').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
