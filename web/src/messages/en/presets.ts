// What to start from: the experiments that come with the page.

export const presets = {
  presets: {
    neuron: ['One neuron', 'A sigmoid neuron learns sample by sample; each step can be checked by hand'],
    listing: [
      'The first listing',
      '32 random samples, 1000 steps, a line every 100; random targets leave a loss of about 1/12',
    ],
    spiral: ['Spiral', 'Two spirals that two hidden layers unwind'],
    iris: [
      'Iris',
      'Three kinds of iris told apart by the sizes of their flowers; a real table with a repeated row',
    ],
    digits: ['Digits', 'Handwritten digits of 8 × 8 pixels: 64 columns, ten classes'],
    overfit: [
      'Over-fitting',
      'Few noisy points and a network far too large: the training loss falls, the validation loss rises',
    ],
    waves: ['Waves', 'A surface of hills and valleys: learning values instead of classes'],
    residual: ['Residual links', 'Three blocks with layer norm, each added to the one before, on four rings'],
  },
  scratch: 'Start from scratch',
  scratchHint: 'The default experiment; what this browser keeps of the present one is forgotten',
};
