#include "engine/nn/layers.h"

namespace athanor {
namespace {

struct Moments {
  NodeId centred = kNoNode;   // x - mean
  NodeId mean = kNoNode;      // axes kept
  NodeId variance = kNoNode;  // biased, axes kept
};

/// Mean and variance over the axes whose bit is set. Both come from one pass over the centred values, which the caller
/// goes on with.
Moments moments(Builder& graph, NodeId x, std::uint8_t axes) {
  const Attributes over{.axes = axes, .keep_axes = true};
  const NodeId mean = graph.append(Op::kMean, {x}, over);
  const NodeId centred = graph.subtract(x, mean);
  return {.centred = centred, .mean = mean, .variance = graph.append(Op::kMean, {graph.square(centred)}, over)};
}

/// x / sqrt(variance + epsilon) * gain
NodeId scaled_by(Builder& graph, NodeId x, NodeId variance, NodeId gain, double epsilon) {
  const NodeId deviation = graph.sqrt(graph.add(variance, graph.constant(epsilon)));
  return graph.multiply(graph.divide(x, deviation), gain);
}

std::uint8_t last_axis(const Builder& graph, NodeId x) {
  const int rank = graph.shape(x).rank;
  ensure(rank >= 1, "a tensor that is normalised has an axis");
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(rank - 1));
}

}  // namespace

NodeId dense(Builder& graph, NodeId x, Index units, const std::string& name) {
  const NodeId weight = graph.parameter(name + ".weight", {graph.shape(x).last(), units});
  const NodeId bias = graph.parameter(name + ".bias", {units});
  return graph.add(graph.matmul(x, weight), bias);
}

NodeId activate(Builder& graph, NodeId x, Activation activation) {
  using Apply = NodeId (*)(Builder&, NodeId);
  constexpr std::array<Apply, kActivationNames.size()> kApply{
      [](Builder& /*graph*/, NodeId input) { return input; },
      [](Builder& builder, NodeId input) { return builder.sigmoid(input); },
      [](Builder& builder, NodeId input) { return builder.tanh(input); },
      [](Builder& builder, NodeId input) { return builder.relu(input); },
      [](Builder& builder, NodeId input) { return builder.leaky_relu(input); },
      [](Builder& builder, NodeId input) { return builder.elu(input); },
      [](Builder& builder, NodeId input) { return builder.selu(input); },
      [](Builder& builder, NodeId input) { return builder.gelu(input); },
      [](Builder& builder, NodeId input) { return builder.gelu_tanh(input); },
      [](Builder& builder, NodeId input) { return builder.silu(input); },
      [](Builder& builder, NodeId input) { return builder.softplus(input); },
      [](Builder& builder, NodeId input) { return builder.hard_sigmoid(input); },
      [](Builder& builder, NodeId input) { return builder.hard_tanh(input); },
      [](Builder& builder, NodeId input) { return builder.hard_swish(input); },
      [](Builder& builder, NodeId input) { return builder.softmax(input); },
      [](Builder& builder, NodeId input) { return builder.log_softmax(input); },
      [](Builder& builder, NodeId input) { return builder.softsign(input); },
  };
  return kApply[static_cast<std::size_t>(activation)](graph, x);
}

NodeId dropout(Builder& graph, NodeId x, double rate, std::uint32_t index) {
  if (rate == 0) return x;
  return graph.multiply(x, graph.dropout_mask(graph.shape(x), rate, index));
}

NodeId layer_norm(Builder& graph, NodeId x, NodeId gain, NodeId bias, double epsilon) {
  return graph.add(graph.multiply(graph.normalize(x, epsilon), gain), bias);
}

NodeId rms_norm(Builder& graph, NodeId x, NodeId gain, double epsilon) {
  const NodeId mean_square =
      graph.append(Op::kMean, {graph.square(x)}, {.axes = last_axis(graph, x), .keep_axes = true});
  return scaled_by(graph, x, mean_square, gain, epsilon);
}

NodeId group_norm(Builder& graph, NodeId x, Index groups, NodeId gain, NodeId bias, double epsilon) {
  const Shape shape = graph.shape(x);
  const Index channels = shape.last();
  if (shape.rank < 2 || groups < 1 || channels % groups != 0) {
    throw Error(ErrorCode::kShapeMismatch, "group_norm",
                {{"op", "group_norm"},
                 {"value", shape.text()},
                 {"expected", "rows of channels that " + std::to_string(groups) + " groups divide evenly"}});
  }
  const Shape grouped{shape[0], shape.size() / (shape[0] * channels), groups, channels / groups};
  const Moments group = moments(graph, graph.reshape(x, grouped), 0b1010);
  const NodeId group_gain = graph.reshape(gain, {groups, channels / groups});
  const NodeId scaled = scaled_by(graph, group.centred, group.variance, group_gain, epsilon);
  return graph.add(graph.reshape(scaled, shape), bias);
}

BatchNorm batch_norm_training(Builder& graph, NodeId x, NodeId gain, NodeId bias, double epsilon) {
  const Shape channels{graph.shape(x).last()};
  const Index count = graph.shape(x).size() / channels[0];
  if (count < 2) {
    throw Error(
        ErrorCode::kShapeMismatch, "batch_norm",
        {{"op", "batch_norm"}, {"value", graph.shape(x).text()}, {"expected", "two values or more per channel"}});
  }
  const Moments batch = moments(graph, x, static_cast<std::uint8_t>(last_axis(graph, x) - 1));
  const NodeId output = graph.add(scaled_by(graph, batch.centred, batch.variance, gain, epsilon), bias);
  const double unbiased = static_cast<double>(count) / static_cast<double>(count - 1);
  return {.output = output,
          .mean = graph.reshape(batch.mean, channels),
          .variance = graph.reshape(graph.scale(batch.variance, unbiased), channels)};
}

NodeId batch_norm_inference(Builder& graph, NodeId x, NodeId gain, NodeId bias, NodeId mean, NodeId variance,
                            double epsilon) {
  return graph.add(scaled_by(graph, graph.subtract(x, mean), variance, gain, epsilon), bias);
}

}  // namespace athanor
