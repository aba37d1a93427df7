// Data: generators, tables, painted points, preparation; and what is there before any.
import { bring, finish, link, pause, press, scrolled, seen, visited } from './hand.mjs';

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

export const data = [
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
];
