// Serves the built site and opens pages in Chromium, collecting everything that must not happen.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { preview, type PluginOption, type PreviewServer } from 'vite';
import { headersFor, parseHeaders } from '../../../tools/make/headers.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Sends what the site's own file of headers says, as hosts that read it do. */
function ownHeaders(): PluginOption {
  const rules = parseHeaders(readFileSync(`${root}build/site/_headers`, 'utf8'));
  return {
    name: 'own-headers',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://site');
        for (const [name, value] of headersFor(rules, pathname)) response.setHeader(name, value);
        next();
      });
    },
  };
}

/** No header is needed, for cross-origin isolation neither: everything works without. */
export async function serveSite({ withHeaders = false } = {}): Promise<PreviewServer & { address: string }> {
  if (!existsSync(`${root}build/site/index.html`))
    throw new Error('build/site is missing: run `npm run build`');
  const server = await preview({
    configFile: false,
    root: `${root}web`,
    build: { outDir: `${root}build/site` },
    plugins: withHeaders ? [ownHeaders()] : [],
    preview: { port: 0, host: '127.0.0.1' },
    logLevel: 'silent',
  });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('the server has no address');
  return Object.assign(server, { address });
}

/** The served site and a browser for all tests of a file, which are closed after the last of them. */
export function useSite(options: { withHeaders?: boolean } = {}): { address: string; browser: Browser } {
  const site = {} as { address: string; browser: Browser };
  let close: () => Promise<unknown> = () => Promise.resolve();
  beforeAll(async () => {
    const server = await serveSite(options);
    site.address = server.address;
    site.browser = await launchBrowser();
    close = () => Promise.all([site.browser.close(), server.close()]);
  });
  afterAll(() => close());
  return site;
}

export function launchBrowser(): Promise<Browser> {
  const executablePath =
    process.env['ATHANOR_CHROMIUM'] ??
    ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
      existsSync(path),
    );
  if (executablePath === undefined) throw new Error('no Chromium was found; name one in ATHANOR_CHROMIUM');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

export interface OpenPage {
  page: Page;
  /** Console errors, uncaught errors, failed requests and requests that leave the origin. */
  faults: string[];
}

export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    // It would answer what a test wants to fail. Tests of the page without a network allow it.
    serviceWorkers: 'block',
    ...options,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  const origin = new URL(url).origin;
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // Leaving a page cuts off what is still being fetched.
    if (why !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()} ${why}`);
  });
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (target.protocol.startsWith('http') && target.origin !== origin)
      faults.push(`left the origin: ${request.url()}`);
  });
  await page.goto(url);
  return { page, faults };
}

/** The folder of the engine inside the built site, as a path below the page. */
export function engineFolder(): string {
  const [version] = readdirSync(`${root}build/site/engine`);
  if (version === undefined) throw new Error('build/site holds no engine');
  return `engine/${version}/`;
}
