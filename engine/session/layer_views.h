// What the layers hold: every neuron's map over the plane, and histograms of weights, gradients and activations.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/pipeline/run.h"
#include "engine/session/plane.h"

namespace athanor {

/// Numbers of all neuron maps together at most; more are refused.
inline constexpr Index kMaxMapNumbers = 4'000'000;

/// The outputs of hidden layers on a square grid.
struct NeuronMaps {
  Index resolution = 0;
  std::vector<Index> units;  // of each hidden layer
  std::array<Real, 2> x{};   // range of the first axis, in units of the data
  std::array<Real, 2> y{};
  std::vector<Real> values;  // (neurons of all layers in order, resolution, resolution), rows from the smallest y up
};

/// Every hidden neuron's output, without dropout, over the plane. Throws kBadInput for a resolution outside 2 to
/// kMaxResolution or so large that there would be more than kMaxMapNumbers.
[[nodiscard]] NeuronMaps neuron_maps(const Run& run, Plane plane, Index resolution);

enum class Quantity : std::uint8_t { kWeights, kGradients, kActivations };
inline constexpr std::array<std::string_view, 3> kQuantityNames{"weights", "gradients", "activations"};

inline constexpr Index kMaxBins = 200;

/// How often values fall into each of equally wide bins between the smallest and the largest finite one.
struct Histogram {
  Quantity quantity = Quantity::kWeights;
  std::string name;  // of the parameter, or of the hidden layer
  double low = 0;
  double high = 0;
  double mean = 0;
  double deviation = 0;
  std::vector<std::int64_t> counts;
  std::int64_t not_finite = 0;
};

/// Of every trained parameter: its values and its gradient in the last step. Of every hidden layer: its outputs for the
/// first kHistogramRows rows of the training part. Throws kBadInput for `bins` outside 1 to kMaxBins.
[[nodiscard]] std::vector<Histogram> histograms(const Run& run, Index bins);
inline constexpr Index kHistogramRows = 512;

}  // namespace athanor
