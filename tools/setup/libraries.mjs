// Libraries the C++ is built with: header-only ones linked from the system, Catch2 as source.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure } from '../common/failure.mjs';
import { deps } from '../common/paths.mjs';
import { run } from '../common/run.mjs';
import { PrivateApt } from './apt.mjs';
import { findHeader } from './needs.mjs';

// A folder of links keeps /usr/include itself, with the system's C library in it, off the WebAssembly include path.
const kHeaders = {
  Eigen: 'Eigen/Core',
  unsupported: 'unsupported/Eigen/CXX11/Tensor',
  nlohmann: 'nlohmann/json.hpp',
};
const kCatch2 = join(deps, 'catch2');
const kCatch2Suite = 'trixie'; // Debian 12 has version 2 only

export function linkHeaders() {
  const folder = join(deps, 'include');
  mkdirSync(folder, { recursive: true });
  for (const [name, header] of Object.entries(kHeaders)) {
    const link = join(folder, name);
    if (existsSync(join(folder, header))) continue;
    const found = findHeader(header);
    if (!found) throw new Failure(`The header ${header} was not found.`);
    if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link, { recursive: true });
    symlinkSync(realpathSync(join(found, name)), link);
  }
}

export function headersAreLinked() {
  return Object.values(kHeaders).every((header) => existsSync(join(deps, 'include', header)));
}

/** Catch2 is there, or the person named a folder with it in ATHANOR_CATCH2. */
export function catch2IsReady() {
  const named = process.env.ATHANOR_CATCH2;
  if (named && existsSync(join(named, 'CMakeLists.txt'))) {
    const target = resolve(named);
    if (existsSync(kCatch2) && realpathSync(kCatch2) === realpathSync(target)) return true;
    mkdirSync(deps, { recursive: true });
    rmSync(kCatch2, { recursive: true, force: true });
    symlinkSync(target, kCatch2);
  }
  return existsSync(join(kCatch2, 'CMakeLists.txt'));
}

/**
 * Unpacked aside and renamed into place: what is there is complete.
 * @param {import('../common/say.mjs').Steps} steps
 */
export async function installCatch2(steps) {
  const apt = new PrivateApt(kCatch2Suite, steps);
  await apt.update();
  const files = await apt.downloadSource('catch2');
  const archive = readdirSync(files).find((name) => /^catch2_.*\.orig\.tar\.gz$/.test(name));
  if (!archive) throw new Failure('The source of Catch2 did not arrive.', { hint: 'Try again.' });
  const fresh = `${kCatch2}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  await run('tar', ['-xf', join(files, archive), '-C', fresh, '--strip-components=1', '--no-same-owner'], {
    step: 'unpacking Catch2',
    log: 'unpack',
    append: true,
  });
  rmSync(kCatch2, { recursive: true, force: true });
  renameSync(fresh, kCatch2);
}
