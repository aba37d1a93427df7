// Dialogs and sheets over the page: all settings, shortcuts.
export const shell = {
  close: 'Close',
  missingPart:
    'A part of the page could not be fetched. Check the connection and try again, or reload the page.',
  shortcuts: {
    title: 'Keyboard',
    open: 'Keyboard shortcuts',
  },
};
