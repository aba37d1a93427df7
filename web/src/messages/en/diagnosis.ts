// What the curves say, and what can be done about it.
export const diagnosis = {
  diagnosis: {
    title: 'What the curves say',
    early: 'A few more epochs, and there will be something to say.',
    sound: 'Sound: both losses fall together.',
    overfitting:
      'Over-fitting since epoch {epoch}: the training loss falls, the validation loss has risen from {best} to {now}.',
    underfitting:
      'Under-fitting: the loss is at rest, yet the training part itself is at {score} only. Too simple, or held back.',
    diverging: 'Diverging: the loss grows instead of falling. Each step jumps too far.',
    chance:
      'Not learning: the loss is where mere guessing leaves it. The learning rate is probably too high, or too low.',
    rate_high:
      'Not learning: the loss jumps about where mere guessing leaves it. The learning rate is too high.',
    rate_low: 'Hardly learning: the loss falls, but far too slowly. The learning rate is too low.',
    cures: {
      dropout: [
        'Dropout',
        'In each step a fifth of the hidden neurons is left out, so none can rely on one neighbour',
      ],
      l2: ['L2', 'Pull on the weights: large ones cost something, and what is learnt becomes smoother'],
      early_stopping: [
        'Stop in time',
        'Ends when nothing has got better for 20 epochs, and takes the best weights back',
      ],
      more_data: [
        '4 × points',
        'Four times the points: what holds for more of them is less likely to be chance',
      ],
      more_neurons: ['More neurons', 'Twice as many in each layer, or a first hidden layer'],
      less_penalty: ['Let go', 'No dropout, no pull on the weights'],
      lower_rate: ['Rate ÷ 10', 'A tenth of the learning rate: smaller steps do not jump over the valley'],
      raise_rate: ['Rate × 10', 'Ten times the learning rate: larger steps get somewhere'],
      clip: ['Clip gradient', 'No step is longer than a gradient of length 1 makes it'],
    },
    taken: {
      anew: '{cure}: the run begins again with it.',
      back: '{cure}: back to the last sound epoch, and on from there.',
      set: '{cure}: it is set.',
    },
    effectSoon: 'Its effect stands here after the next epoch.',
    /** With a validation part, and without one. */
    effect: {
      runs: {
        both: 'Before → now, at epoch {epoch}: validation loss {validation}; gap to the training loss {gap}.',
        train: 'Before → now, at epoch {epoch}: training loss {train}.',
      },
      epochs: {
        both: 'Epoch {epoch} → now: validation loss {validation}; gap to the training loss {gap}.',
        train: 'Epoch {epoch} → now: training loss {train}.',
      },
    },
  },
};
