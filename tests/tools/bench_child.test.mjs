// The benchmark's processes: answers, faults and limits. The real host, and programs that misbehave.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { Child } from '../bench/child.mjs';

/** @param {string} text a program of Node's */
const script = (text) => new Child('test', { program: process.execPath, args: ['-e', text] });

test('the host answers for an implementation: it prepares, checks, runs, and says what it cannot', async () => {
  const host = fileURLToPath(new URL('../bench/host.mjs', import.meta.url));
  const child = new Child('test', {
    program: process.execPath,
    args: [host, 'implementations/tensorflow_playground.mjs'],
  });
  const prepared = await child.ask({ ask: 'prepare', workload: 'tiny' }, 60);
  assert.equal(prepared.error, undefined);
  const { losses } = await child.ask({ ask: 'check', steps: 3 }, 60);
  assert.equal(losses.length, 3);
  const measured = await child.ask({ ask: 'run', steps: 5 }, 60);
  assert.equal(measured.steps, 5);
  assert.ok(measured.seconds > 0 && measured.cores > 0);
  assert.match((await child.ask({ ask: 'prepare', workload: 'gpt' }, 60)).cannot, /dense layers only/);
  assert.match(
    (await child.ask({ ask: 'prepare', workload: 'nothing' }, 60)).error,
    /no workload called "nothing"/,
  );
  child.stop();
});

test('one that does not answer is stopped at its limit, and says so from then on', async () => {
  const child = script('setInterval(() => undefined, 1000)');
  const { error } = await child.ask({ ask: 'run' }, 0.2);
  assert.equal(error, 'no answer to "run" within 0.2 s');
  assert.equal(child.isAlive, false);
  assert.equal((await child.ask({ ask: 'run' }, 60)).error, error);
});

test('one that ends, or that is not there, is no hang: its last words are told', async () => {
  const ending = script('console.error("out of everything"); process.exit(3)');
  const { error } = await ending.ask({ ask: 'prepare' }, 60);
  assert.match(error, /ended with exit code 3 \(out of everything\)/);
  const missing = new Child('test', { program: '/nonexistent/program', args: [] });
  assert.match((await missing.ask({ ask: 'prepare' }, 60)).error, /ENOENT/);
});

test('an answer that is no JSON is an error with its beginning', async () => {
  const child = script('process.stdin.once("data", () => console.log("hello there"))');
  assert.match((await child.ask({ ask: 'prepare' }, 60)).error, /no JSON: hello there/);
  child.stop();
});
