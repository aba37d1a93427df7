// Athanor under Node: through the package of bindings/, as anyone would use it, whatever a document can say; what no table holds
// (it has at most 256 columns), points of curves, and kernels, through a module over the engine's own interface (native/).
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { contentOf, weightsOf } from '../data.mjs';
import { documentOf, hasDocument, kBefore, liveSettings } from '../documents.mjs';

/**
 * What is used of the engine's sessions.
 * @typedef {object} Session
 * @property {() => { stage: string }} status
 * @property {() => void} stepStage
 * @property {() => void} stepBatch
 * @property {() => void} rewind
 * @property {(path: string, value: unknown) => void} set
 * @property {(name: string, index: number, value: number) => void} setParameter
 * @property {() => { rows: number[] }} nextStep
 * @property {() => Float32Array} losses
 */

/** Milliseconds. A thread begins when nothing else is to be done here; until then its work is done by this one. */
const kThreadStart = 200;

const kBuild = new URL('../../../build/', import.meta.url);

/**
 * @param {import('../workload.mjs').Workload} workload
 * @param {string} variant
 * @param {'athanor' | 'eigen'} library whose product and functions kernels are
 * @returns {Promise<import('../host.mjs').Runner | string>}
 */
export async function makeAthanor(workload, variant, library = 'athanor') {
  if (library === 'eigen' && workload.kind !== 'gemm') return 'it is here for its matrix product';
  const isDocument = hasDocument(workload);
  return isDocument ? byPackage(workload, variant) : byModule(workload, variant, library);
}

/**
 * @param {import('../workload.mjs').MlpWorkload} workload
 * @param {string} variant
 */
async function byPackage(workload, variant) {
  const folder = new URL('engine/', kBuild);
  if (!existsSync(fileURLToPath(new URL(`${variant}/athanor.mjs`, folder)))) {
    return `the engine has no ${variant} build`;
  }
  const { loadEngine } = await import(new URL('index.js', folder).href);
  const engine = await loadEngine({ variant, base: folder });
  await setTimeout(variant === 'threads' ? kThreadStart : 0);
  /** @type {Session} */
  const session = engine.createSession(documentOf(workload));
  const stepsPerEpoch = workload.rows / workload.batch;
  const toTrain = () => {
    while (session.status().stage !== 'train') session.stepStage();
  };
  const begin = () => {
    session.set('training.optimizer', kBefore.optimizer);
    session.rewind();
    toTrain();
    // Only a network that is under way takes weights. The change of optimiser makes its state new.
    session.stepBatch();
    for (const [path, value] of liveSettings(workload)) session.set(path, value);
    for (const { name, values } of weightsOf(workload)) {
      values.forEach((value, i) => session.setParameter(name, i, value));
    }
  };
  /** On to where an epoch begins: what is timed is steps alone, no evaluation. */
  const finishEpoch = () => {
    session.stepStage();
    toTrain();
  };
  begin();
  finishEpoch();
  return {
    /** @param {number} steps */
    check(steps) {
      begin();
      const batches = Array.from({ length: steps }, () => {
        const { rows } = session.nextStep();
        session.stepBatch();
        return rows;
      });
      const losses = Array.from(session.losses().slice(-steps));
      finishEpoch();
      return { losses, batches };
    },
    /** @param {number} steps */
    run(steps) {
      let done = 0;
      let seconds = 0;
      while (done < steps) {
        const started = performance.now();
        session.stepStage();
        seconds += (performance.now() - started) / 1000;
        done += stepsPerEpoch;
        toTrain();
      }
      return { steps: done, seconds };
    },
  };
}

/**
 * @param {import('../workload.mjs').Workload} workload
 * @param {string} variant
 * @param {'athanor' | 'eigen'} library
 */
async function byModule(workload, variant, library) {
  const file = new URL(`bench/${variant}/athanor_bench.mjs`, kBuild);
  if (!existsSync(fileURLToPath(file))) return `the engine has no ${variant} build`;
  const { default: create } = await import(file.href);
  const module = await create();
  if (variant === 'threads') {
    module.setThreads(availableParallelism());
    await setTimeout(kThreadStart);
  }
  const work = new module.Work();
  const why = work.prepare(contentOf(workload), library);
  if (why !== '') return why;
  return {
    flops: work.flops(),
    /** @param {number} steps */
    check: (steps) => JSON.parse(work.check(steps)),
    memory: () => JSON.parse(work.memory()),
    /** @param {number} steps */
    run(steps) {
      const started = performance.now();
      work.run(steps);
      return (performance.now() - started) / 1000;
    },
  };
}
