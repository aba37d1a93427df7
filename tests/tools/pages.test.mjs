// The pages that say how to add something show how the last one was added: what they show must stand in the tree,
// what stands in the tree of it must be on them, and so must the files of their folder.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { repo } from '../../tools/common/paths.mjs';
import { filesUnder } from '../../tools/common/stamp.mjs';

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

/** What each page shows as added last, by the names it goes by in the tree. */
const kAddedLast = {
  ops: /softsign/i,
  nn: /group_norm|kGroup\b/,
  optim: /radam/i,
  data: /yin_?yang/i,
  metrics: /kappa/i,
};

/**
 * The files that know what a page shows as added last, but that it neither shows nor names.
 * @param {string} page
 * @param {{ path: string, text: string }[]} files
 * @param {RegExp} name
 */
function forgotten(page, files, name) {
  const section = page.slice(page.indexOf('## The last one added'));
  return files.filter(({ path, text }) => name.test(text) && !section.includes(path)).map(({ path }) => path);
}

test('every page shows or names every file that what was added last stands in', () => {
  const files = ['engine', 'bindings', 'tests', join('web', 'src')].flatMap((folder) =>
    filesUnder(join(repo, folder), (name) => /\.(h|cpp|py|ts|svelte)$/.test(name)).map((path) => ({
      path: relative(repo, path),
      text: readFileSync(path, 'utf8'),
    })),
  );
  for (const [folder, name] of Object.entries(kAddedLast)) {
    const path = join('engine', folder, 'README.md');
    assert.deepEqual(forgotten(read(path), files, name), [], `${path} lacks these files`);
  }
});

test('a file that a page forgets is found', () => {
  const page = '`a/told.h` knows it\n## The last one added\n`a/named.h`\n+++ b/a/shown.h\n+int one;\n';
  const files = ['a/told.h', 'a/named.h', 'a/shown.h', 'a/other.h'].map((path) => ({
    path,
    text: path === 'a/other.h' ? 'two' : 'one',
  }));
  assert.deepEqual(forgotten(page, files, /one/), ['a/told.h']);
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
