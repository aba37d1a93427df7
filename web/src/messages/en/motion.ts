// Slow motion: one sentence for each phase, with its numbers.
export const motion = {
  phases: {
    prepare: ['Prepare', '{rows} rows with {columns} features are drawn or read.'],
    clean: ['Clean', '{removed} rows are dropped: broken, incomplete, there twice, or far out.'],
    cleanLabels: [
      'Clean',
      '{removed} rows are dropped; {relabelled} rows with doubtful labels get another one.',
    ],
    augment: [
      'Augment',
      '{added} changed copies are added, so that the network sees more than the data alone.',
    ],
    split: [
      'Split',
      '{train} rows to train on, {validation} to check on, {test} sealed away until the end. Columns are scaled by the training rows alone.',
    ],
    batch: [
      'Take a batch',
      'Epoch {epoch}, batch {batch} of {batches}: {batch_rows} training rows, in an order drawn anew for every epoch.',
    ],
    forward: [
      'Forward',
      'The {batch_rows} rows pass through all {layers} layers: sums, activations, answers.',
    ],
    loss: ['Loss', 'The answers are held against the targets: on average they are wrong by {loss}.'],
    backward: [
      'Backward',
      'From the loss back through the layers: each of the {parameters} parameters gets its gradient; together it is {gradient} long.',
    ],
    update: [
      'Update',
      'The optimiser moves every parameter against its gradient, at rate {learning_rate}; together by {change}. This was step {step}.',
    ],
    rest: [
      'The other batches',
      'Epoch {epoch}, batch {batch} of {batches}: the same again, batch by batch. Loss {loss}.',
    ],
    single: [
      'One step',
      'Epoch {epoch}, {batch} of {batches} batches done: the last had loss {loss}; the weights moved at rate {learning_rate}.',
    ],
    train: ['Train', 'Every training row was used once, batch by batch; the last batch had loss {loss}.'],
    evaluate: [
      'Evaluate',
      'After epoch {epoch} the network answers the {validation_rows} validation rows, which it never trains on: loss {loss}, F1 {f1}.',
    ],
    evaluateValues: [
      'Evaluate',
      'After epoch {epoch} the network answers the {validation_rows} validation rows, which it never trains on: loss {loss}, R² {r2}.',
    ],
    optimise: [
      'Optimise',
      'If the validation loss has stopped falling, the learning rate is reduced. It is {learning_rate}, after {reductions} reductions.',
    ],
    done: ['Done?', '{epoch} of {max_epochs} epochs are done, so training goes on.'],
    doneOver: ['Done?', '{epoch} of {max_epochs} epochs are done, and training ends.'],
    finish: ['Finish', 'The sealed test part is opened, once: {rows} rows, accuracy {accuracy}.'],
    finishValues: ['Finish', 'The sealed test part is opened, once: {rows} rows, R² {r2}.'],
  },
};
