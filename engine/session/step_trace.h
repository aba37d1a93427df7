// One neuron followed through the step that Train will take next: for one sample of the batch its sum, output and
// gradients, and for its weights the gradient over the batch and the optimiser's update. As large as the network may
// be, this can be followed by hand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/pipeline/run.h"

namespace athanor {

/// What is followed: all counted from 0. `layer` counts the hidden layers, then the output layer; `input` the weights
/// of the neuron, then its bias.
struct TracePlace {
  Index sample = 0;
  Index layer = 0;
  Index unit = 0;
  Index input = 0;
};

/// Samples of the batch whose losses and gradients are given at most, those that are shown with their features, the
/// features of each, and neurons of every layer.
inline constexpr Index kMaxTraceRows = 4096;
inline constexpr Index kMaxTraceSamples = 64;
inline constexpr Index kMaxTraceColumns = 4;
inline constexpr Index kMaxTraceUnits = 64;

/// One layer of the network, and what it makes of the sample: of its first kMaxTraceUnits neurons.
struct TraceLayer {
  std::string name;  // "output" for the last
  Index inputs = 0;
  Index units = 0;
  Activation activation = Activation::kLinear;  // of the output layer: what makes scores of sums
  Norm norm = Norm::kNone;
  double dropout = 0;
  std::string residual;       // the name of an earlier layer or kInputName; empty: none
  std::vector<Real> sums;     // x W + b
  std::vector<Real> outputs;  // what is passed on; of the output layer the scores
};

/// The chosen neuron and sample. What does not apply has no value.
struct TraceNeuron {
  std::vector<Real> inputs;   // (inputs) of the layer, for this sample
  std::vector<Real> weights;  // (inputs)
  Real bias = 0;
  Real sum = 0;
  Real normalized = 0;  // what the activation is applied to: the sum itself without a norm
  Real activated = 0;
  Real output = 0;            // after dropout and residual edge
  std::optional<Real> slope;  // d activated / d normalized; none for activations that look at a whole layer
  Real sum_gradient = 0;      // d loss / d sum
  Real normalized_gradient = 0;
  // d loss / d output and / d activated: none where the loss is taken of the sums (has_own_output)
  std::optional<Real> output_gradient;
  std::optional<Real> activated_gradient;
  // Where d loss / d output comes from: along the weights to each neuron of the next layer, and over residual edges.
  std::vector<Real> onward_weights;
  std::vector<Real> onward_gradients;  // d loss / d sum of those neurons
  std::vector<Real> residual_gradients;
};

/// The neuron's weights and, as the last of each vector, its bias.
struct TraceUpdate {
  std::vector<Real> before;
  std::vector<Real> batch_gradient;             // of the loss of this batch
  std::vector<Real> gradient;                   // the mean over accumulated batches
  std::vector<Real> applied;                    // with penalties and clipped: what the optimiser gets
  std::vector<Real> after;                      // equals `before` when the step only accumulates
  std::vector<std::vector<Real>> slots_before;  // the optimiser's state, in the order of its own rule
  std::vector<std::vector<Real>> slots_after;
};

struct StepTrace {
  TracePlace place;
  std::uint64_t step = 0;  // counted from 1
  int epoch = 0;           // likewise
  Index batch = 0;         // likewise
  Index batches = 0;       // of an epoch
  Index batch_rows = 0;
  bool is_update = true;             // false while gradients are being accumulated
  bool accumulates = false;          // the gradient is a mean over several batches
  double learning_rate = 0;          // by the schedule
  std::uint64_t optimizer_step = 0;  // the one this is, since the optimiser was chosen
  StepSettings settings;
  bool decays = false;  // whether weights are shrunk by learning_rate * weight_decay, apart from the gradient

  // The batch: its first kMaxTraceRows samples
  std::vector<std::int32_t> rows;  // of the data set
  std::vector<Real> row_losses;
  std::vector<Real> first_features;  // of the first kMaxTraceSamples samples, the first kMaxTraceColumns
  std::vector<Real> first_targets;   // likewise (outputs)
  std::vector<Real> column;          // input `place.input` of the layer; ones for the bias
  std::vector<Real> sum_gradients;   // d loss / d sum of the neuron

  // The sample
  std::vector<Real> features;  // (columns) as the network sees them
  std::vector<Real> targets;   // (outputs)
  std::vector<Real> scores;    // (outputs)

  Loss loss_kind = Loss::kCrossEntropy;
  double huber_delta = 1;
  double label_smoothing = 0;
  std::vector<Real> class_weights;  // (classes); empty: all count alike
  double loss = 0;                  // mean over the batch

  std::vector<TraceLayer> layers;
  TraceNeuron neuron;
  TraceUpdate update;
};

/// Computes the step as view_next_step() does, and as it the run is left as it is. Throws kBadInput for a place that
/// there is not and before the split, kMemoryLimit.
[[nodiscard]] StepTrace trace_next_step(const Run& run, const TracePlace& place);

}  // namespace athanor
