// Hostile texts through every way in: labels, headers, cells, file names, links, addresses, messages. Nothing of them may run,
// nothing may leave the origin, nothing may fail uncaught; and the page must go on working.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostSite, openHost, serveHost } from './support/host';
import { hostileTexts } from './support/hostile';
import { bring, drop, linkHash, waitForEpoch } from './support/person';
import { openPage, useSite } from './support/site';

const site = useSite({ withHeaders: true });
let host: HostSite;

beforeAll(async () => {
  host = await serveHost();
});
afterAll(() => host.close());

interface Watched {
  pwned: () => void;
  happened: string[];
}

/** Notes whatever a hostile text could bring about, from before the page's own script. */
async function openWatched(path = ''): Promise<{ page: Page; faults: string[] }> {
  const opened = await openPage(site.browser, 'about:blank');
  await opened.page.addInitScript(() => {
    const watched = window as unknown as Watched;
    watched.happened = [];
    watched.pwned = () => watched.happened.push('a script ran');
    for (const name of ['alert', 'confirm', 'prompt', 'open'] as const)
      Object.assign(window, { [name]: () => watched.happened.push(name) });
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      watched.happened.push(`${violatedDirective} ${blockedURI}`),
    );
    addEventListener('unhandledrejection', ({ reason }) =>
      watched.happened.push(`rejected: ${String(reason)}`),
    );
  });
  const faults: string[] = [];
  const { page } = opened;
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(site.address))
      faults.push(`left the origin: ${request.url()}`);
  });
  await page.goto(site.address + path);
  return { page, faults };
}

/** Elements that only a hostile text can have made. */
async function expectHarmless(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    happened: (window as unknown as Watched).happened,
    foreign: [
      ...document.querySelectorAll(
        'script:not([src]), iframe, object, embed, base, form, image, [onerror], [onload]',
      ),
    ].map((element) => element.outerHTML.slice(0, 100)),
    pollution: Object.keys(Object.prototype),
  }));
  expect(found).toEqual({ happened: [], foreign: [], pollution: [] });
}

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** The text as a header, as a class and as a value of a column of texts. */
function tableWith(text: string): string {
  const rows = Array.from(
    { length: 24 },
    (_, i) => `${i},${i % 7},${cell(i % 3 === 0 ? text : 'plain')},${cell(i % 2 === 0 ? text : 'other')}`,
  );
  return [`x,${cell(`y ${text}`)},${cell(`kind ${text}`)},${cell(`class ${text}`)}`, ...rows].join('\n');
}

/** Whatever became of it, the page shows the name. */
async function waitForName(page: Page, name: string): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      ['[data-testid=table]', 'dialog[open]', '[data-testid=notice]'].some((place) =>
        document.querySelector(place)?.textContent.includes(wanted),
      ),
    name,
  );
}
/** Uses a dropped table where the engine takes it. */
async function useDropped(page: Page): Promise<void> {
  const accept = '[data-testid=import-accept][aria-disabled=false]';
  const refusal = '[data-testid=import] [role=alert]';
  await page.locator(`${accept}, ${refusal}`).first().waitFor();
  if ((await page.locator(refusal).count()) > 0) return;
  await page.locator(accept).click();
  await page.waitForFunction(
    (place) => document.querySelector('dialog[open]') === null || document.querySelector(place) !== null,
    refusal,
  );
}
async function closeDialog(page: Page): Promise<void> {
  if ((await page.locator('dialog[open]').count()) > 0) await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
}

describe('hostile texts', () => {
  it('are many', () => {
    // Header, label, cell and file name; bad cell; link and unknown field; path, type, link and document of messages.
    expect(hostileTexts.length * 11).toBeGreaterThan(200);
    expect(new Set(hostileTexts).size).toBe(hostileTexts.length);
  });

  it('stay texts in headers, labels, cells and file names', { timeout: 180_000 }, async () => {
    const { page, faults } = await openWatched('?lang=en');
    await waitForEpoch(page, 1);
    for (const [index, text] of hostileTexts.entries()) {
      await drop(page, `<${index}> ${text}.csv`, tableWith(text));
      await waitForName(page, `<${index}>`);
      await useDropped(page);
      await closeDialog(page);
      // Where a number should be it is quoted back.
      const bad = `a,b,class\n${'1,2,u\n3,4,v\n'.repeat(8)}5,${cell(text)}${cell(text)},u\n${cell(text)},6\n`;
      await drop(page, `[${index}] ${text}.csv`, bad);
      await waitForName(page, `[${index}]`);
      await page
        .locator('[data-testid=import-rejected], [data-testid=import] [role=alert]')
        .first()
        .waitFor();
      await closeDialog(page);
    }
    await expectHarmless(page);
    // What it shows of a table: its columns, its classes, the axes, the matrix.
    await bring(page, 'all.csv', tableWith(hostileTexts[2] ?? ''));
    await page.getByTestId('table').filter({ hasText: 'all.csv' }).waitFor();
    await page.getByTestId('columns').click();
    await page.getByTestId('column-list').getByText('onerror=pwned()').first().waitFor();
    await page.keyboard.press('Escape');
    await waitForEpoch(page, 2);
    await page.getByTestId('language').click();
    await page.locator('html[lang^=zh]').waitFor();
    await page.getByTestId('table').filter({ hasText: '列' }).waitFor();
    await expectHarmless(page);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('stay texts in links and addresses', { timeout: 180_000 }, async () => {
    const { page, faults } = await openWatched('?lang=en');
    await waitForEpoch(page, 1);
    for (const [index, text] of hostileTexts.entries()) {
      const table = {
        name: `(${index}) ${text}`.slice(0, 60),
        csv: tableWith(text),
        target: `class ${text}`.trim(),
      };
      for (const experiment of [{ data: { source: 'table', table } }, { [`(${index}) ${text}`]: text }]) {
        await page.evaluate(() =>
          document.querySelector<HTMLElement>('[data-testid=notice] button.quiet')?.click(),
        );
        await page.evaluate((hash) => (location.hash = hash), linkHash(experiment));
        await page.waitForFunction(
          (wanted) =>
            document.querySelector('[data-testid=notice]') !== null ||
            document.querySelector('[data-testid=table]')?.textContent.includes(wanted),
          `(${index})`,
        );
      }
    }
    await expectHarmless(page);
    expect(faults).toEqual([]);
    await page.context().close();

    const names = hostileTexts.map((text) => text.replaceAll(',', ' ').slice(0, 200));
    const query = new URLSearchParams({
      hide: names.join(','),
      lang: names[2] ?? '',
      theme: names[0] ?? '',
      run: '<1>',
    });
    const embed = await openWatched(`embed.html?${query}`);
    await embed.page.getByTestId('notice').filter({ hasText: 'onerror=pwned()' }).waitFor();
    await expectHarmless(embed.page);
    expect(embed.faults).toEqual([]);
    await embed.page.context().close();
  });

  it('stay texts in messages, and each bad one is answered', { timeout: 180_000 }, async () => {
    host.pages.set(
      '/hostile.html',
      `<!doctype html><meta charset="utf-8"><title>Host</title>
       <iframe width="640" height="420" src="${site.address}embed.html?lang=en"></iframe>`,
    );
    const { page, faults } = await openHost(site.browser, `${host.address}/hostile.html`, site.address);
    const frame = page.locator('iframe').contentFrame();
    await frame.getByTestId('start').waitFor();
    const answers = await page.evaluate(
      async ([texts, origin]) => {
        const target = document.querySelector('iframe')?.contentWindow;
        const waiting = new Map<string, (code: string) => void>();
        addEventListener('message', ({ data }: MessageEvent<{ id?: string; type: string; code?: string }>) =>
          waiting.get(data.id ?? '')?.(data.code ?? data.type),
        );
        const results: string[] = [];
        for (const [index, text] of texts.entries()) {
          const messages: object[] = [
            { type: text },
            { type: 'set', path: text, value: text },
            { type: 'set', path: 'data.table.name', value: text },
            { type: 'load', link: `#d=${text}` },
            {
              type: 'load',
              document: JSON.parse(`{${JSON.stringify(text)}: ${JSON.stringify(text)}}`) as object,
            },
            { type: 'load', document: { data: { source: text } } },
            { type: 'appearance', lang: text },
            { type: 'run', [text]: text },
          ];
          for (const [which, message] of messages.entries()) {
            const id = `${index} ${which}`;
            const answer = new Promise<string>((resolve) => waiting.set(id, resolve));
            target?.postMessage({ athanor: 1, id, ...message }, origin);
            results.push(await answer);
          }
        }
        return results;
      },
      [hostileTexts, new URL(site.address).origin] as const,
    );
    expect(answers).toHaveLength(hostileTexts.length * 8);
    const taken = answers.filter((code) => code === 'done');
    // A name that is short enough is a name; nothing else of it means anything.
    expect(taken.length).toBeLessThanOrEqual(hostileTexts.length);
    expect(new Set(answers)).not.toContain('internal');
    expect(await frame.locator('[data-testid=epoch] b').innerText()).toBe('0');
    await frame.getByTestId('start').click();
    await frame
      .locator('[data-testid=epoch] b')
      .filter({ hasText: /^[1-9]/ })
      .waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('both pages', () => {
  it('work with the headers the site asks for, and only the embed may be framed elsewhere', async () => {
    host.pages.set(
      '/framed.html',
      `<!doctype html><title>Host</title><iframe src="${site.address}"></iframe>
       <script src="${site.address}athanor-playground.js"></script>
       <athanor-playground height="300" show="measures" run></athanor-playground>`,
    );
    const { page, faults } = await openHost(site.browser, `${host.address}/framed.html`, site.address);
    await page.locator('athanor-playground iframe').contentFrame().getByText('%').first().waitFor();
    const whole = page
      .frames()
      .find((frame) => frame.parentFrame() !== null && !frame.url().includes('embed.html'));
    expect(whole?.url()).not.toBe(site.address); // the browser's own error page
    expect(faults.filter((fault) => !fault.includes('frame-ancestors'))).toEqual([]);
    await page.context().close();
  });
});
