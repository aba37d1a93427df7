// Stamps: a small file that says "this was made completely, from these inputs".
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * @param {string} path
 * @param {string} value
 */
export function isStamped(path, value) {
  try {
    return readFileSync(path, 'utf8') === value;
  } catch {
    return false;
  }
}

/**
 * Written aside and renamed, so that a stamp is never half there.
 * @param {string} path
 * @param {string} value
 */
export function stamp(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}.tmp`;
  writeFileSync(aside, value);
  renameSync(aside, path);
}

/** @param {string} path */
export function unstamp(path) {
  rmSync(path, { force: true });
}

/**
 * A hash of names and contents: a fresh checkout with the same contents gives the same value.
 * @param {string} root names are taken relative to it
 * @param {string[]} files
 * @param {string[]} [extra] further values that count
 */
export function hashFiles(root, files, extra = []) {
  const hash = createHash('sha256');
  for (const value of extra) hash.update(`${value}\0`);
  for (const file of [...files].sort()) {
    hash.update(`${relative(root, file)}\0`);
    hash.update(existsSync(file) ? readFileSync(file) : '\0missing');
    hash.update('\0');
  }
  return hash.digest('hex');
}

/**
 * All files under a folder (none when it does not exist), in a fixed order.
 * @param {string} folder
 * @param {(name: string) => boolean} [keep] by path relative to the folder
 * @returns {string[]}
 */
export function filesUnder(folder, keep = () => true) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.includes('/node_modules/') && keep(relative(folder, file)))
    .sort();
}
