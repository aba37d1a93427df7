import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { headersFor, parseHeaders } from '../../tools/make/headers.mjs';

const rules = parseHeaders(readFileSync('web/public/_headers', 'utf8'));
const meta = (/** @type {string} */ file) =>
  /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(readFileSync(file, 'utf8'))?.[1];

test('every path has the policy that the page carries itself', () => {
  for (const path of ['/', '/index.html', '/embed.html', '/assets/worker-1.js', '/sw.js']) {
    const [policy] = headersFor(rules, path).get('Content-Security-Policy') ?? [];
    assert.equal(policy, meta('web/index.html'), path);
  }
});

test('the whole page may be framed by its own site alone, the embed by anybody', () => {
  for (const path of ['/', '/index.html']) {
    assert.equal(headersFor(rules, path).get('Content-Security-Policy')?.[1], "frame-ancestors 'self'");
  }
  assert.equal(headersFor(rules, '/embed.html').get('Content-Security-Policy')?.length, 1);
  assert.equal(
    headersFor(rules, '/athanor-playground.js').get('Cross-Origin-Resource-Policy'),
    'cross-origin',
  );
});

test('what has a hash in its name is kept for good, everything else is asked for anew', () => {
  assert.match(String(headersFor(rules, '/assets/main-1.js').get('Cache-Control')), /immutable/);
  for (const path of ['/', '/sw.js', '/athanor-playground.js', '/data/iris.csv']) {
    assert.equal(headersFor(rules, path).get('Cache-Control'), 'no-cache', path);
  }
});
