import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/** How long a test waits for what is to be seen, where it asks again and again: as long as Playwright does. Vitest would give up
 * after a second, which is a presumption about the machine. */
const pollTimeout = 30_000;

/** One project per kind of test; `npm run test:wasm`, `test:web`, `test:browser` and `test:browsers` each run one. */
function project(name: string, timeout: number) {
  return {
    root,
    resolve: { alias: { athanor: `${root}bindings/index.ts` } },
    test: {
      name,
      setupFiles: [`${root}tests/vitest.setup.ts`],
      include: [`tests/${name}/**/*.test.ts`],
      testTimeout: timeout,
      hookTimeout: timeout,
      expect: { poll: { timeout: pollTimeout } },
      retry: 0,
    },
  };
}

export default defineConfig({
  test: {
    // One file after the other: the browser tests measure main-thread tasks, also on a small machine.
    fileParallelism: false,
    // Firefox is driven through a WebSocket, which Node 20 has behind a flag; later ones ignore the flag.
    poolOptions: { forks: { execArgv: ['--experimental-websocket'] } },
    projects: [
      project('wasm', 60_000),
      project('web', 10_000),
      project('browser', 60_000),
      project('browsers', 120_000),
    ],
  },
});
