// The small parts all commands stand on.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { includeClosure } from '../../tools/check/tidy.mjs';
import { tryLock, withLock } from '../../tools/common/lock.mjs';
import { parsePort } from '../../tools/common/port.mjs';
import { aptProgress, ninjaProgress } from '../../tools/common/progress.mjs';
import { filesUnder, hashFiles, isStamped, stamp } from '../../tools/common/stamp.mjs';
import { compareVersions, findVersion } from '../../tools/common/versions.mjs';

const folder = () => mkdtempSync(join(tmpdir(), 'athanor-'));

test('versions compare by number, not by letter', () => {
  assert.ok(compareVersions('3.1.69', '3.1.6') > 0);
  assert.ok(compareVersions('3.9', '3.24') < 0);
  assert.equal(compareVersions('4.0', '4.0.0'), 0);
  assert.equal(findVersion('emcc (Emscripten gcc/clang-like replacement) 3.1.69 ()'), '3.1.69');
});

test('a port is a whole number from 1 to 65535, and anything else is refused by name', () => {
  assert.equal(parsePort([]), 5173);
  assert.equal(parsePort(['--port', '8080']), 8080);
  assert.equal(parsePort(['--port=8081']), 8081);
  for (const bad of ['0', '65536', '80.5', 'http', '-1', '', '1e3']) {
    assert.throws(() => parsePort(['--port', bad]), { message: `"${bad}" is not a port.` });
  }
  assert.throws(() => parsePort(['--port']), /needs a number/);
  assert.throws(() => parsePort(['--prot', '1']), /Unknown argument "--prot"/);
});

test('progress is read from apt and ninja', () => {
  assert.equal(aptProgress('dlstatus:1:23.456:Retrieving file 1 of 5 (3s remaining)'), 'downloading 23 %');
  assert.equal(aptProgress('pmstatus:clang-19:61.5:Unpacking'), 'installing 62 % (clang-19)');
  assert.equal(aptProgress('media-change: x'), undefined);
  assert.equal(ninjaProgress('[12/80] Building CXX object a.o'), '12/80');
  assert.equal(ninjaProgress('ninja: no work to do.'), undefined);
});

test('a stamp holds only for the contents it was made from', () => {
  const root = folder();
  const file = join(root, 'a.txt');
  writeFileSync(file, 'one');
  const value = hashFiles(root, filesUnder(root));
  const path = join(folder(), 'deep', 'stamp');
  assert.ok(!isStamped(path, value));
  stamp(path, value);
  assert.ok(isStamped(path, value));
  writeFileSync(file, 'two');
  assert.ok(!isStamped(path, hashFiles(root, filesUnder(root))));
  writeFileSync(file, 'one');
  assert.ok(isStamped(path, hashFiles(root, filesUnder(root))));
});

test('a lock left by a process that is gone is taken over; a live one is respected', async () => {
  const path = join(folder(), 'lock');
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  writeFileSync(path, String(gone));
  await withLock(
    path,
    () => assert.fail('waited for a dead process'),
    async () => assert.equal(readFileSync(path, 'utf8'), String(process.pid)),
  );
  writeFileSync(path, String(process.ppid));
  assert.equal(tryLock(path), process.ppid);
});

test('a source depends on all project headers it reaches, in either spelling, and on cycles once', () => {
  /** @type {Record<string, string>} */
  const tree = {
    'a.cpp': '#include "b.h"\n#include <vector>\n',
    'b.h': '#include "sub/c.h"\n#include "gone.h"\n',
    'sub/c.h': '#include "b.h"\n#include "d.h"\n',
    'sub/d.h': '',
  };
  const root = '/tree';
  const closure = includeClosure(
    join(root, 'a.cpp'),
    (file) => tree[file.slice(root.length + 1)],
    (file) => file.slice(root.length + 1) in tree,
    root,
  );
  assert.deepEqual(
    closure,
    ['a.cpp', 'b.h', 'sub/c.h', 'sub/d.h'].map((name) => join(root, name)),
  );
});
