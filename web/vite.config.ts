import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const variants = ['simd', 'relaxed'];
const files = variants.flatMap((variant) => [`${variant}/athanor.mjs`, `${variant}/athanor.wasm`]);

/** A folder name that changes with the engine, so that no cache ever mixes two builds. */
function engineVersion(): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const path = `${root}build/engine/${file}`;
    if (existsSync(path)) hash.update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 12);
}

/** Puts the engine's variants, unbundled, beside the page: bundlers and Emscripten's loader quarrel. */
function engine(): Plugin {
  const folder = `engine/${engineVersion()}`;
  return {
    name: 'athanor-engine',
    config: () => ({ define: { __ENGINE_FOLDER__: JSON.stringify(`${folder}/`) } }),
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const file = files.find((name) => request.url?.split('?')[0] === `/${folder}/${name}`);
        if (file === undefined) return next();
        response.setHeader('Content-Type', file.endsWith('.wasm') ? 'application/wasm' : 'text/javascript');
        response.end(readFileSync(`${root}build/engine/${file}`));
      });
    },
    writeBundle() {
      for (const file of files) {
        const target = `${root}build/site/${folder}/${file}`;
        mkdirSync(target.replace(/\/[^/]*$/, ''), { recursive: true });
        copyFileSync(`${root}build/engine/${file}`, target);
      }
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [svelte(), engine()],
  resolve: { alias: { athanor: `${root}bindings/index.ts` } },
  build: {
    outDir: `${root}build/site`,
    emptyOutDir: true,
    target: 'es2022',
    // Mermaid is loaded after the first training frame; it is large and cannot be made small.
    chunkSizeWarningLimit: 1000,
  },
  worker: { format: 'es' },
});
