// Taking a neuron out of the network under way.
export const removal = {
  remove: 'Remove this neuron',
  hint: 'Also the Delete key while the neuron is chosen in the drawing',
  note: 'Training goes on without it; every other weight stays as it is. A link keeps only how many neurons are left.',
  early: 'There is no network to take it from yet: the first training step makes one.',
  told: 'Removed. Layer {layer} has {units} neurons left; training loss {loss}.',
};
