// The catalogue of the language in use; components read `texts.current` and follow a change at once. Each is fetched when
// it is first needed: a person reads one of them, and first of all the page itself. What dialogs say is `texts.later`.
import { type Language, languages, settings } from '../state/settings.svelte';
import type { Catalogue, LaterCatalogue } from './catalogue';

type Loaders<Part> = Record<Language, () => Promise<Part>>;

const loaders: Loaders<Catalogue> = {
  zh: async () => (await import('./zh')).zh,
  en: async () => (await import('./en')).en,
};
const laterLoaders: Loaders<LaterCatalogue> = {
  zh: async () => (await import('./zh/later')).later,
  en: async () => (await import('./en/later')).later,
};

/** One part of the catalogues, of each language once. */
class Loaded<Part> {
  #loaders: Loaders<Part>;
  #loaded = $state.raw<Partial<Record<Language, Part>>>({});
  #shown = $state.raw<Part | null>(null);

  constructor(loaders: Loaders<Part>) {
    this.#loaders = loaders;
  }
  /** To be read only after the first `load`. Until the newly chosen one is there: the one before. */
  get current(): Part {
    const part = this.#loaded[settings.language] ?? this.#shown;
    if (part === null) throw new Error('no catalogue has been loaded');
    return part;
  }
  get isThere(): boolean {
    return this.#shown !== null;
  }
  async load(language: Language): Promise<void> {
    if (this.#loaded[language] !== undefined) return;
    const part = await this.#loaders[language]();
    this.#loaded = { ...this.#loaded, [language]: part };
    this.#shown ??= part;
  }
}

class CurrentTexts {
  #first = new Loaded(loaders);
  #later = new Loaded(laterLoaders);

  get current(): Catalogue {
    return this.#first.current;
  }
  /** To be read only by what waits for `loadLater`, as everything that is placed with `Lazy` or `Later`. */
  get later(): LaterCatalogue {
    return this.#later.current;
  }

  /** Fetches a language, as far as it has been needed. */
  async load(language: Language): Promise<void> {
    await Promise.all([this.#first.load(language), this.#later.isThere && this.#later.load(language)]);
  }
  async loadLater(): Promise<void> {
    await this.#later.load(settings.language);
  }

  /** Fetches everything, so that changing the language is felt at once. */
  async loadAll(): Promise<void> {
    await Promise.all(
      languages.flatMap((language) => [this.#first.load(language), this.#later.load(language)]),
    );
  }
}

export const texts = new CurrentTexts();
