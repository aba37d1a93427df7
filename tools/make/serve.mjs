// Serves the built site with the headers its own file asks for.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Failure } from '../common/failure.mjs';
import { repo, site } from '../common/paths.mjs';
import { headersFor, parseHeaders } from './headers.mjs';

const kHost = '127.0.0.1';

/** @returns {import('vite').Plugin} */
function headers() {
  const rules = parseHeaders(readFileSync(join(site, '_headers'), 'utf8'));
  return {
    name: 'athanor-headers',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://site');
        for (const [name, value] of headersFor(rules, pathname)) response.setHeader(name, value);
        next();
      });
    },
  };
}

/** @param {number} port */
function portTaken(port) {
  return new Failure(`Port ${port} is in use by another program.`, {
    hint: `Choose another one: npm start -- --port ${port === 65535 ? port - 1 : port + 1}`,
  });
}

/**
 * Asked before the build, so that nobody waits minutes to learn it.
 * @param {number} port
 * @returns {Promise<void>}
 */
export function requireFreePort(port) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE') reject(portTaken(port));
      else if (error.code === 'EACCES') {
        reject(
          new Failure(`Port ${port} may not be used without root.`, {
            hint: 'Choose one from 1024 up, with --port.',
          }),
        );
      } else reject(error);
    });
    probe.listen({ port, host: kHost, exclusive: true }, () => probe.close(() => resolve()));
  });
}

/**
 * @param {number} port
 * @returns {Promise<string>} the address
 */
export async function serve(port) {
  const { preview } = await import('vite');
  try {
    await preview({
      root: repo,
      configFile: false,
      logLevel: 'error',
      appType: 'mpa', // a missing file is a 404, not the page again
      build: { outDir: site },
      plugins: [headers()],
      preview: { port, host: kHost, strictPort: true },
    });
  } catch (error) {
    if (/already in use/.test(String(error))) throw portTaken(port);
    throw error;
  }
  return `http://localhost:${port}/`;
}
