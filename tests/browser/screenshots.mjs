// Takes pictures of every panel, dialog and popover in both languages, themes and sizes, for people to look at, and an
// index.html that shows them all: build/screenshots/.
// npm run screenshots -- [--out folder] [--only words in a picture's or scene's name] [--in wide,zh,dark]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { scenes } from './support/scenes.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values: options } = parseArgs({
  options: { out: { type: 'string' }, only: { type: 'string' }, in: { type: 'string' } },
});
const folder = options.out ?? `${root}build/screenshots`;
const only = options.only?.split(/[ ,]+/) ?? [];
const within = options.in?.split(',') ?? [];
mkdirSync(folder, { recursive: true });

/** A deployment that can bring a newer version: browsers compare the service worker's bytes. */
let version = '';
/** @returns {import('vite').Plugin} */
const versioned = () => ({
  name: 'versioned-worker',
  configurePreviewServer(server) {
    server.middlewares.use((request, response, next) => {
      if (request.url?.split('?')[0] !== '/sw.js') return next();
      response.setHeader('Content-Type', 'text/javascript');
      response.setHeader('Cache-Control', 'no-cache');
      response.end(readFileSync(`${root}build/site/sw.js`, 'utf8') + version);
    });
  },
});
const server = await preview({
  configFile: false,
  root: `${root}web`,
  build: { outDir: `${root}build/site` },
  plugins: [versioned()],
  preview: { port: 0, host: '127.0.0.1' },
  logLevel: 'silent',
});
const address = server.resolvedUrls?.local[0] ?? '';
const browser = await chromium.launch({
  executablePath: process.env.ATHANOR_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

const sizes = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const looks = Object.keys(sizes).flatMap((size) =>
  ['zh', 'en'].flatMap((language) => ['light', 'dark'].map((theme) => ({ size, language, theme }))),
);
const taken = [];
const failed = [];
for (const { name, play, ...opening } of scenes) {
  if (only.length > 0 && !only.some((word) => name.includes(word))) continue;
  for (const look of looks) {
    const { size, language, theme } = look;
    if (!within.every((word) => Object.values(look).includes(word))) continue;
    const context = await browser.newContext({
      viewport: sizes[size],
      hasTouch: size === 'phone',
      reducedMotion: opening.moves ? 'no-preference' : 'reduce', // what is on its way is nowhere
      serviceWorkers: opening.workers ? 'allow' : 'block',
      locale: language === 'zh' ? 'zh-CN' : 'en-GB',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
    const shoot = async (of, { whole = false } = {}) => {
      // What was pressed last would show how it looks under the pointer.
      await page.mouse.move(2, 2);
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      const file = `${of}-${size}-${language}-${theme}.png`;
      // A window as high as its content, in which what keeps to its lower edge does so.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      const isTall = whole && size === 'phone' && height > sizes[size].height;
      if (isTall) await page.setViewportSize({ ...sizes[size], height });
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      await page.screenshot({ path: `${folder}/${file}` });
      if (isTall) await page.setViewportSize(sizes[size]);
      taken.push({ of, file, ...look });
    };
    const tab = async (which) => {
      if (size === 'phone') await page.locator(`[data-tab-of=${which}]`).click();
    };
    const query = `lang=${language}&theme=${theme}`;
    try {
      await play({
        page,
        context,
        shoot,
        tab,
        isPhone: size === 'phone',
        isChinese: language === 'zh',
        open: (path = '', more = '') => page.goto(`${address}${path}?${query}${more}`),
        deploy: () => (version += '\n// newer'),
      });
      if (faults.length > 0) throw new Error(faults.join('; '));
    } catch (error) {
      failed.push(
        `${name} (${size}, ${language}, ${theme}): ${error.message.split('\n').slice(0, 3).join(' ')}`,
      );
      await page.screenshot({ path: `${folder}/FAILED-${name}-${size}-${language}-${theme}.png` });
    }
    await context.close();
  }
  console.log(name);
}
await browser.close();
await server.close();

const names = [...new Set(taken.map(({ of }) => of))];
const figure = ({ file, size, language, theme }) =>
  `<figure class="${size}"><img loading="lazy" src="${file}" alt=""><figcaption>${size} ${language} ${theme}</figcaption></figure>`;
const rows = names.map((name) => {
  const all = taken.filter(({ of }) => of === name);
  return `<h2>${name}</h2><div>${all.map(figure).join('')}</div>`;
});
writeFileSync(
  `${folder}/index.html`,
  `<!doctype html><meta charset="utf-8"><title>Athanor</title>
<style>body{font:14px system-ui;margin:16px}div{display:flex;flex-wrap:wrap;gap:12px}figure{margin:0}
img{width:100%;border:1px solid #ccc}.wide{width:640px}.phone{width:240px}</style>
${rows.join('\n')}\n`,
);
console.log(`${taken.length} pictures in ${folder}`);
for (const line of failed) console.error(line);
process.exitCode = failed.length > 0 ? 1 : 0;
