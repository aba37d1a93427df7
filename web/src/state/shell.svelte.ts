// What lies open over the page: dialogs and sheets that any panel, a shortcut or the tour can open; on a phone, which tab.
export type Tab = 'data' | 'model' | 'training' | 'results';

class Shell {
  tab = $state<Tab>('model');
  settingsOpen = $state(false);
  shortcutsOpen = $state(false);
  curvesOpen = $state(false);
  stepOpen = $state(false);
  startOpen = $state(false);
  tourOpen = $state(false);
  measuresOpen = $state(false);
  /** The link that is to be embedded; null while the dialog is closed. */
  embedded = $state<string | null>(null);
}

export const shell = new Shell();
