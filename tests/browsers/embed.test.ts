// The page inside a page of another origin, in every browser: driven by the messages of web/EMBEDDING.md alone.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PreviewServer } from 'vite';
import { type HostSite, serveHost } from '../browser/support/host';
import { serveSite } from '../browser/support/site';
import type { Browser } from './support/browsers';
import { inEveryBrowser } from './support/every';

let server: PreviewServer & { address: string };
let host: HostSite;
beforeAll(async () => {
  server = await serveSite();
  host = await serveHost();
  for (const language of ['zh', 'en']) {
    host.pages.set(`/frame-${language}`, framePage(language));
    host.pages.set(`/element-${language}`, elementPage(language));
  }
});
afterAll(() => Promise.all([server?.close(), host?.close()]));

interface Measures {
  accuracy: number;
}
interface Report {
  type: string;
  id?: number;
  code?: string;
  path?: string;
  message?: string;
  waiting?: boolean;
  epoch?: number;
  reason?: string;
  running?: boolean;
  train?: Measures;
  validation?: Measures;
  test?: Measures | null;
}

/** An author's page that sends and hears messages as they are. */
const framePage = (language: string) => `<!doctype html><meta charset="utf-8"><title>A course</title>
<iframe src="${server.address}embed.html?lang=${language}&show=controls,boundary,measures" width="800" height="600"></iframe>
<script>
  window.reports = [];
  const frame = document.querySelector('iframe');
  const { origin } = new URL(frame.src);
  window.send = (message) => frame.contentWindow.postMessage({ athanor: 1, ...message }, origin);
  frame.addEventListener('load', () => send({ type: 'hello' }));
  addEventListener('message', ({ source, origin: from, data }) => {
    if (source === frame.contentWindow && from === origin && data.athanor === 1) reports.push(data);
  });
</script>`;

/** One that uses the element, which says when it is defined. */
const elementPage = (language: string) => `<!doctype html><meta charset="utf-8"><title>A course</title>
<athanor-playground lang="${language}" height="500"></athanor-playground>
<script>
  window.reports = [];
  for (const type of ['ready', 'progress', 'measures', 'finished', 'error'])
    document.querySelector('athanor-playground').addEventListener(type, ({ detail }) => reports.push(detail));
</script>
<script src="${server.address}athanor-playground.js"></script>`;

const small = { data: { generator: 'blobs' }, done: { max_epochs: 40 } };

/** Waits in the author's page for a report that `look` accepts, a function of a report as text. */
function reported(page: Browser, look: string): Promise<Report> {
  return page.evaluate<Report>(`return await new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(${JSON.stringify(look)} + ' of ' + JSON.stringify(reports.slice(-5)))), 30_000);
    const again = () => {
      const found = reports.find(${look});
      if (found === undefined) return setTimeout(again, 10);
      clearTimeout(late);
      resolve(found);
    };
    again();
  });`);
}
/** Sends a command and waits for its answer. */
async function send(page: Browser, id: number, message: object): Promise<Report> {
  await page.evaluate(`send(${JSON.stringify({ id, ...message })});`);
  return reported(page, `(report) => report.id === ${id}`);
}
/** What a method of the element came to. */
function ask(page: Browser, method: string, ...given: unknown[]): Promise<string> {
  return page.evaluate(`
    const element = document.querySelector('athanor-playground');
    return element.${method}(...${JSON.stringify(given)}).then(
      () => 'done', ({ code, path, message }) => [code, path, message].join(' '));`);
}

inEveryBrowser((page) => {
  it.each(['zh', 'en'])('is loaded, set, run and heard by messages (%s)', async (language) => {
    await page.open(`${host.address}/frame-${language}`);
    expect(await reported(page, "({ type }) => type === 'ready'")).toMatchObject({
      waiting: true,
      panels: ['controls', 'boundary', 'measures'],
      problems: [],
    });
    expect(await send(page, 1, { type: 'load', document: small })).toMatchObject({ type: 'done' });
    expect(await send(page, 2, { type: 'set', path: 'training.learning_rate', value: 0.03 })).toMatchObject({
      type: 'done',
    });
    // A field that does not exist, and a value that is not allowed: told with the place, and nothing else changes.
    expect(await send(page, 3, { type: 'set', path: 'training.nonsense', value: 1 })).toMatchObject({
      type: 'error',
      code: 'unknown_field',
    });
    const refused = await send(page, 4, { type: 'set', path: 'training.learning_rate', value: 99 });
    expect(refused).toMatchObject({ type: 'error', code: 'out_of_range', path: 'training.learning_rate' });
    expect(refused.message).toContain('99');
    // Nothing has been trained yet: none of this was a run.
    expect(await page.evaluate("return reports.filter(({ type }) => type === 'measures').length;")).toBe(0);
    expect(await send(page, 5, { type: 'run' })).toMatchObject({ type: 'done' });
    await reported(page, "({ type, running }) => type === 'progress' && running === true");
    const measured = await reported(page, "({ type, epoch }) => type === 'measures' && epoch < 40");
    expect(measured.test).toBeNull();
    const finished = await reported(page, "({ type }) => type === 'finished'");
    expect(finished).toMatchObject({ epoch: 40, reason: 'epochs' });
    expect(finished.test?.accuracy).toBeGreaterThan(0.9);
  });

  it.each(['zh', 'en'])('does what the element’s methods ask for (%s)', async (language) => {
    await page.open(`${host.address}/element-${language}`);
    await page.evaluate("await customElements.whenDefined('athanor-playground');");
    expect(await ask(page, 'load', small)).toBe('done');
    expect(await ask(page, 'set', 'model.layers[0].units', 0)).toMatch(
      /^out_of_range model\.layers\[0\]\.units \S/,
    );
    expect(await ask(page, 'set', 'model.layers[0].units', 5)).toBe('done');
    expect(await ask(page, 'run')).toBe('done');
    const finished = await reported(page, "({ type }) => type === 'finished'");
    expect(finished.test?.accuracy).toBeGreaterThan(0.9);
    await page.evaluate('reports.length = 0;'); // before it ran it stood there as well
    expect(await ask(page, 'rewind')).toBe('done');
    await reported(page, '({ type, epoch, running }) => type === "progress" && epoch === 0 && !running');
  });
});
