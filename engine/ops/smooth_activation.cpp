#include "engine/ops/smooth_activation.h"

#include <numbers>

#include "engine/kernels/activation.h"
#include "engine/kernels/softmax.h"
#include "engine/ops/apply.h"

namespace athanor::ops {
namespace {

constexpr double kNormalDensityAtZero = std::numbers::inv_sqrtpi / std::numbers::sqrt2;  // 1 / sqrt(2 pi)

// gelu_tanh's argument of tanh: kTanhScale * (x + kTanhCubic * x^3).
constexpr double kTanhScale = std::numbers::sqrt2 * std::numbers::inv_sqrtpi;  // sqrt(2 / pi)
constexpr double kTanhCubic = 0.044715;

}  // namespace

void gelu_kernel(const KernelCall& call) { unary_array(call, kernels::gelu); }

void gelu_grad_kernel(const KernelCall& call) { pairwise_array(call, kernels::gelu_grad); }

void gelu_tanh_kernel(const KernelCall& call) { unary_array(call, kernels::gelu_tanh); }

void gelu_tanh_grad_kernel(const KernelCall& call) { pairwise_array(call, kernels::gelu_tanh_grad); }

void silu_kernel(const KernelCall& call) { unary_array(call, kernels::silu); }

void silu_grad_kernel(const KernelCall& call) { pairwise_array(call, kernels::silu_grad); }

void softplus_kernel(const KernelCall& call) { unary_array(call, kernels::softplus); }

void log_softmax_kernel(const KernelCall& call) {
  const Index classes = call.out_shape.last();
  kernels::log_softmax(call.in[0], call.out, call.out_shape.size() / classes, classes);
}

InputGradients gelu_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {graph.append(Op::kGeluGrad, {graph.graph()[node].inputs[0], upstream}), kNoNode, kNoNode};
}

// f(x, dy) = dy * (Phi(x) + x phi(x)): df/dx = dy * phi(x) * (2 - x^2).
InputGradients gelu_grad_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const auto [x, dy, none] = graph.graph()[node].inputs;
  InputGradients gradients{kNoNode, kNoNode, kNoNode};
  if (wanted[0]) {
    const NodeId squared = graph.square(x);
    const NodeId density = graph.scale(graph.exp(graph.scale(squared, -0.5)), kNormalDensityAtZero);
    const NodeId slope = graph.multiply(density, graph.subtract(graph.constant(2), squared));
    gradients[0] = graph.multiply(graph.multiply(upstream, dy), slope);
  }
  if (wanted[1]) gradients[1] = graph.append(Op::kGeluGrad, {x, upstream});
  return gradients;
}

InputGradients gelu_tanh_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {graph.append(Op::kGeluTanhGrad, {graph.graph()[node].inputs[0], upstream}), kNoNode, kNoNode};
}

// With u the argument of tanh and t = tanh(u): df/dx = dy * (1 - t^2) * (u' + x u'' / 2 - x t u'^2).
InputGradients gelu_tanh_grad_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const auto [x, dy, none] = graph.graph()[node].inputs;
  InputGradients gradients{kNoNode, kNoNode, kNoNode};
  if (wanted[0]) {
    const NodeId one = graph.constant(1);
    const NodeId squared = graph.square(x);
    const NodeId u = graph.multiply(graph.scale(x, kTanhScale), graph.add(one, graph.scale(squared, kTanhCubic)));
    const NodeId t = graph.tanh(u);
    const NodeId first = graph.scale(graph.add(one, graph.scale(squared, 3 * kTanhCubic)), kTanhScale);
    const NodeId half_second_x = graph.scale(squared, 3 * kTanhScale * kTanhCubic);  // u'' = 6 a c x
    const NodeId bend = graph.multiply(graph.multiply(x, t), graph.square(first));
    const NodeId slope =
        graph.multiply(graph.subtract(one, graph.square(t)), graph.subtract(graph.add(first, half_second_x), bend));
    gradients[0] = graph.multiply(graph.multiply(upstream, dy), slope);
  }
  if (wanted[1]) gradients[1] = graph.append(Op::kGeluTanhGrad, {x, upstream});
  return gradients;
}

InputGradients silu_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {graph.append(Op::kSiluGrad, {graph.graph()[node].inputs[0], upstream}), kNoNode, kNoNode};
}

// f(x, dy) = dy * (s + x s') with s' = s (1 - s): df/dx = dy * s' * (2 + x (1 - 2 s)).
InputGradients silu_grad_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const auto [x, dy, none] = graph.graph()[node].inputs;
  InputGradients gradients{kNoNode, kNoNode, kNoNode};
  if (wanted[0]) {
    const NodeId s = graph.sigmoid(x);
    const NodeId one = graph.constant(1);
    const NodeId bend = graph.multiply(x, graph.subtract(one, graph.scale(s, 2)));
    const NodeId slope = graph.multiply(graph.multiply(s, graph.subtract(one, s)), graph.add(graph.constant(2), bend));
    gradients[0] = graph.multiply(graph.multiply(upstream, dy), slope);
  }
  if (wanted[1]) gradients[1] = graph.append(Op::kSiluGrad, {x, upstream});
  return gradients;
}

InputGradients softplus_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {graph.multiply(upstream, graph.sigmoid(graph.graph()[node].inputs[0])), kNoNode, kNoNode};
}

// dx = dy - softmax(x) * sum(dy).
InputGradients log_softmax_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const int last = graph.shape(node).rank - 1;
  const NodeId total = graph.sum(upstream, {last}, true);
  return {graph.subtract(upstream, graph.multiply(graph.exp(node), total)), kNoNode, kNoNode};
}

}  // namespace athanor::ops
