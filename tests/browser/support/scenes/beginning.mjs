// Where a visit begins: the page, cards, tour, examples, the header, the settings, a link from somebody else.
import { link, press, seen, visited } from './hand.mjs';

export const beginning = [
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
    name: 'shared',
    play: async (scene) => {
      const { page, shoot } = scene;
      await scene.open('', link({ data: { generator: 'moons' } }));
      await page.getByTestId('start').waitFor();
      await page.locator('[data-testid=flowchart] svg').waitFor();
      await shoot('shared-link');
    },
  },
];
