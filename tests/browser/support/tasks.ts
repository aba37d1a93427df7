// How long the main thread is busy at a stretch, from Chromium's own trace. Processor time, not the clock's: what else the
// machine does must not decide whether a test passes.
import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

export interface TaskTimes {
  count: number;
  /** Milliseconds of processor time of the longest task, and of all. */
  longest: number;
  total: number;
}

/** Tasks of the page's process while `action` runs: of its main thread, and of its workers. */
export async function tasksOf(
  browser: Browser,
  page: Page,
  action: () => Promise<void>,
): Promise<{ main: TaskTimes; workers: TaskTimes }> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await action();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  return {
    main: timesOf(traceEvents, /^CrRendererMain$/),
    workers: timesOf(traceEvents, /^DedicatedWorker/),
  };
}

function timesOf(events: TraceEvent[], thread: RegExp): TaskTimes {
  const threads = events.filter(({ name }) => name === 'thread_name');
  // Chromium keeps a renderer in stock, which works at its own start meanwhile: ours is the one that has a worker.
  const pages = new Set(
    threads.filter(({ args }) => args.name?.startsWith('DedicatedWorker')).map(({ pid }) => pid),
  );
  const named = new Set(
    threads
      .filter(({ args, pid }) => thread.test(args.name ?? '') && pages.has(pid))
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const times = events
    .filter(
      (event) => event.ph === 'X' && event.name.endsWith('RunTask') && named.has(`${event.pid} ${event.tid}`),
    )
    .map((event) => (event.tdur ?? 0) / 1000);
  return {
    count: times.length,
    longest: Math.max(0, ...times),
    total: times.reduce((sum, time) => sum + time, 0),
  };
}

/** Main-thread tasks of the page's process while `action` runs. */
export async function mainThreadTasks(
  browser: Browser,
  page: Page,
  action: () => Promise<void>,
): Promise<TaskTimes> {
  return (await tasksOf(browser, page, action)).main;
}
