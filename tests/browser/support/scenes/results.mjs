// Curves, kept runs, measures.
import { epoch, finish, pause, press, scrolled, visited } from './hand.mjs';

export const results = [
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
      await tab('data');
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
];
