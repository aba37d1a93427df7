// A site whose engine can be killed: by scripts of the site's own, since not every driver reaches a worker, nor a page before
// its own scripts.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deploySite, type Deployment } from '../../browser/support/deploy';
import type { Browser } from './browsers';
import { act } from './hand';

const assets = fileURLToPath(new URL('../../../build/site/assets', import.meta.url));

/** In the page, before anything else: its workers by age, and the epochs that were shown when. What a worker says in the frame
 * of its death is still to be drawn when the next one has begun: here that is always so. */
const witness = `
  window.workers = [];
  window.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      workers.push(this);
      let last = null;
      this.addEventListener('message', ({ data }) => {
        if (data.type === 'snapshot') last = data;
      });
      this.addEventListener('error', () => {
        if (last !== null) this.dispatchEvent(new MessageEvent('message', { data: last }));
      });
    }
  };
  window.shown = [];
  const look = () => {
    const epoch = Number(document.querySelector('[data-testid=epoch] b')?.textContent);
    if (epoch !== shown.at(-1)?.epoch) shown.push({ epoch, when: performance.now() });
    requestAnimationFrame(look);
  };
  look();
`;

/** In the worker, in front of its own: how it dies. */
const mortality = `
  addEventListener('message', (event) => {
    if (typeof event.data.die !== 'string') return;
    event.stopImmediatePropagation();
    if (event.data.die === 'silently') close();
    else setTimeout(() => { throw new Error('on purpose'); });
  });
`;

export async function serveMortal(): Promise<Deployment> {
  const site = await deploySite();
  const workers = readdirSync(assets).filter((name) => /^worker-.*\.js$/.test(name));
  if (workers.length !== 1) throw new Error(`the engine's worker is one of ${workers.join(', ')}`);
  const own = `/assets/${workers[0]}`;
  site.override(own, mortality + readFileSync(`${assets}/${workers[0]}`, 'utf8'));
  site.override('/witness.js', witness);
  site.deploy((page) => page.replace('<head>', '<head><script src="witness.js"></script>'));
  return site;
}

export interface Death {
  /** How many workers have taken its place, one after the other. */
  engines: number;
  /** The epoch shown when the worker died. */
  before: number;
  /** The one from which the next worker went on. */
  from: number;
  /** How old that was when the worker died, in milliseconds. */
  age: number;
}

/** So many epochs a worker lives before it dies: some are past its last checkpoint then. */
const life = 12;

/** Ends the worker, as one that is exhausted ends without a word, or by an error that nobody caught; waits until the page has
 * noticed by itself, has said so with `word`, and its run has come further than before. */
export function kill(page: Browser, how: 'silently' | 'loudly', word: string): Promise<Death> {
  return act<Death>(
    page,
    `const begun = epoch();
    await seen(() => epoch() >= begun + ${life});
    const lives = workers.length;
    const before = epoch();
    const died = performance.now();
    const earlier = shown.length;
    workers.at(-1).postMessage({ die: '${how}' });
    await seen(() => text('notice').includes('${word}'));
    await seen(() => epoch() > before);
    // Where nothing was lost the epoch has not gone back.
    const since = shown.slice(earlier).map((row) => row.epoch);
    const from = Math.min(before, ...since);
    const first = shown.slice(0, earlier).findLast((row) => row.epoch <= from);
    at('notice').querySelector('button').click();
    await seen(() => at('notice') === null);
    return { engines: workers.length - lives, before, from, age: Math.max(0, died - (first?.when ?? 0)) };`,
  );
}
