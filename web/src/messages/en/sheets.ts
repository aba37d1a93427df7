// What the sheet of keys says.
export const sheets = {
  keySheet: {
    title: 'Keyboard',
    open: 'Keyboard shortcuts',
    keys: {
      run: 'Run or pause',
      batch: 'One batch',
      epoch: 'One epoch',
      stage: 'One stage',
      rewind: 'Rewind to the start',
      inspect: 'Look inside the next step',
      settings: 'All settings',
      start: 'Experiments to begin with',
      save: 'Save the experiment as a file',
      open: 'Open a file',
      sheet: 'This sheet',
    },
    space: 'Space',
    note: 'They work wherever no text is being typed. Tab walks through every control; Escape closes what lies on top.',
  },
};
