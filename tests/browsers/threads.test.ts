// The build with threads in every browser that has relaxed SIMD, from a server that lets pages share memory.
import type { PreviewServer } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { linkHash } from '../browser/support/person';
import { serveSite } from '../browser/support/site';
import { inEveryBrowser } from './support/every';
import { act, trainToTheEnd, visit } from './support/hand';

let server: PreviewServer & { address: string };
beforeAll(async () => {
  server = await serveSite({ withHeaders: true });
});
afterAll(() => server.close());

/** Steps of a few milliseconds. */
const wide = linkHash({
  data: { samples: 1500 },
  model: { layers: [{ units: 256 }, { units: 256, activation: 'tanh' }] },
  training: { batch_size: 256 },
  done: { max_epochs: 40, patience: 0 },
});

inEveryBrowser((page, { name }) => {
  it('takes over a run whose steps are large, which comes to what it comes to on one thread', async () => {
    const used = name === 'WebKitGTK' ? 'simd' : 'threads';
    await visit(page, server.address, `?lang=en&run=1${wide}`);
    await act(
      page,
      `(await seen(() => at('more-training'))).open = true; await seen(() => text('engine').includes('engine: ${used} '));`,
    );
    const rows = async () => {
      await trainToTheEnd(page);
      return act<string[]>(
        page,
        "return [...at('test-accuracy').closest('table').querySelectorAll('tr')].map((row) => row.textContent);",
      );
    };
    const together = await rows();
    await visit(page, server.address, `?lang=en&run=1&variant=relaxed${wide}`);
    expect(await rows()).toEqual(together);
  });
});
