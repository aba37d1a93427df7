// The page inside other pages, and what came by a link.
export const embed = {
  run: 'Run',
  runHint: 'This experiment was made by someone else. It runs when you press the button, in this tab alone.',
  option: '“{value}” means nothing to {option} in this page’s address; it takes: {allowed}.',
  open: 'Embed',
  openHint: 'The code that puts this experiment into your own page, with a preview',
};
