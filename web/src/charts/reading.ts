// How a large chart is read and enlarged without a mouse: by a finger, and by keys as a slider along the epochs.
import type uPlot from 'uplot';

/** A part of the epochs. */
export interface Zoom {
  min: number;
  max: number;
}
type Enlarge = (zoom: Zoom | null) => void;

/** A finger that has moved less has tapped. */
const leastStroke = 10;
/** Page keys go over so much of what is to be seen. */
const pageShare = 10;
const zoomStep = 2;

function epochAt(plot: uPlot, left: number): number {
  const { min = 0, max = 0 } = plot.scales['x'] ?? {};
  const epoch = plot.posToVal(Math.min(Math.max(left, 0), plot.over.clientWidth), 'x');
  return Math.min(Math.max(epoch, min), max);
}

/** A tap reads the values there, a stroke to the side enlarges what it went over; up and down the page scrolls. */
export function readByFinger(plot: uPlot, enlarge: Enlarge): () => void {
  const { over } = plot;
  let from: number | null = null;
  const leftOf = (event: PointerEvent) => event.clientX - over.getBoundingClientRect().left;
  const select = (left: number, width: number) =>
    plot.setSelect({ left, width, top: 0, height: over.clientHeight }, false);
  const handlers = {
    pointerdown(event: PointerEvent) {
      if (event.pointerType !== 'touch' || !event.isPrimary) return;
      from = leftOf(event);
      over.setPointerCapture(event.pointerId);
      plot.setCursor({ left: from, top: over.clientHeight / 2 });
    },
    pointermove(event: PointerEvent) {
      if (from === null) return;
      const to = Math.min(Math.max(leftOf(event), 0), over.clientWidth);
      plot.setCursor({ left: to, top: over.clientHeight / 2 });
      select(Math.min(from, to), Math.abs(to - from));
    },
    pointerup(event: PointerEvent) {
      if (from === null) return;
      const ends = [from, leftOf(event)].sort((a, b) => a - b) as [number, number];
      from = null;
      select(0, 0);
      if (ends[1] - ends[0] >= leastStroke)
        enlarge({ min: epochAt(plot, ends[0]), max: epochAt(plot, ends[1]) });
    },
    pointercancel() {
      from = null;
      select(0, 0);
    },
  };
  over.style.touchAction = 'pan-y';
  for (const [name, handler] of Object.entries(handlers))
    over.addEventListener(name, handler as EventListener);
  return () => {
    for (const [name, handler] of Object.entries(handlers))
      over.removeEventListener(name, handler as EventListener);
  };
}

/** Arrow keys go from epoch to epoch, + and − enlarge and shrink around it, 0 shows all. `tell` puts into words what is there, `hold`
 * stays at the epoch that was gone to when there are new numbers. */
export function readByKeys(
  plot: uPlot,
  name: string,
  enlarge: Enlarge,
): { tell: () => void; hold: () => void; stop: () => void } {
  const { over } = plot;
  over.tabIndex = 0;
  over.setAttribute('role', 'slider');
  over.setAttribute('aria-label', name);
  const epochs = () => plot.data[0] as number[];
  const last = () => epochs().length - 1;
  const place = () => plot.cursor.idx ?? last();

  /** The epoch that was gone to: it stays while the run goes on. */
  let held: number | null = null;

  function tell(): void {
    if (last() < 0) return;
    // Whoever listens and reads no value is not told each new one.
    const isHeard = document.activeElement === over && over.hasAttribute('aria-valuetext');
    if (isHeard && (plot.cursor.left ?? -1) < 0) return;
    const idx = Math.min(plot.legend.idx ?? place(), last());
    over.setAttribute('aria-valuemin', String(epochs()[0]));
    over.setAttribute('aria-valuemax', String(epochs()[last()]));
    over.setAttribute('aria-valuenow', String(epochs()[idx]));
    const values = plot.series.map(({ label }, i) => {
      const shown = plot.legend.values?.[i] as { _?: string } | undefined;
      return `${label as string} ${shown?._ ?? '–'}`;
    });
    over.setAttribute('aria-valuetext', values.join(', '));
  }

  function go(to: number): void {
    const epoch = epochs()[Math.min(Math.max(to, 0), last())];
    if (epoch === undefined) return;
    const { min = epoch, max = epoch } = plot.scales['x'] ?? {};
    // What is enlarged moves along.
    if (epoch < min) enlarge({ min: epoch, max: epoch + max - min });
    else if (epoch > max) enlarge({ min: epoch - max + min, max: epoch });
    held = epoch;
    queueMicrotask(hold);
  }
  function hold(): void {
    if (held !== null) plot.setCursor({ left: plot.valToPos(held, 'x'), top: over.clientHeight / 2 });
  }

  function zoom(factor: number): void {
    const [first, end] = [epochs()[0] ?? 0, epochs()[last()] ?? 0];
    const { min = first, max = end } = plot.scales['x'] ?? {};
    const middle = epochs()[place()] ?? end;
    const width = (max - min) * factor;
    if (width >= end - first) return enlarge(null);
    if (width < 2) return;
    const low = Math.min(Math.max(middle - width / 2, first), end - width);
    enlarge({ min: low, max: low + width });
    go(place());
  }

  const page = () => {
    const { min = 0, max = 0 } = plot.scales['x'] ?? {};
    return Math.max(1, Math.round((max - min) / pageShare));
  };
  const acts: Record<string, () => void> = {
    ArrowLeft: () => go(place() - 1),
    ArrowDown: () => go(place() - 1),
    ArrowRight: () => go(place() + 1),
    ArrowUp: () => go(place() + 1),
    PageDown: () => go(place() - page()),
    PageUp: () => go(place() + page()),
    Home: () => go(0),
    End: () => go(last()),
    '+': () => zoom(1 / zoomStep),
    '=': () => zoom(1 / zoomStep),
    '-': () => zoom(zoomStep),
    '0': () => enlarge(null),
  };
  function press(event: KeyboardEvent): void {
    const act = acts[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }
  const release = () => (held = null);
  const leave = () => {
    release();
    plot.setCursor({ left: -10, top: -10 });
  };
  over.addEventListener('keydown', press);
  over.addEventListener('pointermove', release);
  over.addEventListener('pointerdown', release);
  over.addEventListener('blur', leave);
  return {
    tell,
    hold,
    stop: () => {
      over.removeEventListener('keydown', press);
      over.removeEventListener('pointermove', release);
      over.removeEventListener('pointerdown', release);
      over.removeEventListener('blur', leave);
    },
  };
}
