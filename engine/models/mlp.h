// Multi-layer perceptron for classification: dense layers with activation and dropout, a linear output layer, a loss.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/nn/layers.h"

namespace athanor {

enum class Loss : std::uint8_t { kCrossEntropy, kBinaryCrossEntropy, kSquaredError };
inline constexpr std::array<std::string_view, 3> kLossNames{"cross_entropy", "binary_cross_entropy", "squared_error"};

struct LayerSpec {
  Index units = 8;
  Activation activation = Activation::kTanh;
  double dropout = 0;
};

struct MlpSpec {
  Index columns = 2;  // features per row
  Index classes = 2;
  std::vector<LayerSpec> layers;
  Loss loss = Loss::kCrossEntropy;
};

/// A graph for a fixed number of rows, and the nodes its users need.
struct Network {
  Graph graph;
  NodeId features = kNoNode;      // input (rows, columns)
  NodeId targets = kNoNode;       // input (rows, outputs)
  NodeId scores = kNoNode;        // (rows, outputs): softmax or sigmoid of the logits, or the plain outputs
  NodeId row_losses = kNoNode;    // (rows)
  NodeId loss = kNoNode;          // (), the mean of row_losses
  std::vector<NodeId> gradients;  // training only: one per parameter, in order
};

/// Output neurons: one per class; with binary cross-entropy and two classes a single one for class 1.
[[nodiscard]] Index output_count(const MlpSpec& spec);

/// Writes the target row of a class: one-hot, or the single 0/1 of the two-class binary form. out (outputs).
void encode_target(const MlpSpec& spec, std::int32_t label, std::span<Real> out);

/// Class probabilities (classes) from one row of scores (outputs). Squared-error outputs are clipped to [0, 1]; scores
/// that do not already sum to 1 are divided by their sum.
void class_probabilities(const MlpSpec& spec, std::span<const Real> scores, std::span<Real> out);

/// With dropout and gradients.
[[nodiscard]] Network training_mlp(const MlpSpec& spec, Index rows);
/// Without; the parameter block is the same.
[[nodiscard]] Network evaluation_mlp(const MlpSpec& spec, Index rows);

}  // namespace athanor
