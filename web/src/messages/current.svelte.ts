// The catalogue of the language in use; components read `texts.current` and follow a change at once.
import { settings } from '../state/settings.svelte';
import type { Catalogue } from './catalogue';
import { en } from './en';
import { zh } from './zh';

const catalogues: Record<'zh' | 'en', Catalogue> = { zh, en };

class CurrentTexts {
  get current(): Catalogue {
    return catalogues[settings.language];
  }
}

export const texts = new CurrentTexts();
