// Multi-layer perceptron for classification and regression: dense layers with norm, activation, dropout and residual
// edges, an output layer, a loss.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/nn/init.h"
#include "engine/nn/layers.h"

namespace athanor {

enum class Loss : std::uint8_t {
  kCrossEntropy,
  kBinaryCrossEntropy,
  kSquaredError,
  kAbsoluteError,
  kHuber,
  kLogCosh,
  kHinge,
  kKullbackLeibler,
};
inline constexpr std::array<std::string_view, 8> kLossNames{
    "cross_entropy", "binary_cross_entropy", "squared_error", "absolute_error", "huber", "log_cosh",
    "hinge",         "kl_divergence"};

enum class Norm : std::uint8_t { kNone, kLayer, kRms, kBatch, kGroup };
inline constexpr std::array<std::string_view, 5> kNormNames{"none", "layer", "rms", "batch", "group"};

/// What `LayerSpec::residual` calls the network's input.
inline constexpr std::string_view kInputName = "input";

/// One hidden layer: dropout(activation(norm(x W + b))), plus the output of an earlier layer where `residual` names
/// one.
struct LayerSpec {
  std::string name;  // empty: its number, counted from 1
  Index units = 8;
  Activation activation = Activation::kTanh;
  Norm norm = Norm::kNone;
  double dropout = 0;
  bool has_initializer = false;  // else the network's
  Initializer initializer = Initializer::kXavierUniform;
  double initializer_value = 0.1;
  std::string residual;  // the name of an earlier layer, or kInputName; empty: none
  bool operator==(const LayerSpec&) const = default;
};

/// A trained table (levels, size) that turns the columns of a categorical feature, of which one is 1 and the others 0,
/// into the row of that level: the product of both, which of shares is the mean of rows, of an unknown level 0. Starts
/// as torch.nn.Embedding, normal with deviation 1.
struct Embedding {
  Index begin = 0;  // the first of its columns
  Index levels = 0;
  Index size = 0;
  bool operator==(const Embedding&) const = default;
};

struct MlpSpec {
  Index columns = 2;                  // features per row
  std::vector<Embedding> embeddings;  // by rising `begin`, not overlapping; columns outside go in as they are
  Index classes = 2;                  // 0: what is learnt is one real value per row (regression)
  std::vector<LayerSpec> layers;
  Start start{.initializer = Initializer::kXavierUniform};  // of weight matrices
  Activation output_activation = Activation::kLinear;       // where the loss compares plain outputs; see has_own_output
  Loss loss = Loss::kCrossEntropy;
  double huber_delta = 1;
  double label_smoothing = 0;   // cross-entropy, while training
  bool weighs_classes = false;  // likewise: rows count by Network::class_weights
  bool operator==(const MlpSpec&) const = default;
};

/// A running statistic of batch normalisation: the parameter that keeps it and the node that has the batch's.
struct RunningStatistic {
  std::size_t parameter = 0;
  NodeId batch = kNoNode;
};

/// A graph for a fixed number of rows, and the nodes its users need.
struct Network {
  Graph graph;
  NodeId features = kNoNode;                 // input (rows, columns)
  NodeId targets = kNoNode;                  // input (rows, outputs)
  NodeId class_weights = kNoNode;            // input (classes), while training with MlpSpec::weighs_classes
  NodeId scores = kNoNode;                   // (rows, outputs): softmax or sigmoid of the logits, or the plain outputs
  NodeId inputs = kNoNode;                   // (rows, input_width): the features, embedded ones replaced
  std::vector<NodeId> sums;                  // (rows, units) of each hidden layer and the output layer: before the norm
  std::vector<NodeId> normalized;            // likewise: what the activation is applied to; without a norm the sums
  std::vector<NodeId> activated;             // likewise: what it makes of that, before dropout and residual edge
  std::vector<NodeId> outputs;               // (rows, units) of each hidden layer, dropout and residual edge included
  NodeId row_losses = kNoNode;               // (rows)
  NodeId loss = kNoNode;                     // (), the mean of row_losses
  std::vector<Start> starts;                 // one per parameter, in order
  std::vector<NodeId> gradients;             // training only: likewise; zeros for statistics
  std::vector<RunningStatistic> statistics;  // training only
};

/// The share of a batch's statistics that enters the running ones, as in PyTorch.
inline constexpr double kStatisticShare = 0.1;

/// Groups of Norm::kGroup in a layer: as many as divide its neurons evenly, but four at most and of four neurons or
/// more (of a group of two nothing would be left but which one is larger); 1 where that cannot be.
[[nodiscard]] Index group_count(Index units);

/// The name a layer goes by.
[[nodiscard]] std::string layer_name(const std::vector<LayerSpec>& layers, std::size_t index);

/// Numbers per row that reach the first layer: `columns` with those of embedded features replaced.
[[nodiscard]] Index input_width(const MlpSpec& spec);

/// Checks the names and residual edges of layers over `inputs` numbers per row; 0 when that number is not known yet.
/// Throws kNotAChoice for an edge that leads to no earlier layer, kBadInput for a name that is taken, kResidualSize
/// where the sizes differ; the place is the field's path.
void check_layers(const std::vector<LayerSpec>& layers, Index inputs);

/// Whether a loss turns the output layer's sums into probabilities by itself, so that no output activation is applied.
[[nodiscard]] bool has_own_output(Loss loss);

/// Whether a loss can be used for real values (classes == 0) or for classes.
[[nodiscard]] bool suits(Loss loss, Index classes);

/// What one row is predicted as: a probability per class, or one value.
[[nodiscard]] Index prediction_count(const MlpSpec& spec);

/// Output neurons: one per class; of two classes a single one, which tells class 1, where its output is a sigmoid
/// (binary cross-entropy, and the losses of plain outputs but hinge under a sigmoid output); one for a value.
[[nodiscard]] Index output_count(const MlpSpec& spec);

/// Writes the target row of a class (not for regression, whose target is the value itself): one-hot, for the hinge loss
/// with -1 in place of 0, or the single 0/1 of the two-class binary form. out (outputs).
void encode_target(const MlpSpec& spec, std::int32_t label, std::span<Real> out);

/// Class probabilities (classes) from one row of scores (outputs). Outputs of losses that know no probabilities are
/// clipped to their targets' range; scores that do not already sum to 1 are divided by their sum.
void class_probabilities(const MlpSpec& spec, std::span<const Real> scores, std::span<Real> out);

/// With dropout and gradients. Batch normalisation uses the statistics of the batch, or the running ones where a batch
/// is a single row, which has none. Throws what check_layers throws.
[[nodiscard]] Network training_mlp(const MlpSpec& spec, Index rows);
/// Without; the parameter block is the same.
[[nodiscard]] Network evaluation_mlp(const MlpSpec& spec, Index rows);

/// The same network with its graph simplified (engine/graph/simplify.h) to what `outputs` need. Nodes whose values
/// nothing holds any more become kNoNode: the sums under most activations, unless they are among the outputs.
[[nodiscard]] Network simplified(const Network& network, std::span<const NodeId> outputs);

}  // namespace athanor
