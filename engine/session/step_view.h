// The step inspector: one training step taken apart, with every number a person needs to follow it by hand.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/pipeline/run.h"

namespace athanor {

/// Numbers of one parameter or of one layer that are shown at most; larger ones are given by their shapes alone.
inline constexpr Index kMaxViewNumbers = 4096;

/// One parameter in this step. The vectors are empty for more numbers than kMaxViewNumbers.
struct ParameterView {
  std::string name;  // as in Graph: "layers.0.weight", "output.bias"
  Shape shape;
  bool is_trained = true;
  std::vector<Real> before;
  std::vector<Real> gradient;  // of the loss, before penalties and clipping; mean over the accumulated batches
  std::vector<Real> after;     // equals `before` when the step only accumulates
};

/// What one layer makes of the batch. The vectors are empty for more numbers than kMaxViewNumbers.
struct LayerView {
  std::string name;  // the layer's, "output" for the last
  Index units = 0;
  std::vector<Real> sums;     // (rows, units): x W + b
  std::vector<Real> outputs;  // (rows, units): after norm, activation, dropout, residual edge; of "output" the scores
};

/// The step that will be taken next.
struct StepView {
  std::uint64_t step = 0;  // counted from 1
  int epoch = 0;           // likewise
  Index batch = 0;         // likewise
  double learning_rate = 0;
  bool is_update = true;           // false while gradients are being accumulated
  std::vector<std::int32_t> rows;  // of the data set: the batch
  Index columns = 0;
  std::vector<Real> features;  // (rows, columns) as the network sees them
  Index outputs = 0;
  std::vector<Real> targets;      // (rows, outputs)
  std::vector<LayerView> layers;  // hidden ones, then the output
  std::vector<Real> row_losses;   // (rows)
  double loss = 0;                // their mean
  double gradient_norm = 0;       // Euclidean length of the gradient of the loss, as in ParameterView
  double update_norm = 0;         // likewise: of what the step changes in the trained numbers
  std::vector<ParameterView> parameters;
};

/// Computes the step that Train will take next without taking it: the run is left as it is, and the step, when it is
/// taken, has these very bits. Takes the time of some steps, and memory for every value of one. Throws kBadInput
/// before the split, kMemoryLimit.
[[nodiscard]] StepView view_next_step(const Run& run);

}  // namespace athanor
