// What an implementation is, and the list of them: every file in implementations/.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ask } from '../../tools/common/run.mjs';

/** @typedef {import('./child.mjs').Program} Program */

/**
 * What the suite has to know of an implementation before it starts it. Without a `program` its file also exports `make` (host.mjs)
 * and runs in Node.
 * @typedef {object} About
 * @property {string} name
 * @property {string} variant
 * @property {number} threads
 * @property {string[]} [packages] of package.json here that it imports
 * @property {string[]} [flags] of Node; ones that this Node does not know are left out
 * @property {Need[]} [needs] what has to be built first
 * @property {() => Promise<Program | string>} [program] another program that answers the questions, or why there is none
 */
/** @typedef {'package' | 'module' | 'native'} Need the bindings' package; native/ as wasm; native/ as a program */

/** @typedef {About & { file: string, label: string }} Implementation `label`: name and variant, as in "athanor simd" */

/** What the others are compared with in the tables, where it is among them. */
const kBase = 'athanor_simd.mjs';

/** @returns {Promise<Implementation[]>} the base first, the others by their files' names */
export async function readImplementations() {
  const folder = new URL('implementations/', import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith('.mjs'));
  return Promise.all(
    files
      .sort((a, b) => Number(b === kBase) - Number(a === kBase) || a.localeCompare(b))
      .map(async (file) => {
        /** @type {{ about: About }} */
        const { about } = await import(new URL(file, folder).href);
        return { ...about, file, label: `${about.name} ${about.variant}` };
      }),
  );
}

/**
 * The names `--only` may use.
 * @param {Implementation} implementation
 */
export function namesOf({ name, variant }) {
  return [name, `${name}-${variant}`];
}

/**
 * @param {Implementation} implementation
 * @returns {Promise<Program | string>}
 */
export async function programOf({ program, file, flags = [] }) {
  if (program) return program();
  const known = flags.length === 0 ? '' : ((await ask(process.execPath, ['--v8-options'])) ?? '');
  const host = fileURLToPath(new URL('host.mjs', import.meta.url));
  return {
    program: process.execPath,
    args: [...flags.filter((flag) => known.includes(`${flag} `)), host, `implementations/${file}`],
  };
}
