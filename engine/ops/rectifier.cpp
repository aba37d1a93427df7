#include "engine/ops/rectifier.h"

#include "engine/kernels/activation.h"
#include "engine/ops/apply.h"

namespace athanor::ops {

Shape elu_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  ensure(attributes.value >= 0, "elu's alpha is not negative");
  return equal_shapes(inputs, attributes);
}

// All are written so that NaN stays NaN: a diverging run must not be hidden.
void leaky_relu_kernel(const KernelCall& call) {
  unary(call, [slope = static_cast<Real>(call.attributes.value)](Real x) { return kernels::leaky_relu(x, slope); });
}

void leaky_relu_grad_kernel(const KernelCall& call) {
  pairwise(call,
           [slope = static_cast<Real>(call.attributes.value)](Real x, Real dy) { return x > 0 ? dy : slope * dy; });
}

void elu_kernel(const KernelCall& call) {
  kernels::elu(static_cast<Real>(call.attributes.value), call.in[0], call.out, call.out_shape.size());
}

void elu_grad_kernel(const KernelCall& call) {
  pairwise(call, [alpha = static_cast<Real>(call.attributes.value)](Real y, Real dy) {
    return y > 0 ? dy : dy * (y + alpha);
  });
}

void hard_sigmoid_kernel(const KernelCall& call) {
  unary(call, [](Real x) { return x < -3 ? Real{0} : (x > 3 ? Real{1} : (x + 3) / 6); });
}

void hard_swish_kernel(const KernelCall& call) {
  unary(call, [](Real x) { return x < -3 ? Real{0} : (x > 3 ? x : x * (x + 3) / 6); });
}

// With a slope that is not negative the output is positive just where the input is, and x need not be kept for it.
InputGradients leaky_relu_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const Node leaky = graph.graph()[node];
  const NodeId with_sign = leaky.attributes.value >= 0 ? node : leaky.inputs[0];
  return {graph.append(Op::kLeakyReluGrad, {with_sign, upstream}, leaky.attributes), kNoNode, kNoNode};
}

// f(x, dy) is dy times one of two slopes: flat in x wherever it is differentiable.
InputGradients leaky_relu_grad_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const Node leaky = graph.graph()[node];
  if (!wanted[1]) return {kNoNode, kNoNode, kNoNode};
  return {kNoNode, graph.append(Op::kLeakyReluGrad, {leaky.inputs[0], upstream}, leaky.attributes), kNoNode};
}

InputGradients elu_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const Attributes attributes = graph.graph()[node].attributes;
  return {graph.append(Op::kEluGrad, {node, upstream}, attributes), kNoNode, kNoNode};
}

// f(y, dy) = dy where y > 0, else dy * (y + alpha): df/dy = 0 or dy.
InputGradients elu_grad_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const Node elu = graph.graph()[node];
  const auto [y, dy, none] = elu.inputs;
  InputGradients gradients{kNoNode, kNoNode, kNoNode};
  if (wanted[0]) {
    const NodeId is_curved = graph.greater_equal(graph.constant(0), y);
    gradients[0] = graph.multiply(graph.multiply(upstream, dy), is_curved);
  }
  if (wanted[1]) gradients[1] = graph.append(Op::kEluGrad, {y, upstream}, elu.attributes);
  return gradients;
}

InputGradients hard_sigmoid_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const NodeId x = graph.graph()[node].inputs[0];
  const NodeId inside = graph.append(Op::kClipGrad, {x, upstream}, {.value = -3, .limit = 3});
  return {graph.scale(inside, 1.0 / 6), kNoNode, kNoNode};
}

// By the product rule: hard_sigmoid(x) + x * (1/6 where |x| <= 3).
InputGradients hard_swish_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const NodeId x = graph.graph()[node].inputs[0];
  const NodeId inside = graph.append(Op::kClipGrad, {x, graph.multiply(upstream, x)}, {.value = -3, .limit = 3});
  const NodeId gate = graph.multiply(upstream, graph.hard_sigmoid(x));
  return {graph.add(gate, graph.scale(inside, 1.0 / 6)), kNoNode, kNoNode};
}

}  // namespace athanor::ops
