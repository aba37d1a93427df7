#include "engine/ops/activation.h"

#include <cmath>

#include "engine/kernels/activation.h"
#include "engine/kernels/softmax.h"
#include "engine/ops/apply.h"

namespace athanor::ops {

void sigmoid_kernel(const KernelCall& call) { unary_array(call, kernels::sigmoid); }

void tanh_kernel(const KernelCall& call) { unary_array(call, kernels::tanh); }

void relu_kernel(const KernelCall& call) {
  unary(call, [](Real x) { return kernels::relu(x); });
}

void sigmoid_grad_kernel(const KernelCall& call) {
  pairwise(call, [](Real y, Real dy) { return dy * y * (1 - y); });
}

void tanh_grad_kernel(const KernelCall& call) {
  pairwise(call, [](Real y, Real dy) { return dy * (1 - y * y); });
}

void relu_grad_kernel(const KernelCall& call) {
  pairwise(call, [](Real y, Real dy) { return y > 0 ? dy : Real{0}; });
}

void softmax_kernel(const KernelCall& call) {
  const Index classes = call.out_shape.last();
  kernels::softmax(call.in[0], call.out, call.out_shape.size() / classes, classes);
}

void softsign_kernel(const KernelCall& call) {
  kernels::map(call.in[0], call.out, call.out_shape.size(), [](Real x) { return x / (1 + std::abs(x)); });
}

InputGradients sigmoid_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {graph.append(Op::kSigmoidGrad, {node, upstream}), kNoNode, kNoNode};
}

InputGradients tanh_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {graph.append(Op::kTanhGrad, {node, upstream}), kNoNode, kNoNode};
}

InputGradients relu_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {graph.append(Op::kReluGrad, {node, upstream}), kNoNode, kNoNode};
}

// f(y, dy) = dy * y * (1 - y): df/dy = dy * (1 - 2 y), df/d(dy) = y * (1 - y).
InputGradients sigmoid_grad_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const auto [y, dy, none] = graph.graph()[node].inputs;
  InputGradients gradients{kNoNode, kNoNode, kNoNode};
  if (wanted[0]) {
    const NodeId slope = graph.subtract(graph.constant(1), graph.scale(y, 2));
    gradients[0] = graph.multiply(upstream, graph.multiply(dy, slope));
  }
  if (wanted[1]) gradients[1] = graph.append(Op::kSigmoidGrad, {y, upstream});
  return gradients;
}

// f(y, dy) = dy * (1 - y * y): df/dy = -2 y dy, df/d(dy) = 1 - y * y.
InputGradients tanh_grad_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const auto [y, dy, none] = graph.graph()[node].inputs;
  InputGradients gradients{kNoNode, kNoNode, kNoNode};
  if (wanted[0]) gradients[0] = graph.multiply(upstream, graph.scale(graph.multiply(y, dy), -2));
  if (wanted[1]) gradients[1] = graph.append(Op::kTanhGrad, {y, upstream});
  return gradients;
}

// f(y, dy) is dy or 0: flat in y wherever it is differentiable.
InputGradients relu_grad_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const NodeId y = graph.graph()[node].inputs[0];
  return {kNoNode, wanted[1] ? graph.append(Op::kReluGrad, {y, upstream}) : kNoNode, kNoNode};
}

// dx = y * (dy - sum(dy * y)).
InputGradients softmax_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const int last = graph.shape(node).rank - 1;
  const NodeId weighted = graph.sum(graph.multiply(upstream, node), {last}, true);
  return {graph.multiply(node, graph.subtract(upstream, weighted)), kNoNode, kNoNode};
}

// dx = dy / (1 + |x|)^2: from x, for 1 - |y| would lose its digits where |y| is near 1.
InputGradients softsign_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const NodeId size = graph.abs(graph.graph()[node].inputs[0]);
  return {graph.divide(upstream, graph.square(graph.add(graph.constant(1), size))), kNoNode, kNoNode};
}

Cost softmax_cost(std::span<const Shape> inputs, const Shape& output) { return per_element<8>(inputs, output); }

}  // namespace athanor::ops
