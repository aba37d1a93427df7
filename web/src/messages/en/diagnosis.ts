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
      clip: ['Clip gradient', 'No step is longer than a gradient of length 1 makes it'],
    },
  },
};
