// What the pictures show: each scene is a visit to the page, of which it takes one picture or several.
import { deflateRawSync } from 'node:zlib';

/** @param {unknown} document */
const link = (document) => `#d=1.${deflateRawSync(JSON.stringify(document)).toString('base64url')}`;

const epoch = (page, least) =>
  page.waitForFunction(
    (number) => Number(document.querySelector('[data-testid=epoch] b')?.textContent) >= number,
    least,
  );
const seen = async (page, least = 25) => {
  await page.locator('[data-testid=flowchart] svg').waitFor();
  await epoch(page, least);
};
const press = (page, name) => page.getByTestId(name).first().click();
const pause = (page) => page.getByTestId('run').click();
const finish = async ({ page, tab }) => {
  await page.getByTestId('pace').selectOption('full');
  await tab('results');
  await page.getByTestId('test-accuracy').or(page.getByTestId('test-r2')).first().waitFor();
};
/** The tour's offer is a picture of its own; elsewhere it would be in all of them. */
const visited = async (scene) => {
  await scene.page.addInitScript(() => localStorage.setItem('athanor.tour', 'answered'));
  await scene.open();
  await seen(scene.page);
};
/** Down to the end of what fills a dialog. */
const scrolled = (page, within) =>
  page.locator(within).evaluate((dialog) => {
    for (const box of dialog.querySelectorAll('*'))
      if (box.clientHeight > 200 && box.scrollHeight > box.clientHeight + 4) box.scrollTop = box.scrollHeight;
  });

const coffee = ['size,roast,beans,price']
  .concat(
    Array.from({ length: 60 }, (_, i) =>
      [['small', 'medium', 'large'][i % 3], ['light', 'dark'][i % 2], i % 7, 2 + (i % 3) + i / 50].join(),
    ),
  )
  .join('\n');
const damaged = [
  'height,weight,date,city',
  ...Array.from({ length: 40 }, (_, i) =>
    i === 7
      ? '171,60'
      : i === 12
        ? '180,"72,2024-01-05,Bern'
        : i === 20
          ? '1,2,3,4,5,6'
          : `${150 + i},${45 + (i % 30)}.5,2024-03-${String(1 + (i % 28)).padStart(2, '0')},${['Bern', '北京', 'Oslo'][i % 3]}`,
  ),
].join('\n');
const figures = [
  'land;area;people;kind',
  ...Array.from(
    { length: 30 },
    (_, i) => `L${i};1.${200 + i},${i % 10};${i + 2}.${300 + i}.000;${i % 2 ? 'a' : 'b'}`,
  ),
].join('\n');
const bring = (page, name, text, type = 'text/csv') =>
  page.getByTestId('file').setInputFiles({ name, mimeType: type, buffer: Buffer.from(text) });

export const scenes = [
  {
    name: 'page',
    play: async ({ page, open, shoot, tab, isPhone }) => {
      await open();
      await seen(page, 40);
      await page.getByTestId('tour-offer').waitFor();
      await shoot('page-first-visit');
      await press(page, 'tour-decline');
      await shoot('page');
      if (!isPhone) return;
      for (const which of ['data', 'training', 'results']) {
        await tab(which);
        await shoot(`page-${which}`, { whole: true });
      }
    },
  },
  {
    name: 'start-tour',
    play: async (scene) => {
      const { page, shoot } = scene;
      await visited(scene);
      await press(page, 'open-start');
      await page.getByTestId('start-overfit').locator('canvas').waitFor();
      await shoot('start');
      await press(page, 'start-tour');
      for (let stop = 1; stop <= 5; ++stop) {
        await page
          .getByTestId('tour-position')
          .filter({ hasText: new RegExp(`^(第 )?${stop} `) })
          .waitFor();
        await shoot(`tour-${stop}`);
        await press(page, 'tour-next');
      }
    },
  },
  {
    name: 'examples',
    play: async (scene) => {
      const { page, shoot, tab } = scene;
      await visited(scene);
      await press(page, 'presets');
      await page.locator('[popover] li button').first().waitFor();
      await shoot('examples');
      await page.locator('[popover] li button').first().click();
      await page.getByTestId('phase-update').waitFor();
      await shoot('neuron');
      await shoot('neuron-whole', { whole: true });
      await press(page, 'presets');
      await page.locator('[popover] li button').nth(1).click();
      await page.getByTestId('pace').selectOption('full');
      await tab('results');
      await page.getByTestId('loss-log').filter({ hasText: '1000' }).waitFor();
      await shoot('listing', { whole: true });
    },
  },
  {
    name: 'header-menu',
    play: async (scene) => {
      const { page, shoot } = scene;
      await visited(scene);
      await press(page, 'more');
      await page.getByTestId('save-file').waitFor();
      await shoot('menu');
    },
  },
  {
    name: 'data',
    play: async (scene) => {
      const { page, shoot, tab } = scene;
      await visited(scene);
      await tab('data');
      await press(page, 'more-shapes');
      await page.locator('[popover] canvas').last().waitFor();
      await shoot('shapes');
      await page.keyboard.press('Escape');
      await bring(page, 'coffee.csv', coffee);
      await page.locator('[data-testid=import-accept][aria-disabled=false]').waitFor();
      await shoot('import');
      await press(page, 'import-accept');
      await page.getByTestId('task').selectOption('regression');
      await shoot('table', { whole: true });
      await press(page, 'columns');
      await page.getByTestId('column-list').locator('select').nth(1).selectOption('ordinal');
      await page.getByTestId('column-list').locator('ol').waitFor();
      await shoot('columns');
      await page.keyboard.press('Escape');
      await page.locator('body').press('Escape');
      await finish(scene);
      await shoot('regression', { whole: true });
    },
  },
  {
    name: 'import',
    play: async (scene) => {
      const { page, shoot, tab } = scene;
      await visited(scene);
      await tab('data');
      await press(page, 'paste');
      await page.getByRole('dialog').locator('textarea').waitFor();
      await shoot('import-choose');
      await page.keyboard.press('Escape');
      await bring(page, 'people.csv', damaged);
      await page.locator('[data-testid=import-accept][aria-disabled=false]').waitFor();
      await page.getByTestId('import-rejected').waitFor();
      await shoot('import-rejected');
      await scrolled(page, 'dialog[open]');
      await shoot('import-rejected-end');
      await page.keyboard.press('Escape');
      await bring(page, 'lands.csv', figures);
      await page.locator('[data-testid=import-accept][aria-disabled=false]').waitFor();
      await shoot('import-thousands');
      await page.keyboard.press('Escape');
      await bring(page, 'data.json', '{"a": [1, 2', 'application/json');
      await page.getByRole('dialog').locator('[role=alert]').filter({ hasText: /\S/ }).waitFor();
      await shoot('import-failed');
    },
  },
  {
    name: 'painting',
    play: async (scene) => {
      const { page, shoot } = scene;
      await visited(scene);
      await press(page, 'edit-points');
      await page.getByTestId('palette').waitFor();
      await shoot('painting');
      await press(page, 'empty-classes');
      await page.getByTestId('missing').waitFor();
      await shoot('painting-empty');
      await press(page, 'tool-spray');
      const box = await page.getByTestId('sheet').boundingBox();
      const at = (u, v) => [box.x + u * box.width, box.y + v * box.height];
      for (const [which, spots] of [
        [
          'class-1',
          [
            [0.3, 0.3],
            [0.4, 0.4],
            [0.35, 0.5],
          ],
        ],
        [
          'class-2',
          [
            [0.7, 0.7],
            [0.6, 0.65],
            [0.7, 0.5],
          ],
        ],
      ]) {
        await press(page, which);
        await page.mouse.move(...at(...spots[0]));
        await page.mouse.down();
        for (const spot of spots) await page.mouse.move(...at(...spot), { steps: 8 });
        await page.mouse.up();
      }
      await shoot('painting-painted');
    },
  },
  {
    name: 'preparation',
    play: async (scene) => {
      const { page, shoot, tab, isPhone } = scene;
      await page.addInitScript(() => localStorage.setItem('athanor.tour', 'answered'));
      await scene.open(
        '',
        `&run=1${link({
          data: { noise: 0.4, samples: 150 },
          clean: { outliers: 'z_score', outlier_limit: 2, labels: 'drop' },
          augment: { copies: 2, rotation: 30, jitter: 0.1 },
        })}`,
      );
      await seen(page, 5);
      await tab('data');
      await page.locator('details.panel summary').click();
      await page.getByTestId('cleaning-trial').waitFor();
      if (isPhone) await shoot('preparation', { whole: true });
      else {
        await shoot('preparation');
        await page.locator('.column.data').evaluate((column) => column.scrollTo(0, 420));
        await shoot('preparation-middle');
        await page.locator('.column.data').evaluate((column) => column.scrollTo(0, 9999));
        await shoot('preparation-end');
      }
      await press(page, 'cleaned');
      await page.getByTestId('cleaned-rows').waitFor();
      await shoot('cleaned-rows');
      await page.keyboard.press('Escape');
      await press(page, 'augmented');
      await page.getByTestId('augmented-sample').waitFor();
      await shoot('augmented');
      await page.keyboard.press('Escape');
      await press(page, 'cleaning-trial');
      await press(page, 'trial-begin');
      await page.getByTestId('trial-told').filter({ hasText: /\S/ }).waitFor();
      await page.getByTestId('trial-begin').waitFor();
      await shoot('cleaning-trial');
    },
  },
  {
    name: 'network',
    play: async (scene) => {
      const { page, shoot, isPhone } = scene;
      await visited(scene);
      await press(page, 'weight-table');
      await page.getByTestId('weight-tables').locator('tbody tr').first().waitFor();
      await shoot('weights');
      await page.keyboard.press('Escape');
      await press(page, 'whole-network');
      await page.locator('[popover]:popover-open select').first().waitFor();
      await shoot('whole-network');
      await page.keyboard.press('Escape');
      await page.getByTestId('network-layer').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await shoot('neuron-pointed');
      await page.keyboard.press('Enter');
      await shoot('neuron-pressed', { whole: isPhone });
      await page.keyboard.press('Escape');
      await page.locator('.head .opener, .layer-head .opener').first().click();
      await page.locator('[popover]:popover-open').waitFor();
      await shoot('layer-settings');
    },
  },
  {
    name: 'settings',
    play: async (scene) => {
      const { page, shoot, tab } = scene;
      await visited(scene);
      await tab('training');
      await page.locator('.training .opener').first().click();
      await page.locator('[popover]:popover-open a').first().waitFor();
      await shoot('setting-in-full');
      await page.keyboard.press('Escape');
      await page.locator('.training summary').first().click();
      await page.locator('.rest a').first().waitFor();
      await shoot('training-more');
      await page.locator('#field-seed').fill('11');
      await page.locator('#field-seed').press('Enter');
      await page.getByTestId('restarted').filter({ hasText: /\S/ }).waitFor();
      await shoot('restarted');
      await page.locator('#field-seed').blur(); // a comma is typed into it else
      await page.locator('body').press(',');
      await page.getByTestId('all-settings').waitFor();
      await shoot('all-settings');
      await page.getByRole('dialog').locator('input[type=search]').fill('dropout');
      await shoot('all-settings-found');
      await page.keyboard.press('Escape'); // empties the search
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.locator('body').press('?');
      await page.getByRole('dialog').waitFor();
      await shoot('keys');
    },
  },
  {
    name: 'curves',
    play: async (scene) => {
      const { page, shoot, tab } = scene;
      await visited(scene);
      await press(page, 'presets');
      await page.getByText(scene.isChinese ? '过拟合' : 'Over-fitting', { exact: true }).click();
      await page.getByTestId('pace').selectOption('full');
      await tab('results');
      await page.getByTestId('diagnosis').filter({ hasText: /\d/ }).waitFor();
      await shoot('overfitting', { whole: true });
      await press(page, 'enlarge');
      const keep = page.getByRole('button', { name: scene.isChinese ? /留下|保留/ : 'Keep this run' });
      await keep.click();
      await page.getByTestId('runs').waitFor();
      await page.keyboard.press('Escape');
      await page.getByTestId('diagnosis').locator('button').first().click();
      await epoch(page, 60);
      await press(page, 'enlarge');
      await page.getByTestId('large-loss').locator('canvas').waitFor();
      await shoot('curves-large');
      await scrolled(page, 'dialog[open]');
      await shoot('curves-large-end');
    },
  },
  {
    name: 'measures',
    play: async (scene) => {
      const { page, shoot, tab } = scene;
      await visited(scene);
      await tab('data');
      await press(page, 'iris');
      await finish(scene);
      await shoot('iris', { whole: true });
      await press(page, 'cells');
      await page.getByTestId('table-cells').waitFor();
      await shoot('table-cells');
      await page.keyboard.press('Escape');
      await tab('model');
      await page.getByTestId('confusion').locator('button').first().click();
      await shoot('confusion-cell', { whole: true });
      await tab('results');
      await press(page, 'all-measures');
      await page.getByTestId('all-measures-table').waitFor();
      await shoot('measures');
      await scrolled(page, 'dialog[open]');
      await shoot('measures-end');
      await press(page, 'view-ranking');
      await page.getByRole('dialog').locator('canvas, svg').first().waitFor();
      await shoot('ranking');
      await scrolled(page, 'dialog[open]');
      await shoot('ranking-end');
      await press(page, 'view-folds');
      await shoot('folds-before');
      await press(page, 'folds-begin');
      await page.getByTestId('fold-mean').waitFor();
      await page.getByTestId('folds-begin').waitFor();
      await shoot('folds');
    },
  },
  {
    name: 'threshold',
    play: async (scene) => {
      const { page, shoot, tab } = scene;
      await visited(scene);
      await tab('model');
      await page.getByTestId('threshold').fill('0.2');
      await pause(page);
      await shoot('threshold', { whole: true });
      await tab('results');
      await press(page, 'all-measures');
      await press(page, 'view-ranking');
      await page.getByTestId('threshold-figures').waitFor();
      await shoot('threshold-curves');
    },
  },
  {
    name: 'step',
    play: async (scene) => {
      const { page, shoot } = scene;
      await visited(scene);
      await page.locator('body').press('i');
      await page.getByTestId('step-sum').locator('.katex-html').first().waitFor();
      await page.evaluate(() => document.fonts.ready);
      await shoot('step');
      await scrolled(page, 'dialog[open]');
      await shoot('step-end');
    },
  },
  {
    name: 'motion',
    moves: true,
    play: async (scene) => {
      const { page, shoot, tab } = scene;
      await visited(scene);
      await page.getByTestId('pace').selectOption('motion');
      await page.getByTestId('narration').filter({ hasText: /\S/ }).waitFor();
      for (const [index, phase] of ['forward', 'backward', 'update'].entries()) {
        await page.locator(`.page[data-ring]`).waitFor();
        await page.waitForFunction(
          (before) => document.querySelector('[data-testid=narration]')?.textContent !== before,
          await page.getByTestId('narration').textContent(),
        );
        await shoot(`motion-${index + 1}-${phase}`);
      }
      await tab('results');
      await shoot('motion-results');
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
    name: 'shared',
    play: async (scene) => {
      const { page, shoot } = scene;
      await scene.open('', link({ data: { generator: 'moons' } }));
      await page.getByTestId('start').waitFor();
      await page.locator('[data-testid=flowchart] svg').waitFor();
      await shoot('shared-link');
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
    name: 'empty',
    play: async (scene) => {
      const { page, shoot, tab, isPhone } = scene;
      await visited(scene);
      await pause(page);
      await page.locator('body').press('r');
      await page.getByTestId('empty-network').waitFor();
      await shoot('empty');
      if (isPhone)
        for (const which of ['data', 'results']) {
          await tab(which);
          await shoot(`empty-${which}`, { whole: true });
        }
      await tab('results');
      await press(page, 'enlarge');
      await page.getByTestId('empty-large').waitFor();
      await shoot('empty-curves');
      await page.keyboard.press('Escape');
      await page.locator('body').press('i');
      await page.getByTestId('empty-step').waitFor();
      await shoot('empty-step');
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
];
