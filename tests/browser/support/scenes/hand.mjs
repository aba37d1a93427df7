// What scenes do on the page.
import { deflateRawSync } from 'node:zlib';

/** @param {unknown} document */
export const link = (document) => `#d=1.${deflateRawSync(JSON.stringify(document)).toString('base64url')}`;

export const epoch = (page, least) =>
  page.waitForFunction(
    (number) => Number(document.querySelector('[data-testid=epoch] b')?.textContent) >= number,
    least,
  );
export const seen = async (page, least = 25) => {
  await page.locator('[data-testid=flowchart] svg').waitFor();
  await epoch(page, least);
};
export const press = (page, name) => page.getByTestId(name).first().click();
export const pause = (page) => page.getByTestId('run').click();
export const finish = async ({ page, tab }) => {
  await page.getByTestId('pace').selectOption('full');
  await tab('results');
  await page.getByTestId('test-accuracy').or(page.getByTestId('test-r2')).first().waitFor();
};
/** The tour's offer is a picture of its own; elsewhere it would be in all of them. */
export const visited = async (scene) => {
  await scene.page.addInitScript(() => localStorage.setItem('athanor.tour', 'answered'));
  await scene.open();
  await seen(scene.page);
};
/** Down to the end of what fills a dialog. */
export const scrolled = (page, within) =>
  page.locator(within).evaluate((dialog) => {
    for (const box of dialog.querySelectorAll('*'))
      if (box.clientHeight > 200 && box.scrollHeight > box.clientHeight + 4) box.scrollTop = box.scrollHeight;
  });

export const bring = (page, name, text, type = 'text/csv') =>
  page.getByTestId('file').setInputFiles({ name, mimeType: type, buffer: Buffer.from(text) });
