// Joins the bridge to this window and to the playground.
import { EngineError } from '../engine/client';
import { decodeLink, LinkError } from '../state/link';
import { playground } from '../state/playground.svelte';
import { settings } from '../state/settings.svelte';
import { view } from '../state/view';
import { Bridge, type Actions } from './bridge';
import { MessageError } from './messages';

const linkSentences: Record<LinkError['reason'], string> = {
  version: 'The link was made by a newer version.',
  too_long: 'The link holds more than a link may.',
  damaged: 'The link is damaged.',
};

function refusal(error: unknown): unknown {
  if (error instanceof EngineError) {
    const { code, message, path } = error.problem;
    return new MessageError(code, message, path);
  }
  if (error instanceof LinkError)
    return new MessageError(`link_${error.reason}`, linkSentences[error.reason]);
  return error;
}

/** What the page shows as a crash has no other sign. */
function crash(): MessageError | null {
  if (playground.notice?.kind !== 'crash') return null;
  return new MessageError('crash', `The engine stopped: ${playground.notice.detail}`);
}
function failIfCrashed(): void {
  const error = crash();
  if (error !== null) throw error;
}

/** Resolves when the engine stands, rejects when it cannot. */
function whenReady(): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = $effect.root(() => {
      $effect(() => {
        if (!playground.isStarted && playground.notice?.kind !== 'crash') return;
        queueMicrotask(() => stop());
        const error = crash();
        if (error === null) resolve();
        else reject(error);
      });
    });
  });
}

const actions: Actions = {
  whenReady,
  async load(source, run) {
    try {
      const document = 'link' in source ? await decodeLink(linkIn(source.link)) : source.document;
      await playground.open(document ?? {}, run ? 'run' : 'wait');
    } catch (error) {
      throw refusal(error);
    }
  },
  async run(running) {
    await playground.run(running);
    failIfCrashed();
  },
  async rewind() {
    await playground.rewind();
    failIfCrashed();
  },
  async set(path, value) {
    await playground.set(path, value);
    failIfCrashed();
    const problem = Object.hasOwn(playground.fieldProblems, path)
      ? playground.fieldProblems[path]
      : undefined;
    if (problem !== undefined) throw new MessageError(problem.code, problem.message, problem.path || path);
  },
  appearance({ lang, theme }) {
    settings.show({ language: lang, theme });
  },
  ready: () => ({
    type: 'ready',
    panels: [...view.panels],
    waiting: playground.waiting,
    problems: view.problems,
  }),
};

function linkIn(text: string): string {
  return text.slice(text.indexOf('#d='));
}

function tellMoments(bridge: Bridge): void {
  $effect.root(() => {
    $effect(() => {
      const { status, running, runNumber, document } = playground;
      if (status === null || document === null) return;
      bridge.take({
        run: runNumber,
        progress: {
          epoch: status.epoch,
          maxEpochs: document.done.max_epochs,
          step: status.step,
          stage: status.stage,
          loss: status.loss,
          running,
          finished: status.finished,
        },
        measures: status.measures,
        stopReason: status.stopReason,
        failure: status.failure,
      });
    });
  });
}

/** How high the page is; in a frame of its own height, how high it would have to be for nothing to scroll. */
function tellSize(bridge: Bridge, page: HTMLElement): void {
  const main = page.querySelector('main');
  const hidden = () => (main === null ? 0 : main.scrollHeight - main.clientHeight);
  const observer = new ResizeObserver(() => bridge.resize(Math.ceil(page.offsetHeight + hidden())));
  for (const element of [page, ...(main?.querySelectorAll(':scope > *, :scope > .column > *') ?? [])])
    observer.observe(element);
}

/** To be called while the page loads: its load event tells the page around that it can be spoken to. */
export function connect(page: Promise<HTMLElement | null>): void {
  if (window.parent === window) return; // opened by itself: nobody is around
  const bridge = new Bridge(window.parent, view.origins, actions);
  window.addEventListener('message', (event) => bridge.receive(event));
  tellMoments(bridge);
  void page.then((shown) => shown !== null && tellSize(bridge, shown));
}
