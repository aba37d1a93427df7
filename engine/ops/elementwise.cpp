#include "engine/ops/elementwise.h"

#include "engine/graph/builder.h"
#include "engine/ops/apply.h"

namespace athanor::ops {

void add_kernel(const KernelCall& call) {
  binary(call, [](Real a, Real b) { return a + b; });
}
void subtract_kernel(const KernelCall& call) {
  binary(call, [](Real a, Real b) { return a - b; });
}
void multiply_kernel(const KernelCall& call) {
  binary(call, [](Real a, Real b) { return a * b; });
}
void divide_kernel(const KernelCall& call) {
  binary(call, [](Real a, Real b) { return a / b; });
}
void negate_kernel(const KernelCall& call) {
  unary(call, [](Real x) { return -x; });
}
void square_kernel(const KernelCall& call) {
  unary(call, [](Real x) { return x * x; });
}
void scale_kernel(const KernelCall& call) {
  unary(call, [factor = static_cast<Real>(call.attributes.value)](Real x) { return factor * x; });
}

InputGradients add_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  return {wanted[0] ? towards(graph, node, 0, upstream) : kNoNode,
          wanted[1] ? towards(graph, node, 1, upstream) : kNoNode, kNoNode};
}

InputGradients subtract_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  return {wanted[0] ? towards(graph, node, 0, upstream) : kNoNode,
          wanted[1] ? graph.negate(towards(graph, node, 1, upstream)) : kNoNode, kNoNode};
}

InputGradients multiply_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const auto [a, b, none] = graph.graph()[node].inputs;
  return {wanted[0] ? towards(graph, node, 0, graph.multiply(upstream, b)) : kNoNode,
          wanted[1] ? towards(graph, node, 1, graph.multiply(upstream, a)) : kNoNode, kNoNode};
}

InputGradients divide_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const NodeId b = graph.graph()[node].inputs[1];
  const NodeId towards_a = graph.divide(upstream, b);
  return {wanted[0] ? towards(graph, node, 0, towards_a) : kNoNode,
          wanted[1] ? towards(graph, node, 1, graph.negate(graph.multiply(towards_a, node))) : kNoNode, kNoNode};
}

InputGradients negate_gradient(Builder& graph, NodeId /*node*/, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {graph.negate(upstream), kNoNode, kNoNode};
}

InputGradients square_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const NodeId x = graph.graph()[node].inputs[0];
  return {graph.scale(graph.multiply(upstream, x), 2), kNoNode, kNoNode};
}

InputGradients scale_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {graph.scale(upstream, graph.graph()[node].attributes.value), kNoNode, kNoNode};
}

}  // namespace athanor::ops
