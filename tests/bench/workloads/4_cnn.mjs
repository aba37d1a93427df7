// A small convolutional network on images.
//
// An implementation has to: convolve 3×3 with one row of zeros around the image, so that its size stays; ReLU; take the largest of
// each 2×2; the same again; one dense layer over (channels, height, width) in that order; softmax cross-entropy, mean over the
// batch; gradients of all six parameters; Adam. Weights come as `weightsOf` gives them (data.mjs): convolutions (out, in, 3, 3),
// the dense layer (in, out).

/** @type {import('../workload.mjs').CnnWorkload[]} */
export const workloads = [
  {
    kind: 'cnn',
    name: 'cnn',
    title: 'conv 8, pool, conv 16, pool, dense 10 on 28×28, batch 32',
    batch: 32,
    rows: 256,
    side: 28,
    channels: [8, 16],
    classes: 10,
    learning_rate: 0.001,
  },
];
