// Free space, checked before anything large is fetched.
import { existsSync, statSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from './failure.mjs';

export const kMegabyte = 1e6;

/** @typedef {{ path: string, bytes: number }} Demand what will be written below a path */

/**
 * @param {string} path need not exist yet
 * @returns {string} the nearest folder above it that does
 */
export function existingParent(path) {
  while (!existsSync(path)) path = dirname(path);
  return path;
}

/** @param {string} path */
function measure(path) {
  const { bavail, bsize } = statfsSync(path);
  return { device: String(statSync(path).dev), free: bavail * bsize };
}

/**
 * Demands on one file system add up; each file system is held against its free space.
 * @param {Demand[]} demands
 * @param {(path: string) => { device: string, free: number }} [look]
 */
export function requireSpace(demands, look = measure) {
  /** @type {Map<string, { path: string, free: number, bytes: number }>} */
  const devices = new Map();
  for (const { path, bytes } of demands) {
    const where = existingParent(path);
    const { device, free } = look(where);
    const entry = devices.get(device) ?? { path: where, free, bytes: 0 };
    entry.bytes += bytes;
    devices.set(device, entry);
  }
  for (const { path, free, bytes } of devices.values()) {
    if (free >= bytes) continue;
    throw new Failure(
      `Not enough disk space at ${path}: ${gigabytes(free)} free, ${gigabytes(bytes)} needed for the set-up.`,
      {
        hint: 'Free some space, or name another folder for the toolchain in the variable ATHANOR_CACHE, and try again.',
      },
    );
  }
}

/** @param {number} bytes */
export function gigabytes(bytes) {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
