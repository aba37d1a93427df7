// How the page looks to this person: language, theme, pace. Kept in the browser, never part of a document.
import type { Pace } from '../engine/protocol';

export type Language = 'zh' | 'en';
export type Theme = 'system' | 'light' | 'dark';

export function stored(key: string): string | null {
  try {
    return localStorage.getItem(`athanor.${key}`);
  } catch {
    return null; // storage may be forbidden, as in some embeds
  }
}

export function store(key: string, value: string): void {
  try {
    localStorage.setItem(`athanor.${key}`, value);
  } catch {
    // the choice then holds for this visit
  }
}

function firstOf<Value extends string>(
  allowed: readonly Value[],
  ...candidates: (string | null)[]
): Value | undefined {
  for (const candidate of candidates) {
    const found = allowed.find((value) => value === candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const languages = ['zh', 'en'] as const;
const themes = ['system', 'light', 'dark'] as const;
export const paces = ['motion', 'slow', 'normal', 'full'] as const;
const query = new URLSearchParams(location.search);
const ofBrowser = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';

class Settings {
  #language = $state<Language>(firstOf(languages, query.get('lang'), stored('language')) ?? ofBrowser);
  #theme = $state<Theme>(firstOf(themes, query.get('theme'), stored('theme')) ?? 'system');
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');
  #isSystemDark = $state(this.#dark.matches);
  #hasHardEdges = $state(stored('edges') === 'hard');
  #pace = $state<Pace>(firstOf(paces, stored('pace')) ?? 'normal');

  constructor() {
    this.#dark.addEventListener('change', ({ matches }) => (this.#isSystemDark = matches));
  }
  get language(): Language {
    return this.#language;
  }
  set language(value: Language) {
    this.#language = value;
    store('language', value);
  }
  /** The picture shows what is answered, not how surely. */
  get hasHardEdges(): boolean {
    return this.#hasHardEdges;
  }
  set hasHardEdges(value: boolean) {
    this.#hasHardEdges = value;
    store('edges', value ? 'hard' : 'soft');
  }
  get theme(): Theme {
    return this.#theme;
  }
  set theme(value: Theme) {
    this.#theme = value;
    store('theme', value);
  }
  /** What is on the screen: what is drawn with the theme's colours is drawn again when it changes. */
  get shownTheme(): 'light' | 'dark' {
    if (this.#theme !== 'system') return this.#theme;
    return this.#isSystemDark ? 'dark' : 'light';
  }
  /** What the page around an embed wants shown: for now, and no choice of the person's. */
  show({ language = this.#language, theme = this.#theme }: { language?: Language; theme?: Theme }): void {
    this.#language = language;
    this.#theme = theme;
  }
  get pace(): Pace {
    return this.#pace;
  }
  set pace(value: Pace) {
    this.#pace = value;
    store('pace', value);
  }
}

export const settings = new Settings();
