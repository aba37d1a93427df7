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
  const named = new Set(
    events
      .filter((event) => event.name === 'thread_name' && thread.test(event.args.name ?? ''))
      .map((event) => `${event.pid} ${event.tid}`),
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
