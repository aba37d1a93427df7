// One training step of a single sigmoid neuron in six steps, each as a formula and with this step's numbers beside it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pipeline/run.h"

namespace athanor {

/// kInitialise: the weights the run began with. kSum: z. kActivate: y = sigmoid(z). kLoss: L = (y - t)^2. kGradient: by
/// the chain rule. kUpdate: a step against the gradient.
enum class NeuronPhase : std::uint8_t { kInitialise, kSum, kActivate, kLoss, kGradient, kUpdate };
inline constexpr std::array<std::string_view, 6> kNeuronPhaseNames{"initialise", "sum",      "activate",
                                                                   "loss",       "gradient", "update"};

/// A formula and the same with numbers in place of symbols: "y = 1 / (1 + exp(-z))", "0.62 = 1 / (1 + exp(-0.49))".
struct NeuronLine {
  std::string formula;
  std::string numbers;
};

struct NeuronStep {
  std::uint64_t step = 0;  // counted from 1: the one that Train will take next
  std::int32_t row = 0;    // of the data set
  std::vector<double> x;   // (columns) as the neuron sees them
  double target = 0;
  std::vector<double> initial;  // (columns + 1): the weights and the bias the run began with
  std::vector<double> before;   // (columns + 1): likewise, before this step
  double z = 0;
  double y = 0;
  double loss = 0;
  double loss_by_y = 0;          // dL/dy = 2 (y - t)
  double y_by_z = 0;             // dy/dz = y (1 - y)
  std::vector<double> gradient;  // (columns + 1): dL/dw = dL/dy dy/dz x, dL/db
  double learning_rate = 0;
  std::vector<double> after;                     // (columns + 1)
  std::array<std::vector<NeuronLine>, 6> lines;  // by NeuronPhase
};

/// The most inputs a neuron may have to be taken apart.
inline constexpr Index kMaxNeuronInputs = 8;

/// The next step of a network without hidden layers whose one output is a sigmoid, trained with squared error, plain
/// gradient descent and a batch of one sample (the preset "neuron"). All numbers but dL/dy and dy/dz are read from the
/// step itself (view_next_step), which has these very bits when it is taken. Throws kBadInput that says what differs
/// for any other run, and what view_next_step throws.
[[nodiscard]] NeuronStep view_neuron_step(const Run& run);

}  // namespace athanor
