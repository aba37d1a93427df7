// A page of another origin that embeds the built site, as an author's server would give it: no headers of any kind.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';

export interface HostSite {
  address: string;
  /** What the site answers to a path; may be changed at any time. */
  pages: Map<string, string>;
  close: () => Promise<void>;
}

export async function serveHost(): Promise<HostSite> {
  const pages = new Map<string, string>();
  const server = createServer((request, response) => {
    // Browsers ask for an icon; that there is none is no fault.
    const page = request.url === '/favicon.ico' ? '' : pages.get(request.url ?? '');
    response.writeHead(page === undefined ? 404 : 200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(page ?? 'Not found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    pages,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export interface Hosted {
  page: Page;
  faults: string[];
}

/** Opens a page that may reach its own origin and that of the site, and no other. */
export async function openHost(browser: Browser, address: string, site: string): Promise<Hosted> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, locale: 'en-GB' });
  const page = await context.newPage();
  const faults: string[] = [];
  const allowed = [new URL(address).origin, new URL(site).origin];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (target.protocol.startsWith('http') && !allowed.includes(target.origin))
      faults.push(`left the origins: ${request.url()}`);
  });
  await page.goto(address);
  return { page, faults };
}
