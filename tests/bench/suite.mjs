// One run of the suite: builds, processes, checks, rounds; then the tables and results.json.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../tools/common/failure.mjs';
import { build as buildFolder, nodeModules, repo } from '../../tools/common/paths.mjs';
import { run } from '../../tools/common/run.mjs';
import { Steps } from '../../tools/common/say.mjs';
import { buildPreset } from '../../tools/make/cmake.mjs';
import { buildPage } from '../../tools/make/site.mjs';
import { countSteps, setUp } from '../../tools/setup/setup.mjs';
import { timeInBrowser } from './browser.mjs';
import { Child, stopAll } from './child.mjs';
import { contentOf } from './data.mjs';
import { hasDocument } from './documents.mjs';
import { programOf } from './implementation.mjs';
import { checkedSteps, judge } from './judge.mjs';
import { Notes } from './notes.mjs';
import { installPeers } from './peers.mjs';
import { report } from './report.mjs';
import { timeInTurns } from './rounds.mjs';
import { summarize } from './statistics.mjs';
import { curveOf, isTraining } from './workload.mjs';

/** @typedef {import('./workload.mjs').Workload} Workload */
/** @typedef {import('./implementation.mjs').Implementation} Implementation */
/** @typedef {import('./implementation.mjs').Need} Need */
/** @typedef {import('./options.mjs').Options} Options */
/** @typedef {import('./table.mjs').Measured} Measured */

const kFolder = join(buildFolder, 'bench');
/** Seconds after which a process is given up. Slow libraries check eight steps in the second, and run a block of one in the third. */
const kLimits = { prepare: 120, check: 300, run: 120 };
/** More processor time than this, in units of the time that passes, is no single thread. */
const kMostCores = 1.5;

/**
 * @param {Workload[]} workloads
 * @param {Implementation[]} implementations
 * @param {Options} options
 */
export async function runSuite(workloads, implementations, options) {
  const points = workloads.filter((workload) => curveOf(workload) !== undefined).map(({ name }) => name);
  const notes = new Notes({ scaling: points });
  const hasEngine = implementations.some(({ needs }) => needs?.includes('package'));
  const hasPage = options.browser && hasEngine && workloads.some(hasDocument);
  const contenders = await prepareMachine(implementations, hasPage, notes);
  mkdirSync(kFolder, { recursive: true });
  const load = loadavg()[0];

  /** @type {Measured[]} */
  const all = [];
  /** Of calls whose implementation knows them. @type {Map<string, number>} */
  const ownFlops = new Map();
  if (points.length > 0) {
    for (const { name, label } of contenders) {
      if (name !== 'athanor') notes.leaveOut(label, 'it is about Athanor alone', 'scaling');
    }
  }
  const steps = new Steps(workloads.length + (hasPage ? 1 : 0));
  const processes = new Processes(contenders, notes);
  try {
    for (const workload of workloads) {
      steps.begin(workload.name);
      const measured = await timeWorkload(workload, processes, options, notes, ownFlops, (text) =>
        steps.progress(text),
      );
      all.push(...measured);
      steps.done(measured.length === 0 ? 'nobody can' : `${measured.length} measured`);
    }
  } finally {
    processes.end();
    stopAll();
  }
  if (hasPage) {
    steps.begin("the page's worker in Chromium");
    const before = all.length;
    try {
      all.push(...(await timeInBrowser(workloads, options, (text) => steps.progress(text))));
    } catch (error) {
      notes.leaveOut(
        'athanor in the page',
        error instanceof Error ? error.message.split('\n')[0] : String(error),
      );
    }
    steps.done(`${all.length - before} measured`);
  }
  report(workloads, contenders, all, ownFlops, notes, load);
}

/**
 * Sets up and builds what the implementations need; those whose libraries cannot be had are left out.
 * @param {Implementation[]} implementations
 * @param {boolean} hasPage
 * @param {Notes} notes
 */
async function prepareMachine(implementations, hasPage, notes) {
  /** @param {Need} need */
  const needs = (need) => implementations.some((each) => each.needs?.includes(need));
  const isWasm = needs('package') || needs('module');
  const hasPeers = implementations.some(({ packages }) => packages !== undefined);
  /** @type {import('../../tools/setup/needs.mjs').Purpose[]} */
  const purposes = [...(isWasm ? ['engine'] : []), ...(needs('native') ? ['native'] : [])].map(
    (purpose) => /** @type {'engine' | 'native'} */ (purpose),
  );
  const ownBuilds = (isWasm ? 3 : 0) + (needs('native') ? 1 : 0);
  const steps = new Steps(countSteps(purposes) + ownBuilds + (hasPage ? 1 : 0) + (hasPeers ? 1 : 0));
  const toolchain = await setUp(purposes, steps);
  /** @param {import('../../tools/make/cmake.mjs').Preset} preset @param {string[]} targets */
  const make = async (preset, targets) => {
    steps.begin(`Building ${preset}`);
    steps.done(await buildPreset(preset, targets, toolchain, (text) => steps.progress(text)));
  };
  const vite = join(nodeModules, 'vite', 'bin', 'vite.js');
  if (isWasm) {
    for (const preset of /** @type {const} */ (['wasm-simd', 'wasm-relaxed', 'wasm-threads'])) {
      await make(preset, ['athanor', 'athanor_bench']);
    }
    steps.begin('Package');
    await run(process.execPath, [vite, 'build', '--config', 'bindings/vite.config.ts'], {
      step: 'bundling the package',
      log: 'bench-package',
      cwd: repo,
    });
    steps.done();
  }
  if (needs('native')) await make('native-bench', ['athanor_bench']);
  if (hasPage) {
    steps.begin('Page');
    steps.done(await buildPage());
  }
  if (!hasPeers) return implementations;
  steps.begin('Libraries to compare with');
  try {
    await installPeers();
    steps.done();
    return implementations;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    steps.done('not there');
    return implementations.filter(({ packages, label }) => {
      if (packages)
        notes.leaveOut(label, `its packages cannot be installed. ${error.message} Full log: ${error.log}`);
      return packages === undefined;
    });
  }
}

/** A process for each implementation, started when it is first asked and again when it had to be stopped. */
class Processes {
  /** @type {Map<string, Child>} */
  #running = new Map();
  /** @type {Set<string>} */
  #hopeless = new Set();

  /**
   * @param {Implementation[]} implementations
   * @param {Notes} notes
   */
  constructor(implementations, notes) {
    this.implementations = implementations;
    this.notes = notes;
  }

  /**
   * @param {Implementation} implementation
   * @returns {Promise<Child | undefined>}
   */
  async of(implementation) {
    const { label } = implementation;
    const running = this.#running.get(label);
    if (running?.isAlive) return running;
    if (this.#hopeless.has(label)) return undefined;
    const program = await programOf(implementation);
    if (typeof program === 'string') {
      this.#hopeless.add(label);
      this.notes.leaveOut(label, program);
      return undefined;
    }
    const child = new Child(label.replaceAll(' ', '-'), program);
    this.#running.set(label, child);
    return child;
  }

  end() {
    for (const child of this.#running.values()) child.stop();
  }
}

/**
 * @param {Workload} workload
 * @param {Processes} processes
 * @param {Options} options
 * @param {Notes} notes
 * @param {Map<string, number>} ownFlops by workload and label
 * @param {(text: string) => void} onProgress
 * @returns {Promise<Measured[]>}
 */
async function timeWorkload(workload, processes, options, notes, ownFlops, onProgress) {
  const file = join(kFolder, 'workload.json');
  writeFileSync(file, contentOf(workload));
  /** @type {{ implementation: Implementation, child: Child, report?: import('./judge.mjs').Report }[]} */
  let ready = [];
  const isPoint = curveOf(workload) !== undefined;
  for (const implementation of processes.implementations) {
    const { label, name } = implementation;
    if (isPoint && name !== 'athanor') continue;
    onProgress(`preparing ${label}`);
    const child = await processes.of(implementation);
    if (child === undefined) continue;
    const prepared = await child.ask({ ask: 'prepare', workload: workload.name, file }, kLimits.prepare);
    if (prepared.flops > 0) ownFlops.set(`${workload.name} ${label}`, prepared.flops);
    if (prepared.remark !== undefined) notes.remark(prepared.remark);
    const why = prepared.error ?? prepared.cannot;
    if (why !== undefined) {
      notes.leaveOut(label, why, workload.name);
      continue;
    }
    if (!isTraining(workload)) {
      ready.push({ implementation, child });
      continue;
    }
    onProgress(`checking ${label}`);
    const report = await child.ask({ ask: 'check', steps: checkedSteps(workload) }, kLimits.check);
    if (report.error !== undefined) notes.leaveOut(label, report.error, workload.name);
    else ready.push({ implementation, child, report: /** @type {import('./judge.mjs').Report} */ (report) });
  }
  rmSync(file);
  if (isTraining(workload)) {
    const verdicts = judge(
      workload,
      ready.map(({ report }) => report ?? { losses: [] }),
    );
    ready = ready.filter(({ implementation }, i) => {
      const verdict = verdicts[i];
      if (verdict !== undefined) notes.leaveOut(implementation.label, verdict, workload.name);
      return verdict === undefined;
    });
  }

  /** @type {Map<string, number>} */
  const cores = new Map();
  const contenders = ready.map(({ implementation: { label }, child }) => ({
    label,
    /** @param {number} steps */
    async run(steps) {
      const answer = await child.ask({ ask: 'run', steps }, kLimits.run);
      if (answer.error !== undefined) throw new Error(answer.error);
      cores.set(label, answer.cores);
      return { steps: Number(answer.steps), seconds: Number(answer.seconds) };
    },
  }));
  const times = await timeInTurns(contenders, options, onProgress);
  const memories = await Promise.all(
    ready.map(({ child }) => (isPoint ? child.ask({ ask: 'memory' }, kLimits.run) : undefined)),
  );
  return times.flatMap(({ label, microseconds, fault }, i) => {
    if (fault !== undefined) {
      notes.leaveOut(label, fault, workload.name);
      return [];
    }
    const used = cores.get(label) ?? 0;
    if (used > kMostCores) notes.remark(`${label} in ${workload.name} ran on ${used.toFixed(1)} cores`);
    const { name, variant, threads } = ready[i].implementation;
    const measured = measuredOf(workload.name, name, variant, threads, microseconds);
    const memory = memories[i];
    if (memory !== undefined && memory.used_bytes > 0) measured.result.memory = plainMemory(memory);
    return [measured];
  });
}

/**
 * Without what else an answer says.
 * @param {Record<string, any>} answer
 * @returns {import('./scaling.mjs').Memory}
 */
function plainMemory({ parameters, reported_bytes, used_bytes, training_bytes }) {
  return { parameters, reported_bytes, used_bytes, training_bytes };
}

/**
 * @param {string} workload
 * @param {string} implementation
 * @param {string} variant
 * @param {number} threads
 * @param {number[]} microseconds
 * @returns {Measured}
 */
export function measuredOf(workload, implementation, variant, threads, microseconds) {
  const { median, min, max, runs } = summarize(microseconds);
  return {
    result: { workload, implementation, variant, threads, us_per_step_median: median, min, max, runs },
    microseconds,
  };
}
