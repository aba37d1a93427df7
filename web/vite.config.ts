import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin, transformWithEsbuild } from 'vite';
import { precachedFiles, precacheList } from './precache';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = ['simd', 'relaxed', 'threads'].flatMap((variant) =>
  // The one with threads is in one piece.
  ['athanor.mjs', 'athanor.wasm', ...(variant === 'threads' ? [] : ['athanor.deferred.wasm'])].map(
    (name) => `${variant}/${name}`,
  ),
);

/** A folder name that changes with the engine, so that no cache ever mixes two builds. */
function engineVersion(): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const path = `${root}build/engine/${file}`;
    if (existsSync(path)) hash.update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 12);
}

async function minified(source: string, format: 'esm' | 'iife'): Promise<string> {
  const options = { minify: true, format, target: 'es2022', sourcemap: false } as const;
  return (await transformWithEsbuild(readFileSync(source, 'utf8'), source, options)).code;
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
    async writeBundle() {
      for (const file of files) {
        const source = `${root}build/engine/${file}`;
        const target = `${root}build/site/${folder}/${file}`;
        mkdirSync(target.replace(/\/[^/]*$/, ''), { recursive: true });
        // Emscripten leaves long names in its loader: a quarter of what it is compressed.
        if (file.endsWith('.mjs')) writeFileSync(target, await minified(source, 'esm'));
        else copyFileSync(source, target);
      }
    },
  };
}

/** The element other pages use: one file of a lasting name, which no bundler of theirs needs to see. */
function element(): Plugin {
  const name = 'athanor-playground.js';
  const source = `${root}web/src/embed/element.ts`;
  const compile = () => minified(source, 'iife');
  return {
    name: 'athanor-element',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (request.url?.split('?')[0] !== `/${name}`) return next();
        response.setHeader('Content-Type', 'text/javascript');
        void compile().then((code) => response.end(code), next);
      });
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: name, source: await compile() });
    },
  };
}

/** The service worker, with the list of the files it keeps. It is written last, when all of them are there. */
function serviceWorker(): Plugin {
  const site = `${root}build/site/`;
  const source = `${root}web/src/sw.ts`;
  const always = ['favicon.svg', 'data/iris.csv', 'data/digits.csv'];
  let kept: string[] = [];
  return {
    name: 'athanor-service-worker',
    apply: 'build',
    writeBundle(_, bundle) {
      const folder = `engine/${engineVersion()}/`;
      kept = [...precachedFiles(bundle), ...always, ...files.map((name) => folder + name)];
    },
    async closeBundle() {
      if (kept.length === 0) return; // the build has failed
      const list = precacheList((path) => readFileSync(site + path), kept);
      const { code } = await transformWithEsbuild(readFileSync(source, 'utf8'), source, {
        minify: true,
        format: 'iife',
        target: 'es2022',
        sourcemap: false,
        define: { __PRECACHE__: JSON.stringify(list) },
      });
      writeFileSync(`${site}sw.js`, code);
    },
  };
}

/** Of KaTeX's fonts those that this page's formulas need, and of each the one form that every browser reads. */
function formulaFonts(): Plugin {
  const used = /KaTeX_(Main-(Regular|Bold|Italic)|Math-Italic|Size[1-4]-Regular|AMS-Regular)\.woff2/;
  return {
    name: 'athanor-formula-fonts',
    enforce: 'pre',
    transform(code, id) {
      if (!/katex[\\/]dist[\\/]katex(\.min)?\.css/.test(id)) return null;
      const faces = code.replace(/@font-face\s*\{[^}]*\}/g, (face) =>
        used.test(face) ? face.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)/g, '') : '',
      );
      return { code: faces, map: null };
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [formulaFonts(), svelte(), engine(), element(), serviceWorker()],
  resolve: { alias: { athanor: `${root}bindings/index.ts` } },
  build: {
    rollupOptions: { input: [`${root}web/index.html`, `${root}web/embed.html`] },
    outDir: `${root}build/site`,
    emptyOutDir: true,
    // A font inside a style sheet would need more of the Content-Security-Policy than its own file.
    assetsInlineLimit: (path) => (path.endsWith('.woff2') ? false : undefined),
    target: 'es2022',
    // Mermaid is loaded after the first training frame; it is large and cannot be made small.
    chunkSizeWarningLimit: 1000,
  },
  worker: { format: 'es' },
});
