// Cells of the confusion matrix, and thresholds.
export const judging = {
  judging: {
    open: 'All measures, curves, cross-validation',
    part: 'Part of the data',
    sealedPart: 'Test (sealed)',
    cell: 'true {truth}, predicted {predicted}: {count}',
    hint: 'Press a cell to ring its points in the picture.',
    ringed: {
      train: 'Ringed: {count} of the training part, true {truth}, predicted {predicted}.',
      validation: 'Ringed: {count} of the validation part, true {truth}, predicted {predicted}.',
      test: 'Ringed: {count} of the test part, true {truth}, predicted {predicted}.',
    },
    noneRinged: 'No point is true {truth} and predicted {predicted}.',
    ringedText: '{count} points of the chosen cell of the confusion matrix are ringed.',
    threshold: 'Threshold for “{name}”',
    thresholdHint:
      'From this probability on a row is predicted as this class. The picture shows the line where the network gives exactly it.',
    noThreshold: 'Without a threshold: the more probable class',
  },
};
