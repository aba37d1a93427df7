// The keys of the drawn network, on the sheet of keys.
export const networkKeys = {
  title: 'Drawing of the network',
  note: 'While the drawing has the focus.',
  walk: 'Walk from neuron to weight to neuron',
  enter: 'Enter',
  numbers: 'Open the numbers, to change them',
  remove: 'Remove the neuron (in a field: erase text)',
};
