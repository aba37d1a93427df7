// The second part: the page's own worker in Chromium, which trains at full speed and shows what there is to see meanwhile, as it
// does for a person. Its steps are counted from the snapshots it sends, so evaluation and drawing count as well.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { site } from '../../tools/common/paths.mjs';
import { findChromium } from '../../tools/setup/needs.mjs';
import { documentOf, hasDocument, liveSettings } from './documents.mjs';
import { measuredOf } from './suite.mjs';
import { timeInTurns } from './rounds.mjs';

const kVariants = /** @type {const} */ (['simd', 'relaxed']);
export const kBrowserVariants = kVariants.map((variant) => `${variant} in the page`);
/**
 * What is read of the snapshots in web/src/engine/protocol.ts.
 * @typedef {{ status: { step: number, failure: { message: string } | null } }} Snapshot
 */
/** @typedef {(seconds: number) => Promise<{ steps: number, seconds: number }>} Run */

/** Milliseconds until Chromium must have answered. */
const kLimit = 60_000;

/**
 * @param {import('./workload.mjs').Workload[]} workloads
 * @param {import('./options.mjs').Options} options
 * @param {(text: string) => void} onProgress
 * @returns {Promise<import('./table.mjs').Measured[]>} of what a document can hold
 */
export async function timeInBrowser(workloads, options, onProgress) {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium was found; name one in ATHANOR_CHROMIUM');
  // What the page's tests have; not there before the packages are.
  const [{ chromium }, { preview }] = await Promise.all([import('playwright-core'), import('vite')]);
  const server = await preview({
    configFile: false,
    root: join(site, '..'),
    build: { outDir: site },
    preview: { port: 0, host: '127.0.0.1' },
    logLevel: 'silent',
  });
  const browser = await chromium.launch({
    executablePath,
    timeout: kLimit,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    const address = server.resolvedUrls?.local[0] ?? '';
    /** @type {import('./table.mjs').Measured[]} */
    const all = [];
    for (const workload of workloads) {
      if (!hasDocument(workload)) continue;
      const workers = await Promise.all(
        kVariants.map((variant) => openWorker(browser, address, workload, variant)),
      );
      const contenders = workers.map((page, i) => ({
        label: kBrowserVariants[i],
        /** Its speed is not the caller's to choose: a block lasts as long as it is to. */
        run: () => page.evaluate(runWorker, options.blockSeconds),
      }));
      const times = await timeInTurns(contenders, options, onProgress);
      await Promise.all(workers.map((page) => page.context().close()));
      for (const { label, microseconds, fault } of times) {
        if (fault !== undefined) throw new Error(fault);
        all.push(measuredOf(workload.name, 'athanor', label, 1, microseconds));
      }
    }
    return all;
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * A page of the site that is not the playground, and in it the playground's worker.
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 * @param {import('./workload.mjs').MlpWorkload} workload
 * @param {'simd' | 'relaxed'} variant
 */
async function openWorker(browser, address, workload, variant) {
  const worker = readdirSync(join(site, 'assets')).find((file) => /^worker-.*\.js$/.test(file));
  const [version] = readdirSync(join(site, 'engine'));
  if (worker === undefined || version === undefined) throw new Error('the built site has no worker');
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  page.setDefaultTimeout(kLimit);
  await page.goto(`${address}favicon.svg`);
  const document = documentOf(workload);
  for (const [path, value] of liveSettings(workload)) {
    const [section, field] = path.split('.');
    Object.assign(/** @type {Record<string, object>} */ (document)[section], { [field]: value });
  }
  /** Calls['start']['args'] in web/src/engine/protocol.ts. */
  const start = {
    document,
    checkpoint: null,
    engineBase: `${address}engine/${version}/`,
    wanted: variant,
  };
  const started = await page.evaluate(startWorker, { worker: `${address}assets/${worker}`, start });
  if (started !== variant) throw new Error(`Chromium runs ${started} where ${variant} was asked for`);
  return page;
}

/**
 * Runs in the page: leaves `athanorBench` there, which trains for a while; gives the variant that runs.
 * @param {{ worker: string, start: object }} given
 */
async function startWorker({ worker: url, start }) {
  const worker = new Worker(url, { type: 'module' });
  /** @type {Map<number, (message: any) => void>} */
  const waiting = new Map();
  /** @type {(snapshot: Snapshot) => void} */
  let onSnapshot = () => undefined;
  worker.onmessage = ({ data }) => {
    if (data.type === 'snapshot') {
      worker.postMessage({ type: 'acknowledge' });
      onSnapshot(data.snapshot);
    }
    waiting.get(data.id)?.(data);
  };
  /** A worker that has died says nothing. @template T @param {Promise<T>} promise @returns {Promise<T>} */
  const inTime = (promise) =>
    Promise.race([
      promise,
      /** @type {Promise<T>} */ (
        new Promise((_, refuse) =>
          setTimeout(() => refuse(new Error("no answer of the page's worker within 60 s")), 60_000),
        )
      ),
    ]);
  let calls = 0;
  /** @param {string} name @param {unknown} args @returns {Promise<any>} */
  const call = (name, args) =>
    inTime(
      new Promise((done, refuse) => {
        const id = ++calls;
        waiting.set(id, ({ type, value, error }) => {
          waiting.delete(id);
          if (type === 'error') refuse(new Error(error.message));
          else done(value);
        });
        worker.postMessage({ type: 'call', id, name, args });
      }),
    );
  worker.onerror = (event) => waiting.forEach((answer) => answer({ type: 'error', error: event }));
  const { variant } = await call('start', start);
  await call('pace', { pace: 'full' });

  /** @type {Run} */
  const run = async (seconds) => {
    /** @type {{ step: number, at: number }[]} */
    const seen = [];
    const isEnough = () => seen.length > 1 && seen[seen.length - 1].at - seen[0].at >= 1000 * seconds;
    const enough = new Promise((done, refuse) => {
      onSnapshot = ({ status }) => {
        if (status.failure !== null) refuse(new Error(status.failure.message));
        // The stages of the data have no steps yet.
        if (status.step > 0) seen.push({ step: status.step, at: performance.now() });
        if (isEnough()) done(undefined);
      };
    });
    await call('run', { running: true });
    await inTime(enough);
    onSnapshot = () => undefined;
    await call('run', { running: false });
    const [first, last] = [seen[0], seen[seen.length - 1]];
    return { steps: last.step - first.step, seconds: (last.at - first.at) / 1000 };
  };
  Object.assign(globalThis, { athanorBench: run });
  return variant;
}

/**
 * Runs in the page, too.
 * @param {number} seconds
 */
function runWorker(seconds) {
  return /** @type {typeof globalThis & { athanorBench: Run }} */ (globalThis).athanorBench(seconds);
}
