// Functions that catch are not inlined: engine/core/catching.h says why.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { repo } from '../../tools/common/paths.mjs';
import { filesUnder } from '../../tools/common/stamp.mjs';

/**
 * How many functions of a source catch without the mark. The mark stands before the function's name and nothing but its
 * body lies between that and `try`, so that marks and tries alternate.
 * @param {string} source
 */
function unmarked(source) {
  const code = source.replace(/\/\/.*$/gm, '');
  let marks = 0;
  let count = 0;
  for (const [word] of code.matchAll(/\bATHANOR_CATCHES\b|\btry\s*\{/g)) {
    if (word === 'ATHANOR_CATCHES') marks = 1;
    else if (marks-- !== 1) count += 1;
  }
  return count;
}

test('every function of the engine that catches is marked', () => {
  const files = filesUnder(join(repo, 'engine'), (name) => /\.(h|cpp)$/.test(name));
  const found = files.filter((path) => unmarked(readFileSync(path, 'utf8')) > 0);
  assert.deepEqual(
    found.map((path) => relative(repo, path)),
    [],
  );
});

test('one that is not marked is found', () => {
  assert.equal(unmarked('void f() {\n  try {\n  } catch (...) {\n  }\n}\n'), 1);
  assert.equal(unmarked('ATHANOR_CATCHES void f() {\n  try {\n  } catch (...) {\n  }\n}\n'), 0);
  assert.equal(
    unmarked('ATHANOR_CATCHES void f() { try {} catch (...) {} }\nvoid g() { try {} catch (...) {} }'),
    1,
  );
});
