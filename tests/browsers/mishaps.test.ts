// What goes wrong for a person in every browser, and that the run goes on.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Deployment } from '../browser/support/deploy';
import { inEveryBrowser } from './support/every';
import { act, click, trainToTheEnd, visit } from './support/hand';
import { kill, serveMortal, type Death } from './support/mortal';

let site: Deployment;
beforeAll(async () => {
  site = await serveMortal();
});
afterAll(() => site?.goOffline());

/** A run that outlives all ten deaths. */
const long = `
  await seen(() => at('run')?.disabled === false && epoch() >= 1);
  const field = document.querySelector('#field-done-max_epochs');
  field.value = '100000';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await seen(() => location.hash !== '');`;

inEveryBrowser((page, { name }) => {
  it(
    'goes on with a new engine ten times, from at most 5 s ago (zh, then en)',
    { timeout: 120_000 },
    async () => {
      await visit(page, site.address, '?lang=zh');
      await act(page, long);
      const deaths: Death[] = [];
      for (const word of ['引擎停了，已换上新的', 'The engine had stopped and was replaced']) {
        for (let death = 0; death < 5; ++death)
          deaths.push(await kill(page, death === 4 ? 'silently' : 'loudly', word));
        await click(page, 'language');
      }
      console.log(
        `${name}: from ${deaths.map(({ age }) => (age / 1000).toFixed(1)).join(', ')} s before the death`,
      );
      expect(deaths).toHaveLength(10);
      for (const { engines, age } of deaths) {
        expect(engines).toBe(1);
        expect(age).toBeLessThanOrEqual(5000);
      }
    },
  );

  it.each([
    ['zh', '不让本页保存任何东西'],
    ['en', 'will not survive closing the tab'],
  ])('says that the browser’s storage is full, and goes on (%s)', async (language, word) => {
    await visit(page, site.address, `?lang=${language}`);
    await act(
      page,
      `await seen(() => epoch() >= 1);
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };`,
    );
    expect(await act(page, "return at('not-kept');")).toBeNull(); // nothing is lost yet
    await click(page, 'edit-points');
    await act(page, "await seen(() => at('sheet')?.dataset.points > 0);");
    await click(page, 'tool-erase');
    const points = await act<string>(page, "return at('sheet').dataset.points;");
    await click(page, 'sheet'); // which erases what is in its middle
    await act(page, `await seen(() => Number(at('sheet').dataset.points) < ${points});`);
    await act(page, `await seen(() => text('not-kept').includes('${word}'));`);
    const before = await act<number>(page, 'return epoch();');
    await act(page, `await seen(() => epoch() >= ${before} + 2);`);
    await act(
      page,
      "at('not-kept').querySelector('button').click(); await seen(() => at('not-kept') === null);",
    );
    await click(page, 'undo');
    expect(await trainToTheEnd(page)).toBeGreaterThan(90);
    expect(await act(page, "return at('not-kept');")).toBeNull(); // it is said once
  });
});
