// The example of bindings/README.md is run as it stands there.
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { build } from 'vite';
import { expect, it } from 'vitest';

it('the ten lines of the bindings README train a network', async () => {
  const readme = readFileSync('bindings/README.md', 'utf8');
  const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1];
  if (code === undefined) throw new Error('bindings/README.md has no example');
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(10);
  const file = 'bindings/readme-example.check.mjs';
  await build({ configFile: 'bindings/vite.config.ts', logLevel: 'silent' });
  writeFileSync(file, code.replace("'athanor'", "'../build/engine/index.js'"));
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [file]);
    expect(Number(/accuracy (\d\.\d+)/.exec(stdout)?.[1])).toBeGreaterThan(0.9);
  } finally {
    rmSync(file);
  }
});
