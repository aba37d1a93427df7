// The arguments of `npm run bench`.
import { Failure } from '../../tools/common/failure.mjs';

/**
 * @typedef {object} Options
 * @property {string[]} workloads names or families; empty: all
 * @property {string[]} only names of implementations, or name and variant as in `athanor simd`; empty: all
 * @property {number} rounds blocks that each implementation is timed for
 * @property {number} blockSeconds how long a block is to last
 * @property {number} warmSeconds how long everything runs untimed before that
 * @property {boolean} browser whether the page's worker is measured as well
 */

const kHint =
  'Known: --workload NAME, --only IMPLEMENTATION,…, --rounds N, --quick, --no-browser. Names come with commas between them;\n' +
  'for example: npm run bench -- --quick --workload tiny,gemm --only athanor-simd,tfjs';

/**
 * @param {readonly string[]} args
 * @returns {Options}
 */
export function parseOptions(args) {
  /** @type {Options} */
  const options = { workloads: [], only: [], rounds: 9, blockSeconds: 0.2, warmSeconds: 0.5, browser: true };
  let isRoundsGiven = false;
  for (let i = 0; i < args.length; ++i) {
    const [, name, given] = /^(--[a-z-]+)(?:=(.*))?$/.exec(args[i]) ?? [];
    const value = () => {
      const text = given ?? args[++i];
      if (text === undefined || text === '' || text.startsWith('--')) {
        throw new Failure(`${name} needs a value after it.`, { hint: kHint });
      }
      return text;
    };
    switch (name) {
      case '--workload':
        options.workloads.push(...names(value()));
        break;
      case '--only':
        options.only.push(...names(value()));
        break;
      case '--rounds':
        options.rounds = parseRounds(value());
        isRoundsGiven = true;
        break;
      case '--quick':
        Object.assign(options, { blockSeconds: 0.04, warmSeconds: 0.1 });
        if (!isRoundsGiven) options.rounds = 3;
        break;
      case '--no-browser':
        options.browser = false;
        break;
      default:
        throw new Failure(`Unknown argument "${args[i]}".`, { hint: kHint });
    }
  }
  return options;
}

/** @param {string} text */
function names(text) {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** @param {string} text */
function parseRounds(text) {
  const rounds = Number(text);
  if (!/^\d+$/.test(text) || rounds < 1 || rounds > 1000) {
    throw new Failure(`"${text}" is not a number of rounds.`, {
      hint: 'Rounds are a whole number from 1 to 1000.',
    });
  }
  return rounds;
}

/**
 * What of a list is meant by names, which may be a whole family's or a single one's; a name that means nothing is refused.
 * @template T
 * @param {readonly T[]} all
 * @param {readonly string[]} wanted empty: all of them
 * @param {(item: T) => readonly string[]} namesOf
 * @param {string} what for the message: "workload"
 * @returns {T[]}
 */
export function choose(all, wanted, namesOf, what) {
  for (const name of wanted) {
    if (all.some((item) => namesOf(item).includes(name))) continue;
    const known = [...new Set(all.flatMap((item) => namesOf(item)))].join(', ');
    throw new Failure(`There is no ${what} called "${name}".`, { hint: `Known: ${known}.` });
  }
  return wanted.length === 0
    ? [...all]
    : all.filter((item) => namesOf(item).some((name) => wanted.includes(name)));
}
