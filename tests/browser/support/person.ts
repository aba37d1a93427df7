// What a person does on the page, and what they see.
import { deflateRawSync } from 'node:zlib';
import type { Locator, Page } from 'playwright-core';

export function epochOf(page: Page): Promise<number> {
  return page.locator('[data-testid=epoch] b').innerText().then(Number);
}
export async function waitForEpoch(page: Page, least: number): Promise<void> {
  await page.waitForFunction(
    (epoch) => Number(document.querySelector('[data-testid=epoch] b')?.textContent) >= epoch,
    least,
  );
}
/** Runs at full speed until the sealed test part is open, and reads its accuracy. */
export async function trainToTheEnd(page: Page): Promise<number> {
  await page.getByTestId('pace').selectOption('full');
  const text = await page.getByTestId('test-accuracy').innerText();
  return Number.parseFloat(text) / 100;
}
/** A look at the button and a press are one: between the two a run can end, and then the button would begin another. */
export async function pause(page: Page): Promise<void> {
  await page.getByTestId('run').evaluate((button: HTMLElement) => {
    if (/Pause/.test(button.innerText)) button.click();
  });
  await waitForRest(page);
}
/** It stands, and what is on the screen is where it stands: the button alone says so before the engine has heard of it. */
export async function waitForRest(page: Page): Promise<void> {
  await page.locator('[data-testid=run][aria-busy=false]').filter({ hasText: 'Run' }).waitFor();
}
/** Drops a file on the page as a person drags it in. */
export async function drop(page: Page, name: string, content: string | number[]): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, content }) => {
      const data = new DataTransfer();
      const part = typeof content === 'string' ? content : Uint8Array.from(content);
      data.items.add(new File([part], name, { type: 'text/csv' }));
      return data;
    },
    { name, content },
  );
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}
/** The dialog of a table on its way in, when it shows the table and the engine has tried it. */
export async function tried(page: Page): Promise<Locator> {
  await page.locator('[data-testid=import-accept][aria-disabled=false]').waitFor();
  return page.getByTestId('import');
}
/** Uses the table in the dialog, as soon as the engine has tried it. */
export async function acceptTable(page: Page): Promise<void> {
  await page.locator('[data-testid=import-accept][aria-disabled=false]').click();
}
/** Drops a table and uses it. */
export async function bring(page: Page, name: string, text: string): Promise<void> {
  await drop(page, name, text);
  await acceptTable(page);
}
/** Ends the worker from within: without a word, as an exhausted browser would, or with an error nobody caught. */
export async function killWorker(page: Page, how: 'silently' | 'loudly'): Promise<void> {
  const [worker] = page.workers();
  if (worker === undefined) throw new Error('no worker');
  const closed = new Promise((resolve) => worker.once('close', resolve));
  await worker.evaluate((way) => {
    if (way === 'silently') self.close();
    else
      setTimeout(() => {
        throw new Error('on purpose');
      });
  }, how);
  await closed;
}

/** The part of a link that holds a document, or part of one, made apart from the page's own code. */
export function linkHash(document: unknown): string {
  return `#d=1.${deflateRawSync(JSON.stringify(document)).toString('base64url')}`;
}
/** Below the site, a run that lasts longer than any test: at its usual pace the default experiment is over after twelve seconds, and
 * whoever is slower would wait in vain for it to go on. */
export const endless = `?run=1${linkHash({ done: { max_epochs: 100_000 } })}`;
/** The same as the person's own change, which is theirs after a reload as well. */
export async function makeEndless(page: Page): Promise<void> {
  const epochs = page.getByRole('spinbutton', { name: 'Epochs', exact: true });
  await epochs.fill('100000');
  await epochs.press('Enter');
}
/** Whether the page and its columns show all they hold. */
export function fits(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    [...document.querySelectorAll('html, .column')].every((e) => e.scrollHeight <= e.clientHeight),
  );
}
