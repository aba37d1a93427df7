// What the curves and the picture show, in words and tables.
export const inNumbers = {
  table: 'Data table',
  curves:
    'Epoch {epoch}: loss {train} in training, {validation} in validation; {score} {trainScore} in training, {validationScore} in validation. A table of all epochs follows the charts.',
  all: 'Every epoch.',
  thinned: '{shown} of {count} epochs, evenly spaced.',
  picture: 'What the network answers',
  pictureHint: 'The picture as a table: what is answered where',
  points: 'The points on the sheet',
  pointsHint: 'The points on the sheet as a table',
  pointCount: 'Points: {count}',
  number: 'No.',
  more: 'and {count} more',
  nothing: 'The network has answered nothing yet: run it.',
  shares: 'Share of the shown plane that is answered with each class',
  grid: 'The most likely class and its probability, {x} from left to right, {y} from top to bottom',
  gridValues: 'The answer, {x} from left to right, {y} from top to bottom',
  keys: 'The arrow keys move over the picture, with Shift in larger steps; the answer there is read out. Escape lets go. A data table stands beside the picture.',
};
