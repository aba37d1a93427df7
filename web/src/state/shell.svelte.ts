// What lies open over the page: dialogs and sheets that any panel, a shortcut or the tour can open; on a phone, which tab.
import type { StageId } from 'athanor';
import type { Ring } from './moment';

export type Tab = 'data' | 'model' | 'training' | 'results';

class Shell {
  tab = $state<Tab>('model');
  /** The panel that a stage led to, as long as the focus is there. */
  ring = $state<Ring | null>(null);
  /** The stage that was chosen last, told below the flowchart. */
  stage = $state<StageId | null>(null);
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
