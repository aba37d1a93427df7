#include "engine/ops/loss.h"

#include <cmath>
#include <numbers>

#include "engine/kernels/activation.h"
#include "engine/kernels/softmax.h"
#include "engine/ops/apply.h"

namespace athanor::ops {
namespace {

/// Gradients of a loss of prediction - target from the one towards the prediction.
InputGradients opposite(Builder& graph, NodeId towards_prediction, std::span<const bool> wanted) {
  return {wanted[0] ? towards_prediction : kNoNode, wanted[1] ? graph.negate(towards_prediction) : kNoNode, kNoNode};
}

/// One number per row times (softmax(logits) - target): holds where every row of targets sums to 1.
NodeId towards_logits(Builder& graph, NodeId upstream, NodeId logits, NodeId target) {
  const NodeId per_row = graph.reshape(upstream, {graph.shape(upstream).size(), 1});
  return graph.multiply(per_row, graph.subtract(graph.softmax(logits), target));
}

Real log_cosh_of(Real d) {
  // Near 0 by cosh(d) - 1 = 2 sinh(d / 2)^2, where the other form would subtract log(2) from itself.
  const Real size = std::abs(d);
  if (size < 1) {
    const Real s = std::sinh(d / 2);
    return std::log1p(2 * s * s);
  }
  return size + std::log1p(std::exp(-2 * size)) - std::numbers::ln2_v<Real>;
}

}  // namespace

Shape row_loss_shape(std::span<const Shape> inputs, const Attributes& /*attributes*/) {
  if (inputs[0] != inputs[1] || inputs[0].rank != 2) {
    refuse("a loss per row", inputs, "logits and targets of one shape (rows, classes)");
  }
  return {inputs[0][0]};
}

Shape huber_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  ensure(attributes.value > 0, "huber's delta is above 0");
  return equal_shapes(inputs, attributes);
}

void squared_error_kernel(const KernelCall& call) {
  kernels::map(call.in[0], call.in[1], call.out, call.out_shape.size(),
               [](Real prediction, Real target) { return (prediction - target) * (prediction - target); });
}

void sigmoid_cross_entropy_kernel(const KernelCall& call) { pairwise_array(call, kernels::sigmoid_cross_entropy); }

void softmax_cross_entropy_kernel(const KernelCall& call) {
  const Shape& shape = call.in_shapes[0];
  kernels::softmax_cross_entropy(call.in[0], call.in[1], call.out, shape[0], shape[1]);
}

void absolute_error_kernel(const KernelCall& call) {
  pairwise(call, [](Real prediction, Real target) { return std::abs(prediction - target); });
}

void huber_kernel(const KernelCall& call) {
  pairwise(call, [delta = static_cast<Real>(call.attributes.value)](Real prediction, Real target) {
    const Real d = prediction - target;
    const Real size = std::abs(d);
    return size <= delta ? d * d / 2 : delta * (size - delta / 2);
  });
}

void log_cosh_kernel(const KernelCall& call) {
  pairwise(call, [](Real prediction, Real target) { return log_cosh_of(prediction - target); });
}

void hinge_kernel(const KernelCall& call) {
  pairwise(call, [](Real prediction, Real target) {
    const Real missing = 1 - prediction * target;
    return missing < 0 ? Real{0} : missing;  // NaN stays NaN
  });
}

void kl_divergence_kernel(const KernelCall& call) {
  const Shape& shape = call.in_shapes[0];
  kernels::kl_divergence(call.in[0], call.in[1], call.out, shape[0], shape[1]);
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

InputGradients softmax_cross_entropy_gradient(Builder& graph, NodeId node, NodeId upstream,
                                              std::span<const bool> wanted) {
  const auto [logits, target, none] = graph.graph()[node].inputs;
  if (!wanted[0]) return {kNoNode, kNoNode, kNoNode};
  return {towards_logits(graph, upstream, logits, target), kNoNode, kNoNode};
}

InputGradients absolute_error_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const auto [prediction, target, none] = graph.graph()[node].inputs;
  return opposite(graph, graph.multiply(upstream, graph.sign(graph.subtract(prediction, target))), wanted);
}

InputGradients huber_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const Node huber = graph.graph()[node];
  const double delta = huber.attributes.value;
  const NodeId slope = graph.clip(graph.subtract(huber.inputs[0], huber.inputs[1]), -delta, delta);
  return opposite(graph, graph.multiply(upstream, slope), wanted);
}

InputGradients log_cosh_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const auto [prediction, target, none] = graph.graph()[node].inputs;
  return opposite(graph, graph.multiply(upstream, graph.tanh(graph.subtract(prediction, target))), wanted);
}

// -target where prediction * target < 1, else 0.
InputGradients hinge_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const auto [prediction, target, none] = graph.graph()[node].inputs;
  if (!wanted[0]) return {kNoNode, kNoNode, kNoNode};
  const NodeId is_short = graph.less(graph.multiply(prediction, target), graph.constant(1));
  return {graph.negate(graph.multiply(graph.multiply(upstream, target), is_short)), kNoNode, kNoNode};
}

InputGradients kl_divergence_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const auto [logits, target, none] = graph.graph()[node].inputs;
  if (!wanted[0]) return {kNoNode, kNoNode, kNoNode};
  return {towards_logits(graph, upstream, logits, target), kNoNode, kNoNode};
}

Cost softmax_cross_entropy_cost(std::span<const Shape> inputs, const Shape& output) {
  const auto elements = static_cast<double>(inputs[0].size());
  return {.flops = 8 * elements, .bytes = (2 * elements + static_cast<double>(output.size())) * sizeof(Real)};
}

}  // namespace athanor::ops
