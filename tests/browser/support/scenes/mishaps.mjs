// What lies around and what goes wrong: embeds, notices, updates.
import { epoch, link, press, scrolled, seen, visited } from './hand.mjs';

export const mishaps = [
  {
    name: 'notices',
    play: async (scene) => {
      const { page, shoot } = scene;
      await page.addInitScript(() => localStorage.setItem('athanor.tour', 'answered'));
      await scene.open('', '#d=1.damaged');
      await seen(page);
      await page.getByTestId('notice').waitFor();
      await shoot('notice-link');
      await scene.open('embed.html', '&show=graph&run=1');
      await seen(page, 2);
      await shoot('notice-option');
      await scene.open();
      await seen(page, 2);
      await page.getByTestId('file').setInputFiles({
        name: 'mine.athanor.json',
        mimeType: 'application/json',
        buffer: Buffer.from('{"training": {"learning_rate": 99}}'),
      });
      await page.getByTestId('notice').waitFor();
      await shoot('notice-file');
    },
  },
  {
    name: 'divergence',
    play: async (scene) => {
      const { page, shoot, tab } = scene;
      await page.addInitScript(() => localStorage.setItem('athanor.tour', 'answered'));
      await scene.open(
        '',
        `&run=1${link({ training: { optimizer: 'sgd', loss: 'squared_error', learning_rate: 10 } })}`,
      );
      await page.getByTestId('notice').waitFor();
      await page.locator('[data-testid=flowchart] svg').waitFor();
      await shoot('divergence');
      await tab('results');
      await shoot('divergence-results');
    },
  },
  {
    name: 'dead-engine',
    play: async (scene) => {
      const { page, shoot } = scene;
      await visited(scene);
      const [worker] = page.workers();
      await worker.evaluate(() => {
        setTimeout(() => {
          throw new Error('on purpose');
        });
      });
      await page.getByTestId('notice').waitFor();
      await epoch(page, 30);
      await shoot('engine-replaced');
      await page.route('**/athanor*.wasm', (route) => route.fulfill({ status: 404, body: '' }));
      await page.route('**/athanor*.mjs', (route) => route.fulfill({ status: 404, body: '' }));
      await page.reload();
      await page.getByTestId('notice').waitFor();
      await shoot('engine-missing');
    },
  },
  {
    name: 'storage',
    play: async (scene) => {
      const { page, shoot } = scene;
      await page.addInitScript(() => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      });
      await visited(scene);
      await scene.tab('data');
      await page
        .getByTestId('file')
        .locator('xpath=ancestor::section')
        .locator('button[aria-pressed]')
        .nth(3)
        .click();
      await page.getByTestId('not-kept').waitFor();
      await shoot('storage-full');
    },
  },
  {
    name: 'update',
    workers: true,
    play: async (scene) => {
      const { page, shoot, deploy } = scene;
      await visited(scene);
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      deploy();
      await page.evaluate(() =>
        navigator.serviceWorker.ready.then((kept) => kept.update()).then(() => undefined),
      );
      await page.getByTestId('update').waitFor();
      await shoot('update-offered');
      await scene.context.setOffline(true);
      await page.reload();
      await seen(page, 5);
      await shoot('offline');
    },
  },
  {
    name: 'embed',
    play: async (scene) => {
      const { page, shoot, isPhone } = scene;
      await visited(scene);
      if (isPhone) {
        await press(page, 'more');
        await page.getByTestId('save-file').waitFor();
        await page.getByTestId('embed-item').click();
      } else await press(page, 'embed');
      const frame = page.getByTestId('embed-dialog').locator('iframe').contentFrame();
      await frame.getByTestId('start').waitFor();
      await frame.locator('[data-testid=flowchart] svg').waitFor();
      await shoot('embed-dialog');
      await scrolled(page, 'dialog[open]');
      await shoot('embed-dialog-end');
      await scene.open('embed.html');
      await page.getByTestId('start').waitFor();
      await page.locator('[data-testid=flowchart] svg').waitFor();
      await shoot('embed-waiting');
      await press(page, 'start');
      await seen(page);
      await shoot('embed');
      await page.setViewportSize({ width: 640, height: 440 });
      await scene.open('embed.html', '&run=1&show=controls,flowchart,network,boundary,curves');
      await seen(page);
      await shoot('embed-small');
    },
  },
];
