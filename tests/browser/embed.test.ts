// The page inside pages of another origin: what it shows, who may speak to it, and what it answers.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostSite, openHost, serveHost } from './support/host';
import { openPage, useSite } from './support/site';

const site = useSite();
let host: HostSite;

beforeAll(async () => {
  host = await serveHost();
});
afterAll(() => host.close());

interface Report {
  type: string;
  [member: string]: unknown;
}

/** An author's page: the script, the element and a list of all it says. */
function pageWith(element: string): string {
  return `<!doctype html><meta charset="utf-8"><title>A course</title><body>
<script src="${site.address}athanor-playground.js"></script>
<script>
  window.reports = [];
  const listen = () => {
    for (const type of ['ready', 'progress', 'measures', 'finished', 'error', 'size'])
      document.querySelector('athanor-playground').addEventListener(type, (event) => reports.push(event.detail));
  };
  addEventListener('message', (event) => (window.lastOrigin = event.origin));
</script>
${element}<script>listen()</script>`;
}

async function openWith(element: string, path = '/course.html') {
  host.pages.set(path, pageWith(element));
  return openHost(site.browser, host.address + path, site.address);
}

async function reported(page: Page, type: string): Promise<Report> {
  const handle = await page.waitForFunction(
    (wanted) => (window as unknown as { reports: Report[] }).reports.filter((r) => r.type === wanted).at(-1),
    type,
  );
  return (await handle.jsonValue()) as Report;
}

/** Calls a method of the element: what it resolves to, or what it was refused with. */
function ask(page: Page, method: string, ...args: unknown[]): Promise<string> {
  return page.evaluate(
    async ([name, given]) => {
      const element = document.querySelector('athanor-playground') as unknown as Record<
        string,
        (...args: unknown[]) => Promise<void>
      >;
      try {
        await element[name]?.(...given);
        return 'done';
      } catch (error) {
        const { name: kind, code, path } = error as { name: string; code: string; path: string };
        return `${kind} ${code} ${path}`;
      }
    },
    [method, args] as const,
  );
}

const embed = (page: Page) => page.locator('athanor-playground iframe').contentFrame();

describe('an embed', () => {
  it('in a page of another origin waits with one large button, and a person runs it', async () => {
    const { page, faults } = await openWith(
      '<athanor-playground height="420" lang="en"></athanor-playground>',
    );
    await embed(page).getByTestId('start').waitFor();
    // The data is there to look at; nothing was trained.
    await embed(page).locator('g.node[data-stage=split][data-state=done]').waitFor();
    expect(await embed(page).locator('[data-testid=epoch] b').innerText()).toBe('0');
    expect(await reported(page, 'ready')).toMatchObject({ waiting: true, problems: [] });
    await embed(page).getByTestId('start').click();
    await embed(page)
      .locator('[data-testid=epoch] b')
      .filter({ hasText: /^[2-9]/ })
      .waitFor();
    expect(await embed(page).getByTestId('start').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('runs by itself when its author says so', async () => {
    const { page, faults } = await openWith('<athanor-playground run lang="en"></athanor-playground>');
    expect(await reported(page, 'measures')).toMatchObject({ test: null });
    expect(await embed(page).getByTestId('start').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('is driven by messages from its page: load, set, run, pause, rewind', async () => {
    const { page, faults } = await openWith(
      '<athanor-playground lang="en" show="title,controls,boundary"></athanor-playground>',
    );
    // Asked before it is there: it waits, then it is done.
    const early = ask(page, 'load', { data: { generator: 'blobs' }, done: { max_epochs: 40 } });
    expect(await early).toBe('done');
    await embed(page).getByTestId('start').waitFor();
    expect(await ask(page, 'set', 'training.learning_rate', 0.03)).toBe('done');
    expect(await embed(page).locator('[data-testid=epoch] b').innerText()).toBe('0'); // a field is no run
    expect(await ask(page, 'run')).toBe('done');
    const finished = await reported(page, 'finished');
    expect(finished).toMatchObject({ epoch: 40, reason: 'epochs' });
    expect((finished['test'] as { accuracy: number }).accuracy).toBeGreaterThan(0.9);
    expect(await ask(page, 'rewind')).toBe('done');
    await embed(page).locator('[data-testid=epoch] b').filter({ hasText: /^0$/ }).waitFor();
    expect(await ask(page, 'run')).toBe('done');
    expect(await ask(page, 'pause')).toBe('done');
    await embed(page).getByRole('button', { name: 'Run' }).waitFor();
    expect(await page.evaluate(() => (window as unknown as { lastOrigin: string }).lastOrigin)).toBe(
      new URL(site.address).origin,
    );
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('refuses what cannot be, in the words of the engine, and goes on as it was', async () => {
    const { page, faults } = await openWith('<athanor-playground run lang="en"></athanor-playground>');
    await reported(page, 'measures');
    expect(await ask(page, 'set', 'training.learning_rate', 99)).toBe(
      'AthanorEmbedError out_of_range training.learning_rate',
    );
    expect(await ask(page, 'set', 'training.nonsense', 1)).toContain('unknown_field');
    expect(await ask(page, 'set', '__proto__', 1)).toBe('AthanorEmbedError bad_member path');
    expect(await ask(page, 'load', { data: { samples: 'many' } })).toContain('wrong_type data.samples');
    expect(await ask(page, 'load', '#d=1.AAAA')).toContain('link_damaged');
    expect(await ask(page, 'load', '#d=9.AAAA')).toContain('link_version');
    const before = (await reported(page, 'progress'))['epoch'] as number;
    await page.waitForFunction(
      (epoch) =>
        (window as unknown as { reports: Report[] }).reports.some(
          (r) => r.type === 'progress' && (r['epoch'] as number) > epoch && r['running'] === true,
        ),
      before,
    );
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('answers only the page around it, and tells every bad message why', async () => {
    const { page, faults } = await openWith('<athanor-playground lang="en"></athanor-playground>');
    await reported(page, 'ready');
    const answers = await page.evaluate(async (origin) => {
      const frame = document
        .querySelector('athanor-playground')
        ?.shadowRoot?.querySelector('iframe')?.contentWindow;
      const bad: unknown[] = [
        'run',
        5,
        null,
        {},
        [],
        { athanor: 2, type: 'run' },
        { athanor: 1, type: 'eval', code: 'alert(1)' },
      ];
      const said: string[] = [];
      const all = new Promise<void>((resolve) =>
        addEventListener('message', ({ data }: MessageEvent<{ type: string; code: string }>) => {
          if (data.type !== 'error') return;
          said.push(data.code);
          if (said.length === bad.length) resolve();
        }),
      );
      for (const message of bad) frame?.postMessage(message, origin);
      await all;
      return said;
    }, new URL(site.address).origin);
    expect(answers).toEqual([
      'not_a_message',
      'not_a_message',
      'not_a_message',
      'version',
      'not_a_message',
      'version',
      'unknown_type',
    ]);

    // A second frame of the same page is not its parent.
    const stranger = await page.evaluate(async (origin) => {
      const frame = document
        .querySelector('athanor-playground')
        ?.shadowRoot?.querySelector('iframe')?.contentWindow;
      const other = document.createElement('iframe');
      document.body.append(other);
      const inner: (Window & { speak?: (to: Window, origin: string) => void }) | null = other.contentWindow;
      if (inner === null || frame == null) return 'no frame';
      const script = inner.document.createElement('script');
      script.textContent = `window.speak = (to, origin) => to.postMessage({ athanor: 1, type: 'run', id: 'x' }, origin);`;
      inner.document.body.append(script);
      return new Promise<string>((resolve) => {
        inner.addEventListener('message', ({ data }: MessageEvent<{ code: string }>) => resolve(data.code));
        inner.speak?.(frame, origin);
      });
    }, new URL(site.address).origin);
    expect(stranger).toBe('not_parent');
    expect(await embed(page).locator('[data-testid=epoch] b').innerText()).toBe('0');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('lets only listed origins speak, where there is a list', async () => {
    const { page, faults } = await openWith(
      '<athanor-playground origins="https://other.example" lang="en"></athanor-playground>',
    );
    expect(await reported(page, 'error')).toMatchObject({ code: 'origin_not_allowed' });
    await embed(page).getByTestId('start').waitFor(); // a person may
    const own = await openWith(
      `<athanor-playground origins="${host.address}"></athanor-playground>`,
      '/own.html',
    );
    await reported(own.page, 'ready');
    expect([...faults, ...own.faults]).toEqual([]);
    await page.context().close();
    await own.page.context().close();
  });

  it('changes language and theme without loading anew', async () => {
    const { page, faults } = await openWith(
      '<athanor-playground run lang="en" theme="light"></athanor-playground>',
    );
    await embed(page)
      .locator('[data-testid=epoch] b')
      .filter({ hasText: /^[3-9]/ })
      .waitFor();
    await page.evaluate(() => {
      document.querySelector('athanor-playground')?.setAttribute('lang', 'zh');
      document.querySelector('athanor-playground')?.setAttribute('theme', 'dark');
    });
    await embed(page).getByRole('button', { name: '暂停' }).waitFor();
    await embed(page).locator('html[data-theme=dark]').waitFor();
    expect(Number(await embed(page).locator('[data-testid=epoch] b').innerText())).toBeGreaterThanOrEqual(3);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('is as high as its content, unless its author says how high', async () => {
    const { page, faults } = await openWith(
      '<athanor-playground show="measures" lang="en"></athanor-playground>',
    );
    const { height } = (await reported(page, 'size')) as unknown as { height: number };
    const frame = page.locator('athanor-playground iframe');
    await page.waitForFunction(
      (wanted) =>
        document.querySelector('athanor-playground')?.shadowRoot?.querySelector('iframe')?.clientHeight ===
        wanted,
      height,
    );
    expect(height).toBeLessThan(260);
    const inner = await embed(page).locator('.page').boundingBox();
    expect(Math.ceil(inner?.height ?? 0)).toBe((await frame.boundingBox())?.height);
    const fixed = await openWith(
      '<athanor-playground show="measures" height="333"></athanor-playground>',
      '/fixed.html',
    );
    await reported(fixed.page, 'size');
    expect((await fixed.page.locator('athanor-playground iframe').boundingBox())?.height).toBe(333);
    expect([...faults, ...fixed.faults]).toEqual([]);
    await page.context().close();
    await fixed.page.context().close();
  });
});

describe('references', () => {
  it('open in a tab of their own, which knows nothing of the embed', async () => {
    const { page, faults } = await openWith(
      '<athanor-playground show="controls,measures" lang="en" run height="500"></athanor-playground>',
    );
    const outside = (url: URL) => url.origin !== host.address && !site.address.startsWith(url.origin);
    await page
      .context()
      .route(outside, (route) => route.fulfill({ contentType: 'text/html', body: 'A book' }));
    await embed(page).getByTestId('all-measures').click();
    const link = embed(page).getByRole('dialog').getByRole('link').first();
    const opened = page.context().waitForEvent('page');
    await link.click();
    const tab = await opened;
    await tab.getByText('A book').waitFor();
    expect(tab.url()).toBe(await link.getAttribute('href'));
    expect(await tab.evaluate(() => [window.opener === null, document.referrer])).toEqual([true, '']);
    // Nor is it sandboxed itself.
    expect(await tab.evaluate(() => window.origin)).not.toBe('null');
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('the example page', () => {
  it('runs, changes and reports as it says', async () => {
    const { page, faults } = await openPage(site.browser, `${site.address}examples/embed.html`);
    await page.locator('#log').getByText('"type":"ready"').waitFor();
    await page.locator('#run').click();
    await page.locator('#result').getByText('Test accuracy').waitFor();
    expect(await page.locator('#progress').evaluate((bar: HTMLProgressElement) => bar.value)).toBe(1);
    await page.locator('#generator').selectOption('xor');
    await embed(page).getByTestId('start').waitFor();
    await page.locator('#rate').fill('99');
    await page.locator('#rate').press('Enter');
    await page.locator('#result').getByText('out_of_range').waitFor();
    await page.locator('#language').selectOption('zh');
    await embed(page).getByText('网络学到的样子').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('the element', () => {
  it('is one small file without imports', () => {
    const code = readFileSync('build/site/athanor-playground.js');
    expect(gzipSync(code).length).toBeLessThan(4000);
    expect(code.toString()).not.toMatch(/\b(import|export|eval|Function)\b/);
  });
});
