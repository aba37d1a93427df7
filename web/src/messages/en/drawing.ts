// The drawn network: what its neurons and weights are called, and the controls of its layers.
export const drawing = {
  drawing: {
    name: 'Drawing of the network, neurons by layer: {layers}',
    keys: 'Up and down arrows: another neuron or weight. Left and right arrows: from a neuron to its weights and on. Enter: its numbers. Delete: takes the neuron out.',
    more: '+{count} more',
    unnamedInput: 'input {number}',
    neuron: 'layer {layer}, neuron {number}',
    output: 'output “{name}”',
    plainOutput: 'the output',
    weight: 'Weight from {from} to {to}',
    bias: 'Bias of {neuron}',
    says: '{name}: {value}',
    saysNeuron: '{name}: bias {bias}, mean sum {sum}',
    plane: '{x} to the right, {y} upwards',
    planeOne: '{x} to the right',
    change: 'Click to change it.',
    settings: 'Settings of layer {number}: {activation}',
    settingsHint:
      'Activation, norm, dropout, initial weights, residual edge. Drag sideways to move the layer.',
    settingsTitle: 'Hidden layer {number}',
    whole: 'All layers',
    wholeHint: 'What counts for the whole network: output activation and initial weights',
    table: 'Numbers',
    tableHint: 'Weights and biases as tables',
    layer: 'layer {number}',
    outputLayer: 'the output layer',
  },
};
