// The module in two parts: the first trains and shows a frame by itself, the second brings everything else.
import { describe, expect, it, vi } from 'vitest';
import { firstFrame } from '../../bindings/first_frame.mjs';
import { loadEngine } from '../../bindings/index';
import { Rest } from '../../bindings/rest';

type Whole = Parameters<typeof firstFrame>[0];

describe('the first module', () => {
  it('trains and shows a frame without the second', async () => {
    const engine = await loadEngine({ variant: 'simd', restLater: true });
    // Node has no XMLHttpRequest: a function that is missing would be an error here.
    firstFrame(engine as unknown as Whole);
    const session = engine.createSession({});
    expect(() => session.checkpoint()).toThrow(/XMLHttpRequest/);
  });

  it('takes the second in once, however often it is needed', async () => {
    const engine = await loadEngine({ variant: 'simd', restLater: true });
    await engine.loadRest();
    let made = 0;
    vi.stubGlobal('WebAssembly', {
      ...Object.fromEntries(
        Object.getOwnPropertyNames(WebAssembly).map((name) => [name, Reflect.get(WebAssembly, name)]),
      ),
      Instance: class extends WebAssembly.Instance {
        constructor(...given: ConstructorParameters<typeof WebAssembly.Instance>) {
          super(...given);
          ++made;
        }
      },
    });
    const session = engine.createSession({
      training: { optimizer: 'lion' },
      model: { layers: [{ units: 3 }] },
    });
    for (let epoch = 0; epoch < 3; ++epoch) {
      session.stepEpoch();
      const copy = engine.restoreSession(session.checkpoint());
      copy.stepEpoch();
      copy.delete();
    }
    vi.unstubAllGlobals();
    expect(made).toBe(1);
    const other = await loadEngine({ variant: 'simd' });
    const again = other.createSession(session.document());
    for (let epoch = 0; epoch < 3; ++epoch) again.stepEpoch();
    expect([...again.losses()]).toEqual([...session.losses()]);
  });
});

describe('the second module', () => {
  it('that is not there is named, and can be asked for again', async () => {
    const rest = new Rest(new URL('file:///none/athanor.deferred.wasm').href);
    await expect(rest.load()).rejects.toThrow(/athanor\.deferred\.wasm/);
    await expect(rest.load()).rejects.toThrow(/athanor\.deferred\.wasm/);
  });

  it('can be asked for again after somebody could not wait for it in vain', async () => {
    const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]); // a module without anything
    vi.stubGlobal('fetch', (_: string, { signal }: { signal: AbortSignal }) =>
      signal.aborted ? Promise.reject(new Error('aborted')) : Promise.resolve(new Response(empty)),
    );
    const rest = new Rest('http://127.0.0.1/athanor.deferred.wasm');
    expect(() => rest.instantiate('', {})).toThrow(/XMLHttpRequest/);
    await rest.load();
    vi.unstubAllGlobals();
  });
});
