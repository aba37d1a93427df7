// The keys of painting, on the sheet of keys.
export const paintingKeys = {
  title: 'Editing points',
  note: 'While the sheet of points has the focus; undo and redo work everywhere while points are being edited.',
  shift: 'Shift',
  classes: 'Choose a class',
  cursor: 'Move the cursor',
  leap: 'Move it farther',
  use: 'Use the tool at the cursor',
  letGo: 'Let go of a point',
  undo: 'Undo',
  redo: 'Redo',
};
