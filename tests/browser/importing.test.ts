// Tables that a person brings: dropped, pasted or chosen, looked at, changed, given up, and used.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { acceptTable, drop, endless, epochOf, waitForEpoch } from './support/person';
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
/** The dialog, when it shows a table and the engine has tried it. */
async function tried(page: Page) {
  await page.locator('[data-testid=import-accept][aria-disabled=false]').waitFor();
  return page.getByTestId('import');
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

describe('a table of ten megabytes', () => {
  /** Distinct numbers, as measured ones are. */
  function large(): Buffer {
    const parts = ['id,a,b,c,note,class\n'];
    let size = 0;
    for (let i = 0; size < 10_000_000; ++i) {
      const x = Math.sin(i) * 1000;
      const row = `user-${i},${x.toFixed(4)},${(x * x).toFixed(2)},${i % 97},"written by hand, no. ${i}",${x > 0 ? 'up' : 'down'}\n`;
      parts.push(row);
      size += row.length;
    }
    return Buffer.from(parts.join(''));
  }
  /** A disk that answers no more half way through the rows, for as long as it is stuck: however fast the machine, there is time to
   * give up. The bytes of the middle are read twice, first to find the encoding out. */
  async function useDisk(page: Page): Promise<{ isStuck: boolean }> {
    const disk = { isStuck: true };
    const sticking = () => {
      // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver below
      const { slice } = Blob.prototype;
      let passes = 0;
      Blob.prototype.slice = function (this: Blob, start = 0, end = this.size, type) {
        const part = slice.call(this, start, end, type);
        const isMiddle = start <= this.size / 2 && this.size / 2 < end;
        if (isMiddle && ++passes === 2) part.arrayBuffer = () => new Promise(() => undefined);
        return part;
      };
    };
    await page.route(/\/reader-[^/]*\.js$/, async (route) => {
      if (!disk.isStuck) return route.continue();
      const response = await route.fetch();
      await route.fulfill({ response, body: `(${sticking.toString()})();\n${await response.text()}` });
    });
    return disk;
  }

  it(
    'shows progress, is cancelled half way, read again, and used as a random sample',
    { timeout: 180_000 },
    async () => {
      const { page, faults } = await open();
      await page.evaluate(() => {
        const tasks: number[] = [];
        Object.assign(window, { tasks });
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) tasks.push(Math.round(duration));
        }).observe({ type: 'longtask' });
      });
      // A file of the disk, as a person has it: handing over ten megabytes would keep the page busy.
      const folder = mkdtempSync(join(tmpdir(), 'athanor-'));
      const file = join(folder, 'large.csv');
      writeFileSync(file, large());
      const disk = await useDisk(page);
      await page.getByTestId('file').setInputFiles(file);
      await page
        .getByTestId('import-progress')
        .filter({ hasText: /Reading: [45]\.\d MB of 10\.0 MB, [1-9]/ })
        .waitFor();
      expect(page.workers()).toHaveLength(2); // the engine's, and the one that reads
      const reader = page.workers().at(-1);
      const isEnded = new Promise((resolve) => reader?.once('close', resolve));
      await page.getByTestId('import-cancel').click();
      await page.getByText('Reading large.csv was cancelled').waitFor();
      await isEnded;
      expect(page.workers()).toHaveLength(1);
      disk.isStuck = false;
      await page.getByTestId('import-again').click();
      const dialog = await tried(page);
      const size = dialog.getByTestId('import-size');
      expect(await size.innerText()).toMatch(/The table has 10\.0 MB; the engine takes at most 4\.2 MB/);
      // Names and notes, of which nothing can be learned, make room.
      expect(await size.innerText()).toContain('Ignored columns are left out');
      expect(await dialog.getByLabel('id: Use').inputValue()).toBe('ignored');
      expect(await dialog.getByTestId('import-link').innerText()).toMatch(/^Too large for a link/);
      await dialog.getByTestId('import-sample').fill('5000');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Use the sample of 5000 rows' }).waitFor();
      await dialog.getByTestId('import-sample').fill('');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /Use the sample of \d{2,3},\d{3} rows/ }).waitFor();
      await acceptTable(page);
      const table = page.getByTestId('table');
      await table.filter({ hasText: /large\.csv \(random .* rows, seed 1\)/ }).waitFor();
      await table.filter({ hasText: '3 columns · 2 classes' }).waitFor();
      await page.getByTestId('link-note').filter({ hasText: 'Too large for a link' }).waitFor();
      await waitForEpoch(page, 1);
      // It is kept, and comes back as it was; nobody took the engine for dead meanwhile.
      const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks);
      await page.evaluate(() => dispatchEvent(new Event('pagehide')));
      await page.reload();
      await table.filter({ hasText: 'large.csv' }).waitFor();
      expect(await page.getByTestId('notice').count()).toBe(0);
      expect(faults).toEqual([]);
      console.log(`main-thread tasks over 50 ms, in ms: ${tasks.join(', ') || 'none'}`);
      await page.context().close();
      rmSync(folder, { recursive: true });
    },
  );
});
