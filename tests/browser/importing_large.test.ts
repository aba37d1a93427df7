// A table of ten megabytes, which takes its time: its progress, how it is given up, and the sample of it that is used.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { acceptTable, tried, waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite();

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
      const { page, faults } = await openPage(site.browser, site.address);
      await waitForEpoch(page, 1);
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
