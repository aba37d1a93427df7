// The process of one implementation: answers the suite's questions, one line of JSON each, until its input ends.
// node host.mjs implementations/NAME.mjs
//
// prepare {workload, …} → {} or {cannot: why}; check {steps} → Report (judge.mjs); run {steps} → {steps, seconds}: how many
// it really did and what they took, by its own clock; memory → Memory (scaling.mjs), where it is known. Programs in other languages
// answer the same.
import { createInterface } from 'node:readline';
import { findWorkload } from './workload.mjs';

/**
 * What an implementation can do with a workload.
 * @typedef {object} Runner
 * @property {((steps: number) => Promise<import('./judge.mjs').Report> | import('./judge.mjs').Report)} [check] from the initial
 *   weights; training workloads
 * @property {(steps: number) => Promise<number | Measured> | number | Measured} run about so many steps or calls; the seconds they
 *   took, or how many it did as well
 * @property {() => import('./scaling.mjs').Memory} [memory] what it has taken so far; points of curves
 * @property {number} [flops] of a call, where only the implementation knows
 */
/** @typedef {{ steps: number, seconds: number }} Measured */

/**
 * What makes it, from the workload. A text says why it cannot.
 * @typedef {(workload: import('./workload.mjs').Workload) => Promise<Runner | string> | Runner | string} Make
 */

/** @type {Runner | undefined} */
let runner;

/** @type {Record<string, (question: any) => unknown>} */
const answers = {
  async prepare({ workload }) {
    runner = undefined;
    const made = await make(await findWorkload(workload));
    if (typeof made === 'string') return { cannot: made };
    runner = made;
    return { flops: runner.flops };
  },
  check: ({ steps }) => runner?.check?.(steps) ?? { losses: [] },
  async run({ steps }) {
    const measured = await runner?.run(steps);
    return typeof measured === 'number' ? { steps, seconds: measured } : measured;
  },
  memory: () => runner?.memory?.(),
};

const [file] = process.argv.slice(2);
/** @type {{ make: Make }} */
const { make } = await import(new URL(file, import.meta.url).href);
// What libraries have to say goes where it is kept as a log: the output is for answers.
console.log = console.info = console.warn = console.error;
for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  try {
    const cpu = process.cpuUsage();
    const started = process.hrtime.bigint();
    const answer = await answers[question.ask](question);
    const { user, system } = process.cpuUsage(cpu);
    const cores = (user + system) / (Number(process.hrtime.bigint() - started) / 1000);
    process.stdout.write(`${JSON.stringify({ ...(answer ?? {}), cores })}\n`);
  } catch (error) {
    process.stdout.write(
      `${JSON.stringify({ error: error instanceof Error ? error.message : String(error) })}\n`,
    );
  }
}
// Threads that a library started would keep it alive.
process.exit(0);
