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
  /** Milliseconds of processor time of the longest task. */
  longest: number;
}

/** Main-thread tasks of the page's process while `action` runs. */
export async function mainThreadTasks(
  browser: Browser,
  page: Page,
  action: () => Promise<void>,
): Promise<TaskTimes> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await action();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const mainThreads = new Set(
    trace.traceEvents
      .filter((event) => event.name === 'thread_name' && event.args.name === 'CrRendererMain')
      .map((event) => `${event.pid} ${event.tid}`),
  );
  const times = trace.traceEvents
    .filter(
      (event) =>
        event.ph === 'X' && event.name.endsWith('RunTask') && mainThreads.has(`${event.pid} ${event.tid}`),
    )
    .map((event) => (event.tdur ?? 0) / 1000);
  return { count: times.length, longest: Math.max(...times) };
}
