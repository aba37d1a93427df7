#include "engine/ops/math.h"

#include <cmath>

#include "engine/kernels/activation.h"
#include "engine/ops/apply.h"

namespace athanor::ops {
namespace {

/// `upstream` times the share of a maximum or minimum that comes from one operand: 1 where it is chosen, one half where
/// both are equal, as PyTorch has it.
NodeId shared(Builder& graph, NodeId upstream, NodeId chosen, NodeId chosen_or_equal) {
  return graph.multiply(upstream, graph.scale(graph.add(chosen, chosen_or_equal), 0.5));
}

}  // namespace

Shape clip_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  ensure(attributes.value <= attributes.limit, "clip's smallest value is not above its largest");
  return equal_shapes(inputs, attributes);
}

void exp_kernel(const KernelCall& call) { unary_array(call, kernels::exp); }
void log_kernel(const KernelCall& call) {
  unary(call, [](Real x) { return std::log(x); });
}
void sqrt_kernel(const KernelCall& call) {
  unary(call, [](Real x) { return std::sqrt(x); });
}
void abs_kernel(const KernelCall& call) {
  unary(call, [](Real x) { return std::abs(x); });
}
void sign_kernel(const KernelCall& call) {
  unary(call, [](Real x) { return x > 0 ? Real{1} : (x < 0 ? Real{-1} : x); });
}
void power_kernel(const KernelCall& call) {
  unary(call, [exponent = static_cast<Real>(call.attributes.value)](Real x) { return std::pow(x, exponent); });
}
void reciprocal_kernel(const KernelCall& call) {
  unary(call, [](Real x) { return 1 / x; });
}
// The comparisons are written so that NaN on either side stays NaN.
void maximum_kernel(const KernelCall& call) {
  binary(call, [](Real a, Real b) { return a > b || std::isnan(a) ? a : b; });
}
void minimum_kernel(const KernelCall& call) {
  binary(call, [](Real a, Real b) { return a < b || std::isnan(a) ? a : b; });
}
void clip_kernel(const KernelCall& call) {
  const auto smallest = static_cast<Real>(call.attributes.value);
  const auto largest = static_cast<Real>(call.attributes.limit);
  unary(call, [smallest, largest](Real x) { return x < smallest ? smallest : (x > largest ? largest : x); });
}
void clip_grad_kernel(const KernelCall& call) {
  const auto smallest = static_cast<Real>(call.attributes.value);
  const auto largest = static_cast<Real>(call.attributes.limit);
  pairwise(call, [smallest, largest](Real x, Real dy) { return x < smallest || x > largest ? Real{0} : dy; });
}

InputGradients exp_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {graph.multiply(upstream, node), kNoNode, kNoNode};
}

InputGradients log_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {graph.divide(upstream, graph.graph()[node].inputs[0]), kNoNode, kNoNode};
}

InputGradients sqrt_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {graph.scale(graph.divide(upstream, node), 0.5), kNoNode, kNoNode};
}

InputGradients abs_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {graph.multiply(upstream, graph.sign(graph.graph()[node].inputs[0])), kNoNode, kNoNode};
}

// Exponents 0 and 1 are told apart so that x = 0 gives their gradient and not 0 times infinity.
InputGradients power_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const Node power = graph.graph()[node];
  const double exponent = power.attributes.value;
  if (exponent == 0) return {kNoNode, kNoNode, kNoNode};
  if (exponent == 1) return {upstream, kNoNode, kNoNode};
  const NodeId slope = graph.scale(graph.power(power.inputs[0], exponent - 1), exponent);
  return {graph.multiply(upstream, slope), kNoNode, kNoNode};
}

InputGradients reciprocal_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {graph.negate(graph.multiply(upstream, graph.square(node))), kNoNode, kNoNode};
}

InputGradients maximum_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const auto [a, b, none] = graph.graph()[node].inputs;
  InputGradients gradients{kNoNode, kNoNode, kNoNode};
  for (std::size_t k = 0; k < 2; ++k) {
    if (!wanted[k]) continue;
    const NodeId self = k == 0 ? a : b;
    const NodeId other = k == 0 ? b : a;
    gradients[k] =
        towards(graph, node, k, shared(graph, upstream, graph.greater(self, other), graph.greater_equal(self, other)));
  }
  return gradients;
}

InputGradients minimum_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const auto [a, b, none] = graph.graph()[node].inputs;
  InputGradients gradients{kNoNode, kNoNode, kNoNode};
  for (std::size_t k = 0; k < 2; ++k) {
    if (!wanted[k]) continue;
    const NodeId self = k == 0 ? a : b;
    const NodeId other = k == 0 ? b : a;
    gradients[k] =
        towards(graph, node, k, shared(graph, upstream, graph.less(self, other), graph.greater_equal(other, self)));
  }
  return gradients;
}

InputGradients clip_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const Node clip = graph.graph()[node];
  return {graph.append(Op::kClipGrad, {clip.inputs[0], upstream}, clip.attributes), kNoNode, kNoNode};
}

// f(x, dy) is dy or 0: flat in x wherever it is differentiable.
InputGradients clip_grad_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const Node clip = graph.graph()[node];
  if (!wanted[1]) return {kNoNode, kNoNode, kNoNode};
  return {kNoNode, graph.append(Op::kClipGrad, {clip.inputs[0], upstream}, clip.attributes), kNoNode};
}

}  // namespace athanor::ops
