#include "engine/ops/loss.h"

#include <cmath>

#include "engine/graph/builder.h"
#include "engine/kernels/elementwise.h"
#include "engine/kernels/softmax.h"

namespace athanor::ops {

Shape row_loss_shape(std::span<const Shape> inputs, const Attributes& /*attributes*/) {
  if (inputs[0] != inputs[1] || inputs[0].rank != 2) {
    refuse("softmax_cross_entropy", inputs, "logits and targets of one shape (rows, classes)");
  }
  return {inputs[0][0]};
}

void squared_error_kernel(const KernelCall& call) {
  kernels::map(call.in[0], call.in[1], call.out, call.out_shape.size(),
               [](Real prediction, Real target) { return (prediction - target) * (prediction - target); });
}

void sigmoid_cross_entropy_kernel(const KernelCall& call) {
  // max(x, 0) - x t + log(1 + exp(-|x|)): no overflow for any logit.
  kernels::map(call.in[0], call.in[1], call.out, call.out_shape.size(),
               [](Real x, Real t) { return (x < 0 ? Real{0} : x) - x * t + std::log1p(std::exp(-std::abs(x))); });
}

void softmax_cross_entropy_kernel(const KernelCall& call) {
  const Shape& shape = call.in_shapes[0];
  kernels::softmax_cross_entropy(call.in[0], call.in[1], call.out, shape[0], shape[1]);
}

InputGradients squared_error_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const auto [prediction, target, none] = graph.graph()[node].inputs;
  const NodeId towards = graph.scale(graph.multiply(upstream, graph.subtract(prediction, target)), 2);
  return {wanted[0] ? towards : kNoNode, wanted[1] ? graph.negate(towards) : kNoNode, kNoNode};
}

InputGradients sigmoid_cross_entropy_gradient(Builder& graph, NodeId node, NodeId upstream,
                                              std::span<const bool> wanted) {
  const auto [logits, target, none] = graph.graph()[node].inputs;
  if (!wanted[0]) return {kNoNode, kNoNode, kNoNode};
  return {graph.multiply(upstream, graph.subtract(graph.sigmoid(logits), target)), kNoNode, kNoNode};
}

// softmax(logits) - target, which holds because every row of targets sums to 1.
InputGradients softmax_cross_entropy_gradient(Builder& graph, NodeId node, NodeId upstream,
                                              std::span<const bool> wanted) {
  const auto [logits, target, none] = graph.graph()[node].inputs;
  if (!wanted[0]) return {kNoNode, kNoNode, kNoNode};
  const NodeId per_row = graph.reshape(upstream, {graph.shape(upstream).size(), 1});
  return {graph.multiply(per_row, graph.subtract(graph.softmax(logits), target)), kNoNode, kNoNode};
}

Cost softmax_cross_entropy_cost(std::span<const Shape> inputs, const Shape& output) {
  const auto elements = static_cast<double>(inputs[0].size());
  return {.flops = 8 * elements, .bytes = (2 * elements + static_cast<double>(output.size())) * sizeof(Real)};
}

}  // namespace athanor::ops
