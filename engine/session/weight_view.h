// The network as it is drawn: the weights between its first neurons, and the numbers of a single one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/pipeline/run.h"

namespace athanor {

/// Neurons of a layer, and inputs of one, that are shown at most: 64 * 64 weights per layer.
inline constexpr Index kMaxShownUnits = 64;

/// What one layer multiplies and adds: of a large one the first inputs and neurons, and how many there are.
struct LayerWeights {
  std::string parameter;  // what its parameters' names begin with: "layers.0", "output"
  Index inputs = 0;
  Index units = 0;
  Index shown_inputs = 0;
  Index shown_units = 0;
  std::vector<Real> weights;  // (shown_inputs, shown_units)
  std::vector<Real> biases;   // (shown_units)
};

/// The trained weights of the hidden layers and the output layer, at most `units` inputs and neurons of each; copies
/// what is shown and nothing else. Where an average is kept, these are the weights that are averaged. Throws kBadInput
/// for `units` outside 1 to kMaxShownUnits and before there is a network.
[[nodiscard]] std::vector<LayerWeights> view_weights(const Run& run, Index units);

/// How a value is distributed over rows.
struct Spread {
  double mean = 0;
  double deviation = 0;
  double low = 0;
  double high = 0;
};

/// One neuron in numbers.
struct UnitView {
  std::string parameter;  // as in LayerWeights
  Index unit = 0;
  Index inputs = 0;
  std::vector<Real> weights;  // of the first kMaxShownUnits inputs
  Real bias = 0;
  Index rows = 0;  // those that the two below are taken over
  Spread sum;      // x W + b
  Spread output;   // after norm, activation and residual edge, without dropout; of the output layer the score
};

/// Rows of the training part that a neuron's sums are taken over at most.
inline constexpr Index kUnitViewRows = 512;

/// Neuron `unit` of hidden layer `layer`, or of the output layer for the number that follows the last hidden one; over
/// the first kUnitViewRows rows of the training part, with the weights that are evaluated. Throws kBadInput for a
/// neuron that there is not and before there is a network.
[[nodiscard]] UnitView view_unit(const Run& run, Index layer, Index unit);

/// Writes number `index` of the trained parameter `name` ("layers.0.weight", its rows one after the other) for the
/// steps that follow. Throws kNotAChoice for another name, kBadInput for an index outside it, for a value that Real
/// cannot hold and before there is a network; nothing is changed then.
void change_parameter(Run& run, std::string_view name, Index index, double value);

}  // namespace athanor
