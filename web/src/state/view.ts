// What this page shows of itself: everything, or in an embed what its author chose.
import { type Panel, panels, readOptions } from '../embed/options';

const isEmbed = document.documentElement.dataset['page'] === 'embed';
const options = readOptions(location.search);

export const view = {
  ...options,
  isEmbed,
  /** The page itself has all its panels, whatever its address says. */
  panels: isEmbed ? options.panels : new Set<Panel>(panels),
  problems: isEmbed ? options.problems : [],
  /** The whole page's address with a document in it. */
  wholePage: (hash: string): string => (isEmbed ? new URL(`./${hash}`, location.href).href : location.href),
  shows(...names: Panel[]): boolean {
    return names.some((name) => this.panels.has(name));
  },
};
