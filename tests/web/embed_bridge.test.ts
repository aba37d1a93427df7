import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Actions, Bridge, type Moment, reportMilliseconds } from '../../web/src/embed/bridge';
import { type FromEmbed, MessageError } from '../../web/src/embed/messages';

const host = 'https://course.example';
type Said = [message: FromEmbed, origin: string];

function listener(): { said: Said[]; window: { postMessage: (message: FromEmbed, origin: string) => void } } {
  const said: Said[] = [];
  return { said, window: { postMessage: (message, origin) => void said.push([message, origin]) } };
}

function setUp(origins: string[] = [], changes: Partial<Actions> = {}) {
  const { said, window: parent } = listener();
  const done: string[] = [];
  const note = (what: string) => Promise.resolve(void done.push(what));
  const actions: Actions = {
    whenReady: () => Promise.resolve(),
    load: (source, run) => note(`load ${JSON.stringify(source)} ${run}`),
    run: (running) => note(running ? 'run' : 'pause'),
    rewind: () => note('rewind'),
    set: (path, value) => note(`set ${path} ${JSON.stringify(value)}`),
    appearance: (choices) => void done.push(JSON.stringify(choices)),
    ready: () => ({ type: 'ready', panels: ['curves'], waiting: true, problems: [] }),
    ...changes,
  };
  const bridge = new Bridge(parent, origins, actions);
  const speak = async (message: unknown, origin = host, source: unknown = parent) => {
    bridge.receive({ data: message, origin, source });
    for (let turn = 0; turn < 20; ++turn) await Promise.resolve();
  };
  const tell = (rest: object, origin?: string) => speak({ athanor: 1, ...rest }, origin);
  return { bridge, said, done, speak, tell, parent };
}

function moment(
  change: Partial<Moment['progress']> & { run?: number; failure?: Moment['failure'] } = {},
): Moment {
  const { run = 1, failure = null, ...progress } = change;
  const measured = { loss: 0.5, accuracy: 0.9, precision: 0.9, recall: 0.9, f1: 0.9, confusion: [] };
  return {
    run,
    progress: {
      epoch: 1,
      maxEpochs: 300,
      step: 15,
      stage: 'train',
      loss: 0.5,
      running: true,
      finished: false,
      ...progress,
    },
    measures: { train: measured, validation: null, test: null },
    stopReason: progress.finished === true ? 'epochs' : '',
    failure,
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('who is heard', () => {
  it('is the page around, and answers go to its origin alone', async () => {
    const { done, said, tell } = setUp();
    await tell({ type: 'run', id: 'a' });
    expect(done).toEqual(['run']);
    expect(said).toEqual([[{ athanor: 1, type: 'done', id: 'a' }, host]]);
  });

  it('is no other window; one that means us is told so, others get no answer', async () => {
    const { done, said, speak } = setUp();
    const other = listener();
    await speak({ athanor: 1, type: 'run', id: 1 }, 'https://evil.example', other.window);
    await speak({ source: 'react-devtools' }, host, other.window);
    await speak({ athanor: 1, type: 'run' }, host, null);
    expect(done).toEqual([]);
    expect(said).toEqual([]);
    expect(other.said).toMatchObject([
      [{ type: 'error', code: 'not_parent', id: 1 }, 'https://evil.example'],
    ]);
  });

  it('is only who is on the list, where there is one', async () => {
    const { done, said, tell, bridge } = setUp(['https://other.example']);
    await tell({ type: 'run' });
    bridge.take(moment());
    bridge.resize(300);
    expect(done).toEqual([]);
    expect(said).toMatchObject([[{ type: 'error', code: 'origin_not_allowed' }, host]]);
    await tell({ type: 'pause' }, 'https://other.example');
    expect(done).toEqual(['pause']);
    expect(said.at(-1)).toEqual([{ athanor: 1, type: 'done' }, 'https://other.example']);
  });

  it('may be a file, which cannot be addressed by origin', async () => {
    const { said, tell } = setUp();
    await tell({ type: 'hello' }, 'null');
    expect(said).toMatchObject([[{ type: 'ready' }, '*']]);
    const listed = setUp([host]);
    await listed.tell({ type: 'hello' }, 'null');
    expect(listed.said).toMatchObject([[{ type: 'error', code: 'origin_not_allowed' }, '*']]);
  });

  it('never answers a report: two embeds inside each other would not stop', async () => {
    const { said, tell } = setUp();
    await tell({ type: 'error', code: 'x', message: '', path: '' });
    await tell({ type: 'ready' });
    expect(said).toEqual([]);
  });

  it('gets a reason for every bad message, its id included', async () => {
    const { said, speak, done } = setUp();
    const bad = ['text', 0, null, undefined, [], {}, { athanor: 1 }, { athanor: 1, type: 'fly', id: 5 }];
    for (const data of bad) await speak(data);
    expect(said).toHaveLength(bad.length);
    for (const [report, origin] of said) {
      expect(report).toMatchObject({ type: 'error', message: expect.stringMatching(/\w/) as string });
      expect(origin).toBe(host);
    }
    expect(said.at(-1)?.[0].id).toBe(5);
    expect(done).toEqual([]);
  });
});

describe('what is asked', () => {
  it('is done in order, each when the one before has taken effect', async () => {
    const order: string[] = [];
    const slow = async (name: string, turns: number) => {
      order.push(`${name} begins`);
      for (let turn = 0; turn < turns; ++turn) await Promise.resolve();
      order.push(`${name} ends`);
    };
    const { bridge, parent } = setUp([], { load: () => slow('load', 8), run: () => slow('run', 1) });
    for (const command of [{ type: 'load', document: {} }, { type: 'run' }])
      bridge.receive({ data: { athanor: 1, ...command }, origin: host, source: parent });
    for (let turn = 0; turn < 40; ++turn) await Promise.resolve();
    expect(order).toEqual(['load begins', 'load ends', 'run begins', 'run ends']);
  });

  it('waits until there is an engine', async () => {
    let stand: () => void = () => undefined;
    const { done, tell, said } = setUp([], { whenReady: () => new Promise((resolve) => (stand = resolve)) });
    await tell({ type: 'hello' });
    expect(said).toEqual([]);
    stand();
    await tell({ type: 'run' });
    expect(said).toMatchObject([[{ type: 'ready' }, host]]);
    stand();
    await tell({ type: 'hello' });
    expect(done).toEqual(['run']);
  });

  it('is refused with the engine’s words, and the next is done all the same', async () => {
    const { said, tell, done } = setUp([], {
      set: () => Promise.reject(new MessageError('out_of_range', 'At most 10.', 'training.learning_rate')),
    });
    await tell({ type: 'set', path: 'training.learning_rate', value: 99, id: 3 });
    await tell({ type: 'pause' });
    expect(said[0]?.[0]).toEqual({
      athanor: 1,
      type: 'error',
      id: 3,
      code: 'out_of_range',
      message: 'At most 10.',
      path: 'training.learning_rate',
    });
    expect(done).toEqual(['pause']);
  });

  it('loads a document that waits unless a run is asked', async () => {
    const { done, tell } = setUp();
    await tell({ type: 'load', document: { seed: 3 } });
    await tell({ type: 'load', link: '#d=1.AA', run: true });
    expect(done).toEqual(['load {"document":{"seed":3}} false', 'load {"link":"#d=1.AA"} true']);
  });

  it('is turned away when very much waits already', () => {
    const { bridge, parent, said } = setUp([], { whenReady: () => new Promise(() => undefined) });
    for (let i = 0; i < 300; ++i)
      bridge.receive({ data: { athanor: 1, type: 'run', id: i }, origin: host, source: parent });
    expect(said).toHaveLength(300 - 256);
    expect(said[0]?.[0]).toMatchObject({ type: 'error', code: 'busy', id: 256 });
  });
});

describe('what is told', () => {
  it('is nothing before somebody has said hello', () => {
    const { bridge, said } = setUp();
    bridge.take(moment());
    bridge.resize(400);
    vi.advanceTimersByTime(1000);
    expect(said).toEqual([]);
  });

  it('begins with all there is', async () => {
    const { bridge, said, tell } = setUp();
    bridge.take(moment());
    bridge.resize(400);
    await tell({ type: 'hello' });
    expect(said.map(([report]) => report.type)).toEqual(['ready', 'progress', 'measures', 'size']);
    expect(said[3]?.[0]).toMatchObject({ height: 400 });
    bridge.resize(400);
    expect(said).toHaveLength(4);
  });

  it('comes at most every so often, and the last of it always', async () => {
    const { bridge, said, tell } = setUp();
    await tell({ type: 'hello' });
    said.length = 0;
    for (let epoch = 1; epoch <= 60; ++epoch) {
      bridge.take(moment({ epoch, step: epoch * 15 }));
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(reportMilliseconds);
    const progress = said.map(([report]) => report).filter((report) => report.type === 'progress');
    expect(progress.length).toBeLessThanOrEqual(8);
    expect(progress.at(-1)).toMatchObject({ epoch: 60 });
    const count = said.length;
    bridge.take(moment({ epoch: 60, step: 900 }));
    vi.advanceTimersByTime(1000);
    expect(said).toHaveLength(count);
  });

  it('ends once for each run: finished, or the failure', async () => {
    const { bridge, said, tell } = setUp();
    await tell({ type: 'hello' });
    const after = (state: Moment) => {
      said.length = 0;
      bridge.take(state);
      bridge.take(state);
      vi.advanceTimersByTime(1000);
      return said.map(([report]) => report.type);
    };
    expect(after(moment({ epoch: 300, finished: true, running: false }))).toEqual([
      'progress',
      'measures',
      'finished',
    ]);
    expect(said[2]?.[0]).toMatchObject({ type: 'finished', reason: 'epochs', epoch: 300 });
    expect(after(moment({ epoch: 300, finished: true, running: false }))).toEqual([]);
    expect(after(moment({ run: 2, epoch: 0 }))).toEqual(['progress', 'measures']);
    const failure = { code: 'not_finite', message: 'The loss became infinite.', path: 'train' };
    expect(after(moment({ run: 2, epoch: 1, failure }))).toEqual(['progress', 'measures', 'error']);
    expect(said[2]?.[0]).toEqual({ athanor: 1, type: 'error', ...failure });
  });
});
