// Blocks of steps in turns: one of each implementation in a round, so that whatever slows the machine for a while slows all.

/**
 * @typedef {object} Contender
 * @property {string} label
 * @property {(steps: number) => Promise<{ steps: number, seconds: number }>} run throws when it cannot go on
 */
/** @typedef {{ label: string, microseconds: number[], fault?: string }} Times µs of a step, of each round */

/** A block has this many steps at most: the counts that programs are asked for stay whole numbers everywhere. */
const kMostSteps = 10_000_000;

/**
 * How many steps fill a block; at least one.
 * @param {{ steps: number, seconds: number }} measured
 * @param {number} blockSeconds
 */
export function stepsForBlock({ steps, seconds }, blockSeconds) {
  const count = Math.round((blockSeconds * steps) / Math.max(seconds, 1e-9));
  return Math.min(Math.max(count, 1), kMostSteps);
}

/**
 * Runs a contender untimed until it has been at it for a while, in blocks that grow: compilers and caches warm up, and it is seen
 * how long a step takes.
 * @param {Contender} contender
 * @param {{ blockSeconds: number, warmSeconds: number }} options
 * @returns {Promise<number>} steps of a block
 */
export async function warmUp({ run }, { blockSeconds, warmSeconds }) {
  let steps = 1;
  let total = 0;
  for (;;) {
    const measured = await run(steps);
    total += measured.seconds;
    if (total >= warmSeconds) return stepsForBlock(measured, blockSeconds);
    // Neither far too long because the first ones were slow to start, nor for ever because they were quick.
    steps = Math.min(stepsForBlock(measured, blockSeconds), 8 * steps);
  }
}

/**
 * @param {Contender[]} contenders
 * @param {{ rounds: number, blockSeconds: number, warmSeconds: number }} options
 * @param {(text: string) => void} onProgress
 * @returns {Promise<Times[]>} in the order given; one that cannot go on has the fault and no times
 */
export async function timeInTurns(contenders, options, onProgress) {
  const times = contenders.map(({ label }) => /** @type {Times} */ ({ label, microseconds: [] }));
  /** @type {number[]} */
  const steps = [];
  /** @param {number} at @param {() => Promise<void>} body */
  const attempt = async (at, body) => {
    if (times[at].fault !== undefined) return;
    try {
      await body();
    } catch (error) {
      times[at].fault = error instanceof Error ? error.message : String(error);
      times[at].microseconds = [];
    }
  };
  for (const [at, contender] of contenders.entries()) {
    onProgress(`warming up ${contender.label}`);
    await attempt(at, async () => {
      steps[at] = await warmUp(contender, options);
    });
  }
  for (let round = 0; round < options.rounds; ++round) {
    onProgress(`round ${round + 1}/${options.rounds}`);
    for (let turn = 0; turn < contenders.length; ++turn) {
      const at = (turn + round) % contenders.length; // nobody always comes after the same one
      await attempt(at, async () => {
        const measured = await contenders[at].run(steps[at]);
        times[at].microseconds.push((1e6 * measured.seconds) / measured.steps);
      });
    }
  }
  return times;
}
