// Coverage: what gcovr counted is summed up truly, and the reader of counts is the compiler's own.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { byFolder, coverageTable, gcovOf, percent } from '../../tools/check/coverage.mjs';

const files = [
  { filename: 'engine/ops/add.cpp', line_total: 10, line_covered: 10 },
  { filename: 'engine/core/error.cpp', line_total: 1000, line_covered: 999 },
  { filename: 'engine/ops/add.h', line_total: 30, line_covered: 10 },
];

test('lines are summed by folder, in order of their names, all of them last', () => {
  assert.deepEqual(byFolder(files), [
    { folder: 'engine/core', total: 1000, covered: 999 },
    { folder: 'engine/ops', total: 40, covered: 20 },
    { folder: 'all', total: 1040, covered: 1019 },
  ]);
});

test('a share is rounded down, so that 100 % means every line; without lines nothing is missing', () => {
  const [header, core, ops] = coverageTable(byFolder(files)).split('\n');
  assert.match(header, /^folder +lines +run$/);
  assert.match(core, /^engine\/core +1000 +99\.9 %$/);
  assert.match(ops, /^engine\/ops +40 +50\.0 %$/);
  assert.match(coverageTable([{ folder: 'x', total: 3000, covered: 2999 }]), / 99\.9 %$/);
  assert.equal(percent({ total: 0, covered: 0 }), 100);
});

test('counts are read by the gcov beside the compiler, of its version, or by LLVM', () => {
  const bin = mkdtempSync(join(tmpdir(), 'athanor-gcov-'));
  writeFileSync(join(bin, 'gcov-13'), '');
  assert.equal(gcovOf(join(bin, 'g++-13')), join(bin, 'gcov-13'));
  assert.equal(
    gcovOf('/opt/g++', (name) => `/found/${name}`),
    '/found/gcov',
  );
  assert.equal(
    gcovOf('/nowhere/c++', () => undefined),
    'gcov',
  );
  assert.equal(
    gcovOf('/opt/clang++-19', (name) => `/found/${name}`),
    '/found/llvm-cov-19 gcov',
  );
});
