// What lies open over the page: dialogs and sheets that any panel, a shortcut or the tour can open.
class Shell {
  settingsOpen = $state(false);
  shortcutsOpen = $state(false);
  curvesOpen = $state(false);
  stepOpen = $state(false);
}

export const shell = new Shell();
