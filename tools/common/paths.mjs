// Where things are: the repository, its build folder, and the cache shared by all clones of it.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repo = resolve(fileURLToPath(new URL('../..', import.meta.url)));
export const build = join(repo, 'build');
export const site = join(build, 'site');
export const logs = join(build, 'logs');
export const nodeModules = join(repo, 'node_modules');

/** Toolchain, headers and compiler cache; kept outside the clone so that a second clone starts at once. */
export const cache = resolve(
  process.env.ATHANOR_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'athanor'),
);
export const deps = join(cache, 'deps');
export const downloads = join(cache, 'downloads');
