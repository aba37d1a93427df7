// One run of the suite: builds, processes, checks, rounds; then the tables and results.json.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../tools/common/failure.mjs';
import { build as buildFolder, nodeModules, repo } from '../../tools/common/paths.mjs';
import { run } from '../../tools/common/run.mjs';
import { say, Steps } from '../../tools/common/say.mjs';
import { buildPreset } from '../../tools/make/cmake.mjs';
import { buildPage } from '../../tools/make/site.mjs';
import { countSteps, setUp } from '../../tools/setup/setup.mjs';
import { kBrowserVariants, timeInBrowser } from './browser.mjs';
import { Child, stopAll } from './child.mjs';
import { contentOf } from './data.mjs';
import { hasDocument } from './documents.mjs';
import { programOf } from './implementation.mjs';
import { judge, kCheckedSteps } from './judge.mjs';
import { installPeers } from './peers.mjs';
import { timeInTurns } from './rounds.mjs';
import { summarize } from './statistics.mjs';
import { elementsTable, flopsTable, labelOf, resultsTable } from './table.mjs';
import { isTraining, productFlops } from './workload.mjs';

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

/** What is left out or odd, each said once. */
class Notes {
  /** Workloads by what is said of them; none: of all. @type {Map<string, { label: string, why: string, workloads: string[] }>} */
  #left = new Map();
  /** @type {string[]} */
  #odd = [];

  /** @param {string} label @param {string} why @param {string} [workload] */
  leaveOut(label, why, workload) {
    const key = `${label} ${why}`;
    const entry = this.#left.get(key) ?? { label, why, workloads: [] };
    if (workload) entry.workloads.push(workload);
    this.#left.set(key, entry);
  }

  /** @param {string} line */
  remark(line) {
    this.#odd.push(line);
  }

  /** Those of which the same is said of the same workloads stand together. */
  get lines() {
    /** @type {Map<string, string[]>} */
    const labels = new Map();
    for (const { label, why, workloads } of this.#left.values()) {
      const rest = `not in ${workloads.join(', ') || 'any'}: ${why}`;
      labels.set(rest, [...(labels.get(rest) ?? []), label]);
    }
    const left = [...labels].map(
      ([rest, who]) => `${who.join(', ')} ${who.length > 1 ? 'are' : 'is'} ${rest}`,
    );
    return [...left, ...this.#odd];
  }
}

/**
 * @param {Workload[]} workloads
 * @param {Implementation[]} implementations
 * @param {Options} options
 */
export async function runSuite(workloads, implementations, options) {
  const notes = new Notes();
  const hasEngine = implementations.some(({ needs }) => needs?.includes('package'));
  const hasPage = options.browser && hasEngine && workloads.some(hasDocument);
  const contenders = await prepareMachine(implementations, hasPage, notes);
  mkdirSync(kFolder, { recursive: true });
  const load = loadavg()[0];

  /** @type {Measured[]} */
  const all = [];
  /** Of calls whose implementation knows them. @type {Map<string, number>} */
  const ownFlops = new Map();
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
  for (const implementation of processes.implementations) {
    const { label } = implementation;
    onProgress(`preparing ${label}`);
    const child = await processes.of(implementation);
    if (child === undefined) continue;
    const prepared = await child.ask({ ask: 'prepare', workload: workload.name, file }, kLimits.prepare);
    if (prepared.flops > 0) ownFlops.set(`${workload.name} ${label}`, prepared.flops);
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
    const report = await child.ask({ ask: 'check', steps: kCheckedSteps }, kLimits.check);
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
  return times.flatMap(({ label, microseconds, fault }, i) => {
    if (fault !== undefined) {
      notes.leaveOut(label, fault, workload.name);
      return [];
    }
    const used = cores.get(label) ?? 0;
    if (used > kMostCores) notes.remark(`${label} in ${workload.name} ran on ${used.toFixed(1)} cores`);
    const { name, variant, threads } = ready[i].implementation;
    return [measuredOf(workload.name, name, variant, threads, microseconds)];
  });
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

/**
 * @param {Workload[]} workloads
 * @param {Implementation[]} implementations
 * @param {Measured[]} all
 * @param {Map<string, number>} ownFlops
 * @param {Notes} notes
 * @param {number} loadBefore
 */
function report(workloads, implementations, all, ownFlops, notes, loadBefore) {
  if (all.length === 0) throw new Failure('Nothing could be measured.', { lines: notes.lines });
  const labels = [
    ...implementations.map(({ label }) => label),
    ...kBrowserVariants.map((variant) => labelOf({ implementation: 'athanor', variant })),
  ];
  /** @param {string} name @param {string} label */
  const flopsOf = (name, label) => {
    const workload = workloads.find((each) => each.name === name);
    return ownFlops.get(`${name} ${label}`) ?? (workload && productFlops(workload));
  };
  /** @param {...Workload['kind']} kinds */
  const only = (...kinds) => {
    const names = workloads.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
    return (/** @type {string} */ name) => names.includes(name);
  };
  const own = labels.filter((label) => label.startsWith('athanor '));
  const hasSteps = workloads.some(isTraining);
  const hasProducts = !hasSteps || workloads.some(({ kind }) => kind === 'gemm');
  const products = hasProducts ? flopsTable(all, labels, flopsOf, 'peak', only('gemm', 'peak')) : undefined;
  const shares = hasSteps
    ? flopsTable(all, own, flopsOf, 'peak', only('mlp', 'cnn', 'gpt', 'peak'))
    : undefined;
  const sizes = workloads.flatMap((each) =>
    each.kind === 'elementwise' ? [/** @type {const} */ ([each.name, each.rows * each.columns])] : [],
  );
  const elements = elementsTable(all, labels, new Map(sizes));
  const kept = notes.lines.length === 0 ? [] : ['', ...notes.lines.map((line) => `- ${line}`)];
  /** @param {string} title @param {string | undefined} table */
  const section = (title, table) => (table === undefined ? [] : ['', title, '', table]);
  const lines = [
    `${cpus()[0]?.model ?? 'an unknown processor'}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}; ` +
      `other work before and after: a load of ${loadBefore.toFixed(1)} and ${loadavg()[0].toFixed(1)} on ${cpus().length} cores.`,
    '',
    'Medians; × is the ratio to the first of the row.',
    '',
    resultsTable(all, labels),
    ...section('Products, and what share of the speed of the micro-kernel alone they reach:', products),
    ...section(
      "A step's products, and what share of the step they would take at the speed of the micro-kernel alone:",
      shares,
    ),
    ...section('Functions of single numbers, and softmax:', elements),
    ...kept,
  ];
  const results = all.map(({ result }) => result);
  writeFileSync(join(kFolder, 'results.json'), `${JSON.stringify(results, undefined, 2)}\n`);
  writeFileSync(join(kFolder, 'results.md'), `${lines.join('\n')}\n`);
  say(`\n${lines.join('\n')}\n\nAlso in ${join(kFolder, 'results.json')} and results.md beside it.`);
}
