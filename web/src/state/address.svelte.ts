// The experiment in the address bar.
import type { Experiment } from 'athanor';
import { view } from './view';

/** A slider that is dragged changes the address when it rests. */
const delay = 300;

export class Address {
  readonly #experiment: () => { document: Experiment | null; defaults: Experiment | null };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hash = '';
  tooLong = $state(false);

  constructor(experiment: () => { document: Experiment | null; defaults: Experiment | null }) {
    this.#experiment = experiment;
  }

  /** The experiment has changed. What writes links may not be there; the next change asks for it again. */
  follow(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#write().catch(() => undefined), delay);
  }

  /** The address of the whole page that holds the experiment as it is now; rejects when what writes links cannot be fetched. */
  async current(): Promise<string> {
    clearTimeout(this.#timer);
    await this.#write();
    return view.wholePage(this.#hash);
  }

  async #write(): Promise<void> {
    const { document, defaults } = this.#experiment();
    if (document === null || defaults === null) return;
    const { encodeLink } = await import('./link');
    try {
      this.#hash = await encodeLink(document, defaults);
      this.tooLong = false;
    } catch {
      this.#hash = '';
      this.tooLong = true;
    }
    // An embed's address is its author's: loading it anew gives what they made.
    if (view.isEmbed) return;
    history.replaceState(
      history.state,
      '',
      this.#hash === '' ? location.pathname + location.search : this.#hash,
    );
  }
}
