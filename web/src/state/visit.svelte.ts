// What a visit begins with: the experiment of the link, the one that was on screen last, or the default one; other links that
// come into the address bar; and what is kept of all this for the next visit.
import { linkNotice, readLink } from './links';
import type { Playground } from './playground.svelte';
import type { Sheet } from './points';
import { ScreenStore } from './storage';
import { view } from './view';

interface Beginning {
  document: unknown;
  checkpoint: Uint8Array<ArrayBuffer> | null;
  begin: 'run' | 'pause' | 'wait';
  /** It was on screen before, and no link brought it. */
  isKept: boolean;
  /** The run stands where it stood before the reload. */
  wasPaused: boolean;
  /** Points that were on screen above a document, which the engine had not taken. */
  sheet: { above: unknown; sheet: Sheet } | null;
}

/** A larger checkpoint is not kept for a reload: the run is then paused at its beginning. */
const mostKeptBytes = 8_000_000;

export class Visit {
  readonly #playground: Playground;
  /** What is on screen cannot be kept for the next visit, and the person does not know yet. */
  isNotKept = $state(false);
  readonly storage = new ScreenStore(() => (this.isNotKept = true));
  /** What was kept last is a run that is paused. */
  isKeptPaused = false;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** The person's own runs; what others made waits for them, and so does every embed, unless the author asked for a run. */
  async beginning(): Promise<Beginning> {
    const playground = this.#playground;
    let document: unknown = null;
    let isOwn = true;
    if (view.problems.length > 0) playground.notice = { kind: 'options', problems: view.problems };
    const kept = view.isEmbed ? null : await this.storage.read();
    try {
      const linked = kept?.isReload ? null : await readLink(location.hash);
      isOwn = linked === null;
      document = linked ?? kept?.document;
    } catch (error) {
      playground.notice = linkNotice(error);
    }
    window.addEventListener('hashchange', () => void this.#openLink());
    // Beneath a sheet that the engine has not taken nothing is to run.
    const isKept = kept !== null && document === kept.document;
    const paused = isKept && kept.isReload && kept.sheet === null ? (kept.paused ?? null) : null;
    this.isKeptPaused = paused !== null;
    const own = (isKept && kept.sheet !== null) || paused !== null ? 'pause' : 'run';
    const begin = view.run ? 'run' : isOwn && !view.isEmbed ? own : 'wait';
    return {
      document: document ?? {},
      checkpoint: begin === 'pause' ? (paused?.checkpoint ?? null) : null,
      begin,
      isKept,
      wasPaused: paused !== null,
      sheet: kept?.sheet == null ? null : { above: kept.document, sheet: kept.sheet },
    };
  }

  /** Another link in the address bar of the same tab. */
  async #openLink(): Promise<void> {
    try {
      await this.#playground.load((await readLink(location.hash)) ?? {}, view.run ? 'run' : 'wait');
    } catch (error) {
      this.#playground.notice = linkNotice(error);
    }
  }

  /** Keeps what is on screen, soon: the person's own, which neither an embed is nor what others made.
   * @param checkpointThen gives the run's last checkpoint when it comes to that */
  keep(checkpointThen: () => Uint8Array<ArrayBuffer> | null): void {
    const playground = this.#playground;
    if (view.isEmbed || playground.waiting) return;
    this.storage.keep(() => {
      const { document, painting, isPaused } = playground;
      const checkpoint = checkpointThen();
      this.isKeptPaused = isPaused;
      const isSmall = (checkpoint?.length ?? 0) <= mostKeptBytes;
      return {
        document,
        sheet: painting.isPending ? painting.sheet : null,
        paused: isPaused ? { checkpoint: isSmall ? checkpoint : null } : null,
      };
    });
  }
}
