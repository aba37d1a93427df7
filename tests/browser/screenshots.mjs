// Takes pictures of the page in both languages, themes and sizes, for people to look at: build/screenshots/*.png.
// node tests/browser/screenshots.mjs [folder]
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { preview } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = process.argv[2] ?? `${root}build/screenshots`;
mkdirSync(folder, { recursive: true });
const server = await preview({
  configFile: false,
  root: `${root}web`,
  build: { outDir: `${root}build/site` },
  preview: { port: 0, host: '127.0.0.1' },
  logLevel: 'silent',
});
const address = server.resolvedUrls?.local[0] ?? '';
const browser = await chromium.launch({
  executablePath: process.env.ATHANOR_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const sizes = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
for (const [size, viewport] of Object.entries(sizes)) {
  for (const language of ['zh', 'en']) {
    for (const theme of ['light', 'dark']) {
      const page = await browser.newPage({
        viewport,
        deviceScaleFactor: size === 'phone' ? 2 : 1,
        hasTouch: size === 'phone',
      });
      await page.goto(`${address}?lang=${language}&theme=${theme}`);
      await page.locator('[data-testid=flowchart] svg').waitFor();
      await page
        .locator('[data-testid=epoch] b')
        .filter({ hasText: /^[3-9]\d$/ })
        .waitFor();
      const shoot = (name) => page.screenshot({ path: `${folder}/${size}-${language}-${theme}${name}.png` });
      await shoot('');
      await page.getByTestId('open-start').click();
      await page.getByTestId('start-overfit').locator('canvas').waitFor();
      await shoot('-start');
      await page.getByTestId('start-tour').click();
      for (let stop = 1; stop <= 5; ++stop) {
        await page
          .getByTestId('tour-position')
          .filter({ hasText: new RegExp(`^(第 )?${stop} `) })
          .waitFor();
        await shoot(`-tour-${stop}`);
        await page.getByTestId('tour-next').click();
      }
      if (size === 'phone') await page.getByRole('tab').nth(1).click();
      if (size === 'phone') {
        for (const [index, name] of ['data', 'model', 'training', 'results'].entries()) {
          await page.getByRole('tab').nth(index).click();
          if (name === 'results') await page.locator('[data-testid=curve-score] canvas').waitFor();
          await shoot(`-${name}`);
        }
      }
      if (size === 'phone') await page.getByRole('tab').nth(1).click();
      await page.getByTestId('presets').click();
      await shoot('-examples');
      await page.locator('[popover] li button').first().click();
      await page.getByTestId('neuron').waitFor();
      await page.getByTestId('phase-update').waitFor();
      await page.screenshot({ path: `${folder}/${size}-${language}-${theme}-neuron.png`, fullPage: true });
      await page.getByTestId('presets').click();
      await page.locator('[popover] li button').nth(1).click();
      await page.getByTestId('pace').selectOption('full');
      if (size === 'phone') await page.getByRole('tab').nth(3).click();
      await page.getByTestId('loss-log').filter({ hasText: '1000' }).waitFor();
      await page.screenshot({ path: `${folder}/${size}-${language}-${theme}-listing.png`, fullPage: true });
      await page.getByTestId('pace').selectOption('normal');
      if (size === 'phone') await page.getByRole('tab').nth(0).click();
      await page.getByTestId('more-shapes').click();
      await page.locator('[popover] canvas').last().waitFor();
      await shoot('-shapes');
      await page.keyboard.press('Escape');
      await page.getByTestId('file').setInputFiles({
        name: 'coffee.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(
          ['size,roast,beans,price']
            .concat(
              Array.from({ length: 60 }, (_, i) =>
                [
                  ['small', 'medium', 'large'][i % 3],
                  ['light', 'dark'][i % 2],
                  i % 7,
                  2 + (i % 3) + i / 50,
                ].join(),
              ),
            )
            .join('\n'),
        ),
      });
      await page.locator('[data-testid=import-accept][aria-disabled=false]').waitFor();
      await shoot('-import');
      await page.getByTestId('import-accept').click();
      await page.getByTestId('task').selectOption('regression');
      await page.getByTestId('columns').click();
      const kinds = page.getByTestId('column-list').locator('select');
      await kinds.nth(1).selectOption('ordinal');
      await page.getByTestId('column-list').locator('ol').waitFor();
      await shoot('-columns');
      await page.keyboard.press('Escape');
      if (size === 'wide' && theme === 'light') {
        await page.getByTestId('presets').click();
        await page.locator('[popover] li button').nth(3).click();
        await page.locator('[data-testid=pace]').selectOption('full');
        await page.locator('[data-testid=test-accuracy]').waitFor();
        // Drawing follows the numbers within some frames; the last chart to do so shows the last epoch.
        await page.locator('[data-testid=curve-score] .u-value').first().filter({ hasText: '300' }).waitFor();
        await shoot('-iris-finished');
      }
      await page.close();
    }
  }
}
await browser.close();
await server.close();
console.log(folder);
