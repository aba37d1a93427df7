// What cleaning and augmentation come to: scores with and without, samples before and after.
export const preparing = {
  preparing: {
    trial: 'What cleaning does to the score',
    trialOpen: 'Effect on the score',
    trialMeaning:
      'The experiment is trained twice, without cleaning and with it: same seed, same number of epochs, no early end. Rows with missing values are treated as set in both, for a network cannot take them.',
    trialCaution:
      'Each is measured on its own validation part. What was cleaned away is missing there too, so a better score may partly mean easier rows.',
    begin: 'Train both',
    cancel: 'Cancel',
    variant: 'Variant',
    variants: { without: 'Without cleaning', cleaned: 'With cleaning' },
    rows: 'Rows trained on',
    difference: 'Difference',
    percentPoints: '{value} points',
    running: 'Training {number} of {count} …',
    done: 'Both are trained.',
    cancelled: 'Cancelled.',
    stopped: 'The engine stopped meanwhile. Please begin anew.',
    old: 'The settings have changed since.',
    samples: 'Before and after',
    samplesTitle: 'Training samples before and after augmentation',
    before: 'Before: {count} samples',
    after: 'After: {count} samples',
    beforeText: 'The {count} training samples over {x} and {y}; sample {number} is ringed.',
    afterText:
      'The same with {copies} copies; sample {number} and its copies are ringed and joined by lines.',
    sample: 'Sample',
    what: 'Row',
    original: 'The sample',
    copy: 'Copy {number}',
    noCopies: 'This sample has no copies.',
    more: 'and {count} more',
    samplesNote:
      'Only training rows are copied. Copies of held-out rows are dropped at the split, so that nothing is measured on them.',
  },
};
