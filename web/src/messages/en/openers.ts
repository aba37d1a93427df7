// What stands on the page itself of that which is fetched later.
export const openers = {
  start: 'Start',
  startHint: 'Five experiments to begin with (N)',
  more: 'More',
  moreHint: 'Save the experiment as a file, open one; light or dark',
  formulas: 'Formulas',
  formulasHint: 'The next step, formula by formula, with its numbers (key I)',
  largeCurves: 'Enlarge and compare',
  nextStep: 'Inside the next step',
  dropHint: 'Drop a table anywhere, or',
  chooseFile: 'Choose file',
  paste: 'Paste',
  pasteHint: 'Paste a table; Ctrl+V works anywhere on the page',
  linkNote:
    'Too large for a link. This browser keeps the table for your next visit; to pass it on, share the file, or take a smaller sample.',
  narration: 'What is happening',
  narrationIdle: 'Choose the speed “Slow motion”, or take a step: what happens is told here.',
  variantHint: {
    simd: 'The reference build: the same bits in every browser',
    relaxed: 'The build with relaxed SIMD: the last bits may differ from the reference',
  },
};
