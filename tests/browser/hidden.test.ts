// A page that nobody sees: its tab is behind another one, or it is an embed that is scrolled out of sight.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { linkHash } from './support/person';
import { useSite } from './support/site';

const site = useSite();

/** From the next one on no frame comes, also of those that were asked for, until the page is seen again. */
async function withFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const real = window.requestAnimationFrame.bind(window);
    const held = new Map<number, FrameRequestCallback>();
    const state = { isHidden: false };
    Object.defineProperty(document, 'hidden', { get: () => state.isHidden });
    window.requestAnimationFrame = (callback) => {
      const id = real((now) => {
        if (state.isHidden) held.set(id, callback);
        else callback(now);
      });
      return id;
    };
    const cancel = window.cancelAnimationFrame.bind(window);
    window.cancelAnimationFrame = (id) => {
      held.delete(id);
      cancel(id);
    };
    Object.assign(window, {
      hide: () => {
        state.isHidden = true;
        document.dispatchEvent(new Event('visibilitychange'));
      },
      unhide: () => {
        state.isHidden = false;
        document.dispatchEvent(new Event('visibilitychange'));
        for (const callback of held.values()) real(callback);
        held.clear();
      },
    });
  });
}
function tell(page: Page, what: 'hide' | 'unhide'): Promise<void> {
  return page.evaluate((name) => (window as unknown as Record<string, () => void>)[name]?.(), what);
}
/** What is drawn on the picture. */
function picture(page: Page): Promise<string> {
  return page
    .locator('[aria-labelledby=boundary-title] canvas')
    .first()
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
}
const epoch = '[data-testid=epoch] b';

describe('a tab behind another one', () => {
  it('trains on to the end and draws nothing meanwhile; then it shows where it stands', async () => {
    const context = await site.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await withFrames(page);
    await page.goto(`${site.address}?run=1&lang=en${linkHash({ done: { max_epochs: 400, patience: 0 } })}`);
    await page.locator('[data-testid=flowchart] svg').waitFor();
    await page.waitForFunction((at) => Number(document.querySelector(at)?.textContent) >= 3, epoch);
    await tell(page, 'hide');
    const before = await picture(page);
    await page.getByTestId('pace').selectOption('full');
    // The test part is opened at the end alone; its numbers come with the last snapshot.
    await page.getByTestId('test-accuracy').waitFor({ timeout: 60_000 });
    expect(Number(await page.locator(epoch).innerText())).toBe(400);
    expect(await picture(page)).toBe(before);
    await tell(page, 'unhide');
    await page.waitForFunction(
      (old) =>
        document.querySelector<HTMLCanvasElement>('[aria-labelledby=boundary-title] canvas')?.toDataURL() !==
        old,
      before,
    );
    await context.close();
  });
});
