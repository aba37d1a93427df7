// Spreads drawing over animation frames: one job each, the newest of its kind, so that no frame has to draw everything; and
// what need not move at full rate waits its turn.

interface Pending {
  job: () => void;
  /** Not before this time (performance.now). */
  due: number;
}

const pending = new Map<string, Pending>();
const lastDrawn = new Map<string, number>();
let requested = false;
let timer: ReturnType<typeof setTimeout> | undefined;

function runOne(now: number): void {
  requested = false;
  for (const [name, { job, due }] of pending) {
    if (due > now) continue;
    pending.delete(name);
    lastDrawn.set(name, now);
    job();
    break;
  }
  request();
}

function request(): void {
  if (requested || pending.size === 0) return;
  const now = performance.now();
  const earliest = Math.min(...Array.from(pending.values(), ({ due }) => due));
  clearTimeout(timer);
  if (earliest > now) {
    timer = setTimeout(request, earliest - now);
    return;
  }
  requested = true;
  requestAnimationFrame(runOne);
}

/** Draws soon, at most once in `interval` milliseconds; a job of the same name that still waits is replaced, in its place. */
export function drawSoon(name: string, job: () => void, interval = 0): void {
  pending.set(name, { job, due: (lastDrawn.get(name) ?? -Infinity) + interval });
  request();
}

/** Forgets a job, when what it draws on goes away. */
export function forget(name: string): void {
  pending.delete(name);
}

/** A page that is hidden has no frames; nor has an embed that is scrolled out of sight, which nobody tells it. */
const longestFrame = 500;

/** Calls once, when the next frame begins; where none comes, half a second later, also if the page is hidden meanwhile. */
export function afterFrame(then: () => void): void {
  const once = () => {
    cancelAnimationFrame(frame);
    clearTimeout(fallback);
    then();
  };
  const frame = requestAnimationFrame(once);
  const fallback = setTimeout(once, longestFrame);
}
