// The pages that say how to add something show how the last one was added: what they show must stand in the tree, and
// what stands in their folder must be on them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { repo } from '../../tools/common/paths.mjs';

const kFolders = ['ops', 'nn', 'optim', 'data', 'metrics'].map((name) => join('engine', name));

/** @param {string} path */
const read = (path) => readFileSync(join(repo, path), 'utf8');

/**
 * What the diffs of a page add and to which file.
 * @param {string} page
 */
function additions(page) {
  /** @type {{ file: string, line: string }[]} */
  const found = [];
  for (const [, diff = ''] of page.matchAll(/^```diff\n([\s\S]*?)\n```$/gm)) {
    let file = '';
    for (const line of diff.split('\n')) {
      if (line.startsWith('+++ b/')) file = line.slice('+++ b/'.length);
      else if (line.startsWith('+')) found.push({ file, line: line.slice(1) });
    }
  }
  return found;
}

/**
 * @param {string} page
 * @param {(path: string) => string} readFile
 */
function stale(page, readFile) {
  return additions(page)
    .filter(({ file, line }) => !readFile(file).split('\n').includes(line))
    .map(({ file, line }) => `${file}: ${line}`);
}

test('the diff on every page of how to add something is in the tree, line by line', () => {
  const lines = kFolders.flatMap((folder) => {
    const path = join(folder, 'README.md');
    const page = read(path);
    assert.ok(additions(page).length > 10, `${path} shows how the last one was added`);
    return stale(page, read).map((line) => `${path} shows ${line}`);
  });
  assert.deepEqual(lines, [], 'These lines are no more: show the diff of what was added last');
});

test('a page whose line is gone from its file is found', () => {
  const page = 'text\n```diff\n--- a/one.h\n+++ b/one.h\n@@ -1 +1,2 @@\n int x;\n-gone\n+int y;\n```\n';
  assert.deepEqual(
    stale(page, () => 'int x;\nint y;\n'),
    [],
  );
  assert.deepEqual(
    stale(page, () => 'int x;\nint yes;\n'),
    ['one.h: int y;'],
  );
});

test('every page names every file of its folder', () => {
  for (const folder of kFolders) {
    const page = read(join(folder, 'README.md'));
    for (const name of readdirSync(join(repo, folder))) {
      const stem = name.replace(/\.(h|cpp)$/, '');
      if (name !== 'README.md') assert.ok(page.includes(`\`${stem}\``), `${folder}/README.md lacks ${stem}`);
    }
  }
});
