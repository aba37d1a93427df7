// `npm run format`: lays out all files as the linters want them.
import { join } from 'node:path';
import { cppFiles } from './check/files.mjs';
import { command } from './common/command.mjs';
import { nodeModules, repo } from './common/paths.mjs';
import { run } from './common/run.mjs';
import { say, Steps } from './common/say.mjs';
import { findLlvmTool } from './setup/needs.mjs';
import { countSteps, setUp } from './setup/setup.mjs';

command(async () => {
  /** @type {import('./setup/needs.mjs').Purpose[]} */
  const purposes = ['lint'];
  await setUp(purposes, new Steps(countSteps(purposes)));
  const files = cppFiles();
  await run((await findLlvmTool('clang-format')) ?? '', ['-i', ...files], {
    step: 'clang-format',
    log: 'format',
    cwd: repo,
  });
  const prettier = [join(nodeModules, 'prettier/bin/prettier.cjs'), '--write', '--log-level=warn', '.'];
  await run(process.execPath, prettier, {
    step: 'prettier',
    log: 'format',
    append: true,
    cwd: repo,
    echo: true,
  });
  say(`\nFormatted: ${files.length} C++ files, and everything prettier knows.`);
});
