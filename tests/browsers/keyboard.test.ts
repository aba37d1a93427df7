// From the first key to a trained network without a mouse, in every browser.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PreviewServer } from 'vite';
import { serveSite } from '../browser/support/site';
import type { Browser } from './support/browsers';
import { inEveryBrowser } from './support/every';
import { act, tabTo, visit } from './support/hand';

let server: PreviewServer & { address: string };
beforeAll(async () => {
  server = await serveSite();
});
afterAll(() => server.close());

/** Presses one key so often. */
async function repeat(page: Browser, keys: string, times: number): Promise<void> {
  for (let i = 0; i < times; ++i) await page.press(keys);
}
/** From the button that runs to the choice of speed, the fastest, and to the end; the accuracy on the sealed part in percent. */
async function toTheEnd(page: Browser): Promise<number> {
  await tabTo(page, 'pace');
  await page.press('End');
  return act<number>(
    page,
    "await seen(() => at('pace').value === 'full'); return Number.parseFloat(await seen(() => text('test-accuracy')));",
  );
}

inEveryBrowser((page) => {
  it('chooses a card, pauses, rewinds, steps, and trains it to the end (zh)', async () => {
    await visit(page, server.address, '?lang=zh');
    await act(page, 'await seen(() => epoch() >= 1);');
    await page.press('n');
    await act(page, "await seen(() => document.activeElement?.dataset.testid === 'start-neuron');");
    await tabTo(page, 'start-spiral');
    await page.press('Enter');
    await act(
      page,
      "await seen(() => document.querySelector('dialog[open]') === null && location.hash !== '');",
    );
    await act(page, 'await seen(() => epoch() >= 2);');
    // Where the focus went by itself, the space bar may press a button: away from all of them it pauses.
    await tabTo(page, 'run');
    await page.press(' ');
    await act(page, "await seen(() => text('run') === '开始');");
    await page.press('r');
    await act(page, 'await seen(() => epoch() === 0);');
    await page.press('e');
    await act(page, 'await seen(() => epoch() === 1);');
    await page.press('Enter');
    await act(page, 'await seen(() => epoch() >= 2);');
    expect(await toTheEnd(page)).toBeGreaterThan(90);
  });

  it('paints two groups, runs them and has them told apart (en)', async () => {
    await visit(page, server.address, '?lang=en');
    await act(page, 'await seen(() => epoch() >= 1);');
    await page.press('n');
    await act(page, "await seen(() => document.activeElement?.dataset.testid === 'start-neuron');");
    await tabTo(page, 'start-own');
    await page.press('Enter');
    await act(page, "await seen(() => at('sheet')?.dataset.points === '0');");
    await tabTo(page, 'sheet');
    // Two columns of points, left and right of the middle.
    await repeat(page, 'Shift+ArrowLeft', 3);
    await repeat(page, 'Shift+ArrowUp', 3);
    for (let i = 0; i < 8; ++i) {
      await page.press(' ');
      await page.press('Shift+ArrowDown');
    }
    await page.press('2');
    await repeat(page, 'Shift+ArrowRight', 6);
    for (let i = 0; i < 8; ++i) {
      await page.press('Shift+ArrowUp');
      await page.press('Enter');
    }
    await act(page, "await seen(() => at('sheet').dataset.points === '16');");
    await page.press('Control+z');
    await act(page, "await seen(() => at('sheet').dataset.points === '15');");
    await page.press('Control+Shift+z');
    await act(page, "await seen(() => text('count-1') === '8' && text('count-2') === '8');");
    await act(page, "await seen(() => at('sheet').dataset.pending === 'false');");
    await tabTo(page, 'run', 'Shift+Tab');
    await page.press('Enter');
    await act(page, 'await seen(() => epoch() >= 1);');
    expect(await toTheEnd(page)).toBe(100);
  });
});
