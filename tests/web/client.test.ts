// When the page takes the engine's worker for dead.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineClient, EngineGone } from '../../web/src/engine/client';
import type { FromWorker, ToWorker } from '../../web/src/engine/protocol';

let worker: SilentWorker;

/** Says nothing by itself. */
class SilentWorker {
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: unknown = null;
  readonly heard: ToWorker[] = [];
  isTerminated = false;
  constructor() {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the client makes it, the test answers for it
    worker = this;
  }
  postMessage(message: ToWorker): void {
    this.heard.push(message);
  }
  terminate(): void {
    this.isTerminated = true;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('Worker', SilentWorker);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function client() {
  const crash = vi.fn();
  return {
    crash,
    engine: new EngineClient({ snapshot: vi.fn(), engine: vi.fn(), checkpoint: vi.fn(), crash }),
  };
}

describe('a silent worker', () => {
  it('is given up after some seconds, and open calls are told', async () => {
    const { crash, engine } = client();
    const call = engine.call('rewind', {});
    const told = expect(call).rejects.toBeInstanceOf(EngineGone);
    vi.advanceTimersByTime(10_000);
    await told;
    expect(crash).toHaveBeenCalledOnce();
    expect(worker.isTerminated).toBe(true);
  });

  it('is waited for longer while it reads a large table, and no longer than before once it has', async () => {
    const { crash, engine } = client();
    const call = engine.call('readCsv', { text: 'x'.repeat(1_000_000), choices: {} });
    vi.advanceTimersByTime(20_000);
    expect(crash).not.toHaveBeenCalled();
    const asked = worker.heard.find((message) => message.type === 'call');
    worker.onmessage?.({ data: { type: 'result', id: asked?.id ?? 0, value: null } });
    await call;
    vi.advanceTimersByTime(10_000);
    expect(crash).toHaveBeenCalledOnce();
  });

  it('is waited for longer while it opens a document with such a table', () => {
    const { crash, engine } = client();
    void engine
      .call('load', { document: { data: { table: { csv: 'x'.repeat(1_000_000) } } } })
      .catch(() => undefined);
    vi.advanceTimersByTime(20_000);
    expect(crash).not.toHaveBeenCalled();
    vi.advanceTimersByTime(20_000);
    expect(crash).toHaveBeenCalledOnce();
  });
});
