// A convolutional network for small images: convolution, ReLU and pooling, over and over; then one dense layer.
#pragma once

#include "engine/models/training_graph.h"

namespace athanor {

struct CnnSpec {
  Index height = 28;
  Index width = 28;
  Index channels = 1;
  std::vector<Index> filters{8, 16};  // of each convolution
  Index size = 3;                     // of its windows, padded so that images keep their size; odd
  Index pool = 2;                     // the largest of so many by so many follows
  Index classes = 10;
};

/// inputs (batch, height, width, channels), targets (batch, classes). Weights begin as He et al. 2015 have them, biases
/// at 0. Throws kShapeMismatch where the images grow smaller than a window.
[[nodiscard]] TrainingGraph training_cnn(const CnnSpec& spec, Index batch);

}  // namespace athanor
