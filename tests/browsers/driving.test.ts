// What the other tests of this folder rely on: scripts run inside the page, and a browser that was closed is gone.
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type PreviewServer } from 'vite';
import { serveSite } from '../browser/support/site';
import { browsers, type Browser } from './support/browsers';

let server: PreviewServer & { address: string };
beforeAll(async () => {
  server = await serveSite();
});
afterAll(() => server.close());

/** Linux's line about a process; empty when it ends meanwhile. */
function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

/** The machine's processes, without those that have ended and only wait for their parent to notice. */
function running(): { pid: number; parent: number }[] {
  const rows = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid: Number(pid), stat: /\) (\S) (\d+) [^)]*$/.exec(statOf(pid)) }));
  return rows
    .filter(({ stat }) => stat !== null && stat[1] !== 'Z')
    .map(({ pid, stat }) => ({ pid, parent: Number(stat?.[2]) }));
}

/** What this process has started, and what that has. */
function descendants(): number[] {
  const rows = running();
  const found = [process.pid];
  for (const pid of found) found.push(...rows.filter(({ parent }) => parent === pid).map((row) => row.pid));
  return found.slice(1);
}

for (const { name, launch, absent } of browsers) {
  describe.skipIf(absent !== '')([name, absent].filter(Boolean).join(', '), () => {
    let browser: Browser | undefined;
    afterEach(() => browser?.close());

    it('gives back what a script returns and rejects with what it throws', async () => {
      const page = (browser = await launch());
      await page.open(server.address);
      const place = await page.evaluate(
        'await Promise.resolve(); return { path: [location.pathname, null, 0.5] };',
      );
      expect(place).toEqual({ path: ['/', null, 0.5] });
      await expect(page.evaluate("throw new Error('no such thing');")).rejects.toThrow('no such thing');
    });

    it.runIf(process.platform === 'linux')(
      'can be closed while busy, and leaves no process behind',
      async () => {
        const page = (browser = await launch());
        await page.open(server.address);
        const started = descendants();
        expect(started.length).toBeGreaterThan(1);
        const endless = page.evaluate('for (;;);');
        await Promise.all([expect(endless).rejects.toThrow(), page.close()]);
        await vi.waitFor(() => expect(running().filter(({ pid }) => started.includes(pid))).toEqual([]), {
          timeout: 20_000,
        });
      },
    );
  });
}
