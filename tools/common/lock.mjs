// One writer at a time: a file that names the process holding it. A lock whose process is gone is taken over.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const kPollMilliseconds = 300;

/** @type {Set<string>} */
const held = new Set();

export function releaseLocks() {
  for (const path of held) rmSync(path, { force: true });
  held.clear();
}

/**
 * @param {number} pid
 * @returns {boolean}
 */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Takes the lock, or says who has it.
 * @param {string} path
 * @returns {number} 0 when taken, else the pid of the holder
 */
export function tryLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  // Written aside and linked: the lock never exists without its pid in it.
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    for (let attempt = 0; attempt < 3; ++attempt) {
      try {
        linkSync(mine, path);
        held.add(path);
        return 0;
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      }
      const holder = readPid(path);
      if (holder === undefined) continue; // released in between
      if (isAlive(holder)) return holder;
      dropStale(path, holder);
    }
    return readPid(path) ?? -1;
  } finally {
    rmSync(mine, { force: true });
  }
}

/**
 * Runs `body` while holding the lock; waits as long as another live process has it.
 * @template T
 * @param {string} path
 * @param {(holder: number) => void} onWait called once when there is something to wait for
 * @param {() => Promise<T>} body
 * @returns {Promise<T>}
 */
export async function withLock(path, onWait, body) {
  if (held.has(path)) return body();
  let holder = tryLock(path);
  if (holder !== 0) onWait(holder);
  while (holder !== 0) {
    await sleep(kPollMilliseconds);
    holder = tryLock(path);
  }
  try {
    return await body();
  } finally {
    held.delete(path);
    rmSync(path, { force: true });
  }
}

/** @param {string} path */
function readPid(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Two waiting processes may both see the stale lock: the rename lets only one of them remove it, and a fresh
 * lock caught by mistake goes back.
 * @param {string} path
 * @param {number} stalePid
 */
function dropStale(path, stalePid) {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readPid(aside) === stalePid) rmSync(aside, { force: true });
  else renameSync(aside, path);
}
