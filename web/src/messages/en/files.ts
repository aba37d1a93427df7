// The experiment as a file, and the menu it is in.
export const files = {
  save: 'Save as a file',
  saveHint: 'The whole experiment with its data',
  open: 'Open a file',
  openHint: 'A saved experiment or a table; you can also drop it on the page',
  errors: {
    empty: '{name} is empty. The experiment on screen is as it was.',
    notJson:
      '{name} is damaged: line {line}, column {column} is not JSON. The experiment on screen is as it was.',
    noExperiment: '{name} holds no experiment. The one on screen is as it was.',
    tooLarge: '{name} has {size}; an experiment has at most {max}.',
  },
};
