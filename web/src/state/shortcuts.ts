// Keys that do something wherever no text is being typed.
import type { Panel } from '../embed/options';
import { openFile, saveFile } from './files';
import { playground } from './playground.svelte';
import { shell } from './shell.svelte';
import { view } from './view';

export type ShortcutName =
  | 'run'
  | 'batch'
  | 'epoch'
  | 'stage'
  | 'rewind'
  | 'inspect'
  | 'settings'
  | 'start'
  | 'save'
  | 'open'
  | 'sheet';

export interface Shortcut {
  name: ShortcutName;
  /** KeyboardEvent.key; letters small. */
  key: string;
  act: () => unknown;
}

/** What an author has hidden cannot be done by a key either. */
function shownWith(panels: readonly Panel[], ...those: Shortcut[]): Shortcut[] {
  return view.shows(...panels) ? those : [];
}

export const shortcuts: readonly Shortcut[] = [
  ...shownWith(
    ['controls'],
    { name: 'run', key: ' ', act: () => playground.run(!playground.running) },
    { name: 'batch', key: 'b', act: () => playground.step('batch') },
    { name: 'epoch', key: 'e', act: () => playground.step('epoch') },
    { name: 'stage', key: 's', act: () => playground.step('stage') },
    { name: 'rewind', key: 'r', act: () => playground.rewind() },
  ),
  // Each where there is something to open it with.
  ...shownWith(['controls', 'network'], { name: 'inspect', key: 'i', act: () => (shell.stepOpen = true) }),
  ...shownWith(['training'], { name: 'settings', key: ',', act: () => (shell.settingsOpen = true) }),
  ...shownWith(['settings'], { name: 'save', key: 'd', act: saveFile }),
  ...(view.isEmbed
    ? []
    : [
        { name: 'start' as const, key: 'n', act: () => (shell.startOpen = true) },
        { name: 'open' as const, key: 'o', act: openFile },
      ]),
  { name: 'sheet', key: '?', act: () => (shell.shortcutsOpen = true) },
];

/** Whether an element takes this key for itself: letters go into texts, the space bar presses buttons. */
function takesKey(element: Element | null, key: string): boolean {
  if (element === null) return false;
  if (element.closest('dialog, [role="dialog"], [contenteditable="true"]') !== null) return true;
  if (element instanceof HTMLInputElement) return element.type !== 'checkbox' || key === ' ';
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  const isPressable = 'button, summary, a[href], [role="button"], [role="tab"], [role="application"]';
  return key === ' ' && element.closest(isPressable) !== null;
}

/** What a key means here; null where it means nothing or belongs to the element that has the focus. */
export function shortcutOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'defaultPrevented'>,
  focused: Element | null,
): Shortcut | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return takesKey(focused, key) ? null : (shortcuts.find((shortcut) => shortcut.key === key) ?? null);
}
