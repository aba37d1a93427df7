// The page in every browser, from the click to the result.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PreviewServer } from 'vite';
import { serveSite } from '../browser/support/site';
import { inEveryBrowser } from './support/every';
import { act, begin, click, trainToTheEnd, visit } from './support/hand';

let server: PreviewServer & { address: string };
beforeAll(async () => {
  server = await serveSite();
});
afterAll(() => server.close());

interface Outcome {
  accuracy: string;
  rows: string[];
}
/** What the link's experiment came to in each browser. */
const outcomes = new Map<string, Outcome>();
let link = '';

inEveryBrowser((page, { name }) => {
  it.each([
    ['zh', 'spiral'],
    ['en', 'iris'],
  ])('begins with a card and is right about nine in ten (%s, %s)', async (language, card) => {
    await visit(page, server.address, `?lang=${language}`);
    await begin(page, card);
    if (card === 'iris') await act(page, "await seen(() => /iris/.test(text('table')));");
    expect(await trainToTheEnd(page)).toBeGreaterThan(90);
    // Everything there is to see has come.
    await act(
      page,
      "await seen(() => at('curve-loss')?.querySelector('canvas') && at('flowchart')?.querySelector('svg'));",
    );
    expect(await act(page, "return at('notice');")).toBeNull();
  });

  it.each([
    ['zh', '开始'],
    ['en', 'Run'],
  ])(
    'shows one neuron with its numbers, which waits to be run and then learns (%s)',
    async (language, run) => {
      await visit(page, server.address, `?lang=${language}`);
      await begin(page, 'neuron');
      await act(page, `await seen(() => text('neuron-sample') !== '' && text('run') === '${run}');`);
      expect(await act(page, 'return epoch();')).toBe(0);
      await click(page, 'run');
      expect(await trainToTheEnd(page)).toBeGreaterThan(90);
    },
  );

  it.each([
    ['zh', '过拟合'],
    ['en', 'Over-fitting'],
  ])('says that it over-fits (%s)', async (language, word) => {
    await visit(page, server.address, `?lang=${language}`);
    await begin(page, 'overfit');
    await act(page, `await choose('pace', 'full'); await seen(() => text('diagnosis').includes('${word}'));`);
  });

  it('comes to the same from a link as the browser it was made in', async () => {
    if (link === '') {
      await visit(page, server.address, '?lang=en');
      await begin(page, 'spiral');
      link = await act<string>(page, "await seen(() => location.hash !== ''); return location.hash;");
    }
    await visit(page, server.address, `?lang=en&run=1${link}`);
    const accuracy = `${await trainToTheEnd(page)}`;
    const rows = await act<string[]>(
      page,
      "return [...at('test-accuracy').closest('table').querySelectorAll('tr')].map((row) => row.textContent);",
    );
    outcomes.set(name, { accuracy, rows });
    const [first] = outcomes.values();
    expect(outcomes.get(name)).toEqual(first);
  });
});
