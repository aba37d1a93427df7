// `npm run docs`: the reference of fields, ops, stages and all else the engine has tables of, as Markdown in build/docs.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { command } from './common/command.mjs';
import { build } from './common/paths.mjs';
import { say, Steps } from './common/say.mjs';
import { buildPreset } from './make/cmake.mjs';
import { readTables, referencePages } from './make/reference.mjs';
import { countSteps, setUp } from './setup/setup.mjs';

command(async () => {
  /** @type {import('./setup/needs.mjs').Purpose[]} */
  const purposes = ['engine'];
  const steps = new Steps(countSteps(purposes) + 2);
  const toolchain = await setUp(purposes, steps);
  steps.begin('Building the engine');
  steps.done(await buildPreset('wasm-simd', ['athanor'], toolchain, (progress) => steps.progress(progress)));

  steps.begin('Writing the reference');
  const { default: create } = await import(pathToFileURL(join(build, 'engine/simd/athanor.mjs')).href);
  const pages = referencePages(readTables(await create({ AthanorError: Error })));
  const folder = join(build, 'docs');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(pages)) writeFileSync(join(folder, file), text);
  steps.done();
  say(`\nThe reference begins at ${join(folder, 'index.md')}`);
});
