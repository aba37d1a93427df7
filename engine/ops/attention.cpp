#include "engine/ops/attention.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/graph/builder.h"
#include "engine/kernels/attention.h"
#include "engine/kernels/normalize.h"

namespace athanor::ops {
namespace {

constexpr std::string_view kExpected =
    "queries (B, Q, D) and keys with values (B, K, 2D), D a multiple of the heads, 4096 keys at most";

kernels::Attention attention_of(const Shape& q, const Shape& kv, const Attributes& attributes) {
  return {.batch = q[0],
          .queries = q[1],
          .keys = kv[1],
          .width = q[2],
          .heads = attributes.length,
          .causal = attributes.causal};
}

/// x (B, T, D) as heads (B, heads, T, D / heads).
NodeId by_head(Builder& graph, NodeId x, Index heads) {
  const Shape shape = graph.shape(x);
  return graph.permute(graph.reshape(x, {shape[0], shape[1], heads, shape[2] / heads}), {0, 2, 1, 3});
}

/// (Q, K): 1 where a query sees a key.
NodeId causal_mask(Builder& graph, Index queries, Index keys) {
  std::vector<NodeId> rows;
  for (Index query = 0; query < queries; ++query) {
    const Index seen = std::clamp<Index>(query + 1 + keys - queries, 1, keys);
    rows.push_back(graph.pad(graph.constant(1, {1, seen}), 1, 0, keys - seen));
  }
  return graph.concat(rows, 0);
}

/// Attention by other ops, which have gradients of any order.
NodeId composed_attention(Builder& graph, NodeId q, NodeId kv, const Attributes& attributes) {
  const Shape shape = graph.shape(q);
  const Index heads = attributes.length;
  const NodeId k = by_head(graph, graph.slice(kv, 2, 0, shape[2]), heads);
  const NodeId v = by_head(graph, graph.slice(kv, 2, shape[2], shape[2]), heads);
  const Index head_width = shape[2] / heads;
  const double scale = 1 / std::sqrt(static_cast<double>(head_width));
  NodeId scores = graph.scale(graph.matmul(by_head(graph, q, heads), k, false, true), scale);
  if (attributes.causal) {
    constexpr double kUnseen = -1e30;  // its exponential is 0
    scores = graph.where(causal_mask(graph, shape[1], graph.shape(kv)[1]), scores, graph.constant(kUnseen));
  }
  return graph.reshape(graph.permute(graph.matmul(graph.softmax(scores), v), {0, 2, 1, 3}), shape);
}

/// normalize by other ops.
NodeId composed_normalize(Builder& graph, NodeId x, double epsilon) {
  const int last = graph.shape(x).rank - 1;
  const NodeId centred = graph.subtract(x, graph.mean(x, {last}, true));
  const NodeId variance = graph.mean(graph.square(centred), {last}, true);
  return graph.divide(centred, graph.sqrt(graph.add(variance, graph.constant(epsilon))));
}

/// New names for the inputs of a gradient op: what is differentiated with respect to them takes each of them for
/// itself, though one may have been made of another.
std::array<NodeId, kMaxInputs> stand_ins(Builder& graph, NodeId node) {
  std::array<NodeId, kMaxInputs> names = graph.graph()[node].inputs;
  for (NodeId& id : names) {
    if (id != kNoNode) id = graph.reshape(id, Shape(graph.shape(id)));
  }
  return names;
}

/// What flows back from `upstream` through the gradient, towards `wrt`, of `made` weighed with `dy`.
InputGradients second_order(Builder& graph, NodeId made, NodeId dy, NodeId wrt, NodeId upstream,
                            std::span<const NodeId> inputs) {
  const std::array<NodeId, 1> first{wrt};
  const NodeId gradient = graph.differentiate(graph.sum(graph.multiply(made, dy)), first)[0];
  const std::vector<NodeId> second = graph.differentiate(graph.sum(graph.multiply(gradient, upstream)), inputs);
  InputGradients gradients{kNoNode, kNoNode, kNoNode};
  std::copy(second.begin(), second.end(), gradients.begin());
  return gradients;
}

InputGradients attention_second_order(Builder& graph, NodeId node, NodeId upstream, std::size_t towards) {
  const std::array<NodeId, kMaxInputs> inputs = stand_ins(graph, node);
  const auto [q, kv, dy] = inputs;
  const Attributes attributes = graph.graph()[node].attributes;
  return second_order(graph, composed_attention(graph, q, kv, attributes), dy, inputs[towards], upstream, inputs);
}

/// Multiplications of one product of queries and keys, all heads together; half of them where the future is not seen.
double product_of(const Shape& q, const Shape& kv) {
  return static_cast<double>(q.size()) * static_cast<double>(kv[1]);
}

Cost products(std::span<const Shape> inputs, const Shape& output, int count) {
  auto elements = static_cast<double>(output.size());
  for (const Shape& input : inputs) elements += static_cast<double>(input.size());
  return {.flops = 2 * count * product_of(inputs[0], inputs[1]), .bytes = elements * sizeof(Real)};
}

}  // namespace

Shape attention_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  const Shape& q = inputs[0];
  const Shape& kv = inputs[1];
  const Index heads = attributes.length;
  ensure(heads > 0, "attention has a head at least");
  if (q.rank != 3 || kv.rank != 3 || q[0] != kv[0] || kv[2] != 2 * q[2] || q[2] % heads != 0 ||
      kv[1] > kernels::kMostKeys) {
    refuse("attention", inputs, kExpected);
  }
  return q;
}

Shape attention_query_grad_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  if (attention_shape(inputs.first(2), attributes) != inputs[2]) {
    refuse("attention_query_grad", inputs, "what attention takes, and gradients of its result");
  }
  return inputs[0];
}

Shape attention_key_grad_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  attention_query_grad_shape(inputs, attributes);
  return inputs[1];
}

Shape normalize_grad_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  equal_shapes(inputs, attributes);
  return rows_shape(inputs, attributes);
}

void attention_kernel(const KernelCall& call) {
  kernels::attend(attention_of(call.in_shapes[0], call.in_shapes[1], call.attributes), call.in[0], call.in[1],
                  call.out);
}

void attention_query_grad_kernel(const KernelCall& call) {
  kernels::attend_back_queries(attention_of(call.in_shapes[0], call.in_shapes[1], call.attributes), call.in[0],
                               call.in[1], call.in[2], call.out);
}

void attention_key_grad_kernel(const KernelCall& call) {
  kernels::attend_back_keys(attention_of(call.in_shapes[0], call.in_shapes[1], call.attributes), call.in[0], call.in[1],
                            call.in[2], call.out);
}

void normalize_kernel(const KernelCall& call) {
  const Index width = call.out_shape.last();
  kernels::normalize(call.in[0], call.out, call.out_shape.size() / width, width,
                     static_cast<Real>(call.attributes.value));
}

void normalize_grad_kernel(const KernelCall& call) {
  const Index width = call.out_shape.last();
  kernels::normalize_back(call.in[0], call.in[1], call.out, call.out_shape.size() / width, width,
                          static_cast<Real>(call.attributes.value));
}

InputGradients attention_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const Node made = graph.graph()[node];
  const auto [q, kv, none] = made.inputs;
  const Attributes& attributes = made.attributes;
  return {wanted[0] ? graph.append(Op::kAttentionQueryGrad, {q, kv, upstream}, attributes) : kNoNode,
          wanted[1] ? graph.append(Op::kAttentionKeyGrad, {q, kv, upstream}, attributes) : kNoNode, kNoNode};
}

InputGradients attention_query_grad_gradient(Builder& graph, NodeId node, NodeId upstream,
                                             std::span<const bool> /*wanted*/) {
  return attention_second_order(graph, node, upstream, 0);
}

InputGradients attention_key_grad_gradient(Builder& graph, NodeId node, NodeId upstream,
                                           std::span<const bool> /*wanted*/) {
  return attention_second_order(graph, node, upstream, 1);
}

InputGradients normalize_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const Node made = graph.graph()[node];
  return {graph.append(Op::kNormalizeGrad, {made.inputs[0], upstream}, made.attributes), kNoNode, kNoNode};
}

InputGradients normalize_grad_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const std::array<NodeId, kMaxInputs> inputs = stand_ins(graph, node);
  const NodeId made = composed_normalize(graph, inputs[0], graph.graph()[node].attributes.value);
  return second_order(graph, made, inputs[1], inputs[0], upstream, std::span(inputs).first(2));
}

Cost attention_cost(std::span<const Shape> inputs, const Shape& output) { return products(inputs, output, 2); }
Cost attention_query_grad_cost(std::span<const Shape> inputs, const Shape& output) {
  return products(inputs, output, 3);
}
Cost attention_key_grad_cost(std::span<const Shape> inputs, const Shape& output) { return products(inputs, output, 4); }

}  // namespace athanor::ops
