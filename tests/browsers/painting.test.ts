// Points of one's own, painted with a mouse and with a finger, in every browser.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PreviewServer } from 'vite';
import { circle, type Spot } from '../browser/support/sheet';
import { serveSite } from '../browser/support/site';
import type { Browser, PointerKind } from './support/browsers';
import { inEveryBrowser } from './support/every';
import { act, begin, click, stroke, trainToTheEnd, visit } from './support/hand';

let server: PreviewServer & { address: string };
beforeAll(async () => {
  server = await serveSite();
});
afterAll(() => server.close());

/** Waits until the engine has the points, or has said what it misses, and counts them: all, and each of two classes. */
function counts(page: Browser): Promise<[number, number, number]> {
  return act(
    page,
    `await seen(() => at('sheet')?.dataset.pending === 'false' || text('missing') !== '');
    return [at('sheet').dataset.points, text('count-1'), text('count-2')].map(Number);`,
  );
}
async function waitForPoints(page: Browser, count: number): Promise<void> {
  await act(page, `await seen(() => at('sheet')?.dataset.points === '${count}');`);
}
async function emptySheet(page: Browser, kind: PointerKind): Promise<void> {
  await click(page, 'edit-points', kind);
  await act(page, "await seen(() => at('sheet') !== null);"); // what is beside it moves when it comes
  await click(page, 'empty-classes', kind);
  await waitForPoints(page, 0);
}
/** Three circles within each other, of which nothing but the first class is in the middle. */
async function paintRing(page: Browser, kind: PointerKind): Promise<void> {
  await click(page, 'tool-spray', kind);
  await stroke(page, kind, [...circle(0.05, 16), ...circle(0.1, 16)]);
  await click(page, 'class-2', kind);
  await click(page, 'tool-paint', kind);
  for (const radius of [0.32, 0.4]) await stroke(page, kind, circle(radius, 24));
}
const around = ([across, down]: Spot): Spot[] =>
  [0.06, 0.12].flatMap((radius) => circle(radius, 16).map(([x, y]): Spot => [x + across, y + down]));

inEveryBrowser((page, { pointers }) => {
  it.each(pointers.map((kind, index) => [index === 0 ? 'zh' : 'en', kind] as const))(
    'a ring around a blob is painted and learnt (%s, by %s)',
    async (language, kind) => {
      await visit(page, server.address, `?lang=${language}`);
      await act(page, 'await seen(() => epoch() >= 1);');
      await emptySheet(page, kind);
      await paintRing(page, kind);
      const [all, inner, outer] = await counts(page);
      expect(inner).toBeGreaterThan(20);
      expect(outer).toBeGreaterThan(40);
      expect(all).toBe(inner + outer);
      await act(page, "await seen(() => text('missing') === '' && epoch() >= 2);");
      expect(await trainToTheEnd(page)).toBeGreaterThan(90);
    },
  );

  it.each(pointers.map((kind, index) => [index === 0 ? 'en' : 'zh', kind] as const))(
    'begins with own points: two groups are painted, run and told apart (%s, by %s)',
    async (language, kind) => {
      await visit(page, server.address, `?lang=${language}`);
      await begin(page, 'own');
      await waitForPoints(page, 0);
      await stroke(page, kind, around([-0.2, -0.2]));
      await click(page, 'class-2', kind);
      await stroke(page, kind, around([0.2, 0.2]));
      const [, first, second] = await counts(page);
      expect(Math.min(first, second)).toBeGreaterThan(10);
      await act(page, "await seen(() => at('sheet').dataset.pending === 'false');");
      expect(await act(page, 'return epoch();')).toBe(0); // it is the person who runs it
      await click(page, 'run', kind);
      expect(await trainToTheEnd(page)).toBeGreaterThan(90);
    },
  );

  it('takes ten strokes back and brings them again (zh, by buttons and keys)', async () => {
    await visit(page, server.address, '?lang=zh');
    await act(page, 'await seen(() => epoch() >= 1);');
    await emptySheet(page, 'mouse');
    const after = [await counts(page)];
    for (let i = 0; i < 10; ++i) {
      if (i === 5) await click(page, 'class-2');
      const down = 0.05 + i * 0.09;
      await stroke(page, 'mouse', [
        [0.1, down],
        [0.3 + i * 0.06, down],
      ]);
      after.push(await counts(page));
    }
    expect(new Set(after.map(([all]) => all)).size).toBe(11);
    for (let i = 9; i >= 0; --i) {
      if (i % 2 === 0) await page.press('Control+z');
      else await click(page, 'undo');
      await waitForPoints(page, after[i]?.[0] ?? NaN);
      expect(await counts(page)).toEqual(after[i]);
    }
    for (let i = 1; i <= 10; ++i) {
      if (i % 2 === 0) await page.press(i % 4 === 0 ? 'Control+y' : 'Control+Shift+z');
      else await click(page, 'redo');
      await waitForPoints(page, after[i]?.[0] ?? NaN);
      expect(await counts(page)).toEqual(after[i]);
    }
    expect(await act(page, "return at('redo').disabled;")).toBe(true);
  });
});
