// The catalogue of the language in use; components read `texts.current` and follow a change at once. Each is fetched when
// it is first needed: a person reads one of them.
import { type Language, languages, settings } from '../state/settings.svelte';
import type { Catalogue } from './catalogue';

const loaders: Record<Language, () => Promise<Catalogue>> = {
  zh: async () => (await import('./zh')).zh,
  en: async () => (await import('./en')).en,
};

class CurrentTexts {
  #loaded = $state.raw<Partial<Record<Language, Catalogue>>>({});
  #shown = $state.raw<Catalogue | null>(null);

  /** To be read only after the first `load`. Until the newly chosen one is there: the one before. */
  get current(): Catalogue {
    const catalogue = this.#loaded[settings.language] ?? this.#shown;
    if (catalogue === null) throw new Error('no catalogue has been loaded');
    return catalogue;
  }

  /** Fetches a catalogue, once. */
  async load(language: Language): Promise<void> {
    if (this.#loaded[language] !== undefined) return;
    const catalogue = await loaders[language]();
    this.#loaded = { ...this.#loaded, [language]: catalogue };
    this.#shown ??= catalogue;
  }

  /** Fetches all of them, so that changing the language is felt at once. */
  async loadAll(): Promise<void> {
    await Promise.all(languages.map((language) => this.load(language)));
  }
}

export const texts = new CurrentTexts();
