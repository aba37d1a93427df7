// The link to the experiment: copied, with a word for some seconds of how that went, or put into the dialog of embeds.
import { playground } from './playground.svelte';
import { shell } from './shell.svelte';

class Sharing {
  copied = $state<'yes' | 'no' | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  async copy(): Promise<void> {
    const link = await playground.currentLink();
    if (link === null) return;
    try {
      await navigator.clipboard.writeText(link);
      this.copied = 'yes';
    } catch {
      this.copied = 'no'; // without permission the address bar still holds the link
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.copied = null), 2500);
  }

  async embed(): Promise<void> {
    shell.embedded = await playground.currentLink();
  }
}

export const sharing = new Sharing();
