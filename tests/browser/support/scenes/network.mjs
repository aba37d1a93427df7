// The network, its next step in formulas, slow motion.
import { press, scrolled, visited } from './hand.mjs';

export const network = [
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
      await page.getByTestId('network').focus();
      await page.keyboard.press('ArrowDown');
      await page.getByTestId('neuron-card').waitFor();
      await shoot('neuron-pointed');
      await page.keyboard.press('Enter');
      await shoot('neuron-pressed', { whole: isPhone });
      await page.keyboard.press('Escape');
      // A neuron of the first hidden layer, which can be removed; then why an input cannot be.
      await page.getByTestId('network').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await page.getByTestId('remove-neuron').waitFor();
      await shoot('neuron-removal', { whole: isPhone });
      await page.keyboard.press('Escape');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Delete');
      await page.getByTestId('network-layer').getByRole('alert').waitFor();
      await shoot('neuron-kept', { whole: isPhone });
      await page.keyboard.press('Escape');
      await page.locator('.head:has(.remove) .opener').first().click();
      await page.locator('[popover]:popover-open select').first().waitFor();
      await shoot('layer-settings');
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
];
