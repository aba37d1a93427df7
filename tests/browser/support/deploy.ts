// A server of the built site whose files can change, as a new deployment changes them, and that can be taken from the network.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const site = fileURLToPath(new URL('../../../build/site', import.meta.url));
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.csv': 'text/csv',
};

export interface Deployment {
  address: string;
  /** Paths that were asked for, without their queries. */
  asked: string[];
  /** Puts a changed page and the service worker that belongs to it in place of the built ones. */
  deploy: (change: (page: string) => string) => void;
  override: (path: string, body: string) => void;
  goOffline: () => Promise<void>;
}

const integrity = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

export async function deploySite(): Promise<Deployment> {
  const changed = new Map<string, string>();
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://site');
    const path = pathname === '/' ? '/index.html' : pathname;
    asked.push(path);
    const file = join(site, path);
    const body =
      changed.get(path) ?? (existsSync(file) && statSync(file).isFile() ? readFileSync(file) : null);
    response.writeHead(body === null ? 404 : 200, {
      'Content-Type': types[extname(path)] ?? 'text/plain',
      'Cache-Control': 'no-cache',
    });
    response.end(body ?? 'Not found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    deploy(change) {
      const page = readFileSync(join(site, 'index.html'), 'utf8');
      const next = change(page);
      const worker = readFileSync(join(site, 'sw.js'), 'utf8');
      const version = /version:"(\w+)"/.exec(worker)?.[1] ?? '';
      changed.set('/index.html', next);
      changed.set(
        '/sw.js',
        worker
          .replace(integrity(page), integrity(next))
          .replace(version, integrity(next).replace(/\W/g, '').slice(0, 12)),
      );
    },
    override: (path, body) => void changed.set(path, body),
    goOffline: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
