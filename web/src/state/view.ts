// What this page shows of itself: everything, or in an embed what its author chose.
import { type Panel, panels, readOptions } from '../embed/options';
import type { Wanted } from '../engine/protocol';

const isEmbed = document.documentElement.dataset['page'] === 'embed';
const options = readOptions(location.search);

const usualVariant: Wanted = isEmbed ? 'simd' : 'fastest';

export const view = {
  ...options,
  isEmbed,
  /** The page itself has all its panels, whatever its address says. */
  panels: isEmbed ? options.panels : new Set<Panel>(panels),
  problems: isEmbed ? options.problems : [],
  /** The whole page's address with a document in it. */
  wholePage: (hash: string): string => {
    const query = options.variant === undefined ? '' : `?variant=${options.variant}`;
    return isEmbed ? new URL(`./${query}${hash}`, location.href).href : location.href;
  },
  /** Embeds have the same bits in every browser, unless their author asks otherwise; the page has what is fastest here. */
  variant: options.variant ?? usualVariant,
  /** The page was asked for a build, which may be another one than it usually has here. */
  isVariantAsked: options.variant !== undefined,
  shows(...names: Panel[]): boolean {
    return names.some((name) => this.panels.has(name));
  },
};
