// What stands in a place that is still empty: what will be there, and how it gets there.
export const empty = {
  empty: {
    data: 'The sheet in hand has too few points yet. Paint two classes on the picture, and they are the data.',
    dataValues: 'The sheet in hand has too few points yet. Paint some on the picture, and they are the data.',
    sheet:
      'Choose class 1 and drag across the sheet. Then choose class 2 and drag somewhere else. Then press Run.',
    sheetValues:
      'Choose a value and drag across the sheet. Then choose another and drag somewhere else. Then press Run.',
    network: 'Run shows the weights.',
    picture: 'The points come here first, then the network’s answer for every place: press Run.',
    axes: ['x axis', 'y axis'],
    others: 'others at their mean',
    plane: 'Two of {count} columns; all others are held at their mean.',
    loss: 'Loss after each epoch is drawn here: press Run or Epoch.',
    lossSoon: 'The first epoch is under way; it adds the first point.',
    score: '{score} after each epoch is drawn here.',
    confusion: 'True against predicted classes, once an epoch has been evaluated.',
    confusionNothing: 'Rows kept back for validation are counted here; the split keeps none back.',
    measures: 'Measured after each epoch: press Run.',
    log: 'A line for the first step and for every 100th: press Run.',
    large: 'The curves of this run are drawn here from its first epoch on: press Run.',
    cleaned: 'Rows that cleaning drops or changes are listed here; of these data it kept all.',
    cleanedLater: 'Rows that cleaning drops or changes are listed here once it has run.',
  },
};
