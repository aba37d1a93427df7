// Splits the linked module in two: athanor.wasm has what runs until the first training frame, athanor.deferred.wasm the rest.
// node split.mjs <athanor.mjs> <wasm-split>
// The linker leaves an instrumented athanor.wasm, which notes the functions that run, and the module itself as
// athanor.wasm.orig (https://emscripten.org/docs/optimizing/Module-Splitting.html).
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import v8 from 'node:v8';
import { firstFrame } from './first_frame.mjs';

const [glue, tool] = process.argv.slice(2);
if (glue === undefined || tool === undefined) throw new Error('usage: split.mjs <athanor.mjs> <wasm-split>');
const wasm = glue.replace(/\.mjs$/, '.wasm');
const kPage = 65536;

// Node 20 has relaxed SIMD behind a flag, which later ones ignore.
v8.setFlagsFromString('--experimental-wasm-relaxed-simd');

/** The instance behind the module's own functions, which alone can say what has run. */
async function instrumented() {
  const instantiate = WebAssembly.instantiate;
  /** @type {WebAssembly.Exports | undefined} */
  let exports;
  Object.assign(WebAssembly, {
    /** @param {Parameters<typeof instantiate>} given */
    async instantiate(...given) {
      const made = /** @type {WebAssembly.WebAssemblyInstantiatedSource} */ (
        /** @type {unknown} */ (await instantiate(...given))
      );
      exports = made.instance.exports;
      return made;
    },
  });
  const { default: create } = await import(pathToFileURL(glue ?? '').href);
  const engine = await create({ AthanorError: class extends Error {} });
  Object.assign(WebAssembly, { instantiate });
  if (exports === undefined) throw new Error(`${wasm} was not instantiated`);
  return { engine, exports };
}

/** @param {WebAssembly.Exports} exports */
function profile(exports) {
  const memory = Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
  const write = exports['__write_profile'];
  if (memory === undefined || typeof write !== 'function') throw new Error(`${wasm} is not instrumented`);
  const size = write(0, 0);
  const start = memory.buffer.byteLength;
  memory.grow(Math.ceil(size / kPage));
  write(start, size);
  return new Uint8Array(memory.buffer, start, size);
}

const { engine, exports } = await instrumented();
firstFrame(engine);
writeFileSync(`${wasm}.profile`, profile(exports));
// Not --enable-reference-types: with them wasm-split keeps placeholders in a table of their own, while Emscripten's loader looks
// for what replaces them in the module's.
execFileSync(tool, [
  '--enable-simd',
  '--enable-relaxed-simd',
  '--enable-bulk-memory',
  '--enable-exception-handling',
  '--enable-sign-ext',
  '--enable-mutable-globals',
  '--enable-nontrapping-float-to-int',
  `${wasm}.orig`,
  `--profile=${wasm}.profile`,
  '--export-prefix=%',
  '-o1',
  wasm,
  '-o2',
  wasm.replace(/\.wasm$/, '.deferred.wasm'),
]);
for (const ending of ['orig', 'profile']) rmSync(`${wasm}.${ending}`);
