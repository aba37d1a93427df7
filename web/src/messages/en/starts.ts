// Experiments to begin with: what there is to see, and what to try.
export const starts = {
  starts: {
    title: 'Where would you like to begin?',
    see: 'You will see',
    attempt: 'Try',
    note: 'A card replaces the experiment on the page.',
    cards: {
      neuron: {
        title: 'One neuron',
        see: 'a single neuron turn its line, sample by sample, until it parts two classes; every step written out in numbers.',
        attempt: 'press Batch a few times and check the sums by hand. Then Run.',
      },
      spiral: {
        title: 'Spiral',
        see: 'two hidden layers unwind two spirals: straight edges first, then a boundary that follows the arms.',
        attempt: 'remove a layer, or leave two neurons in each. Does it still get there?',
      },
      iris: {
        title: 'Iris',
        see: '150 real flowers of three species, told apart by four lengths. One species stands alone; the other two overlap.',
        attempt: 'find the mistakes in the confusion matrix, then choose other axes for the picture.',
      },
      overfit: {
        title: 'Over-fit me',
        see: 'the training loss fall and the validation loss rise: few noisy points, learnt by heart by a network far too large.',
        attempt: 'wait until the page says “Over-fitting”, then click one of the cures below the curves.',
      },
      own: {
        title: 'Your own points',
        see: 'an empty sheet and a brush. The network learns to tell apart the two groups that you paint.',
        attempt:
          'paint two classes and press Run. Then a ring around a blob, or a few points in the wrong place.',
      },
    },
  },
};
