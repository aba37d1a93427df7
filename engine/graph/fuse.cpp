#include "engine/graph/fuse.h"

#include <algorithm>
#include <vector>

namespace athanor {
namespace {

/// How often each node is read by what `outputs` need, or handed out as one of them.
std::vector<int> uses(const Graph& graph, std::span<const NodeId> outputs) {
  std::vector<int> counts(graph.nodes.size(), 0);
  for (const NodeId output : outputs) ++counts[static_cast<std::size_t>(output)];
  for (const NodeId id : reachable(graph, outputs)) {
    for (const NodeId input : inputs_of(graph[id])) ++counts[static_cast<std::size_t>(input)];
  }
  return counts;
}

/// The operands of a sum as x and bias, or none where neither repeats along the other's first axes.
std::array<NodeId, kMaxInputs> as_x_and_bias(const Graph& graph, const Node& sum) {
  const auto [a, b, none] = sum.inputs;
  if (graph[a].shape == sum.shape && is_tail(graph[b].shape, sum.shape)) return {a, b, kNoNode};
  if (graph[b].shape == sum.shape && is_tail(graph[a].shape, sum.shape)) return {b, a, kNoNode};
  return {kNoNode, kNoNode, kNoNode};
}

/// Whether a product is one of rows with a single matrix, which is what linear takes.
bool has_one_matrix(const Graph& graph, const Node& product) {
  const int rank = graph[product.inputs[0]].shape.rank;
  return graph[product.inputs[1]].shape.rank == 2 && (rank == 2 || !product.attributes.transpose_a);
}

}  // namespace

void fuse_biases(Graph& graph, std::span<const NodeId> outputs) {
  const std::vector<int> counts = uses(graph, outputs);
  for (Node& node : graph.nodes) {
    if (node.op != Op::kAdd) continue;
    const auto [x, bias, none] = as_x_and_bias(graph, node);
    if (x == kNoNode || graph[x].op != Op::kMatmul || counts[static_cast<std::size_t>(x)] != 1) continue;
    const Node& product = graph[x];
    if (graph[bias].shape != Shape{product.shape.last()} || !has_one_matrix(graph, product)) continue;
    node.op = Op::kLinear;
    node.attributes = product.attributes;
    node.inputs = {product.inputs[0], product.inputs[1], bias};
  }
}

bool can_follow_bias(Op activation, double value) {
  return value >= 0 &&
         std::find(kActivationsOfOutput.begin(), kActivationsOfOutput.end(), activation) != kActivationsOfOutput.end();
}

void fuse_bias_activations(Graph& graph, std::span<const NodeId> outputs) {
  const std::vector<int> counts = uses(graph, outputs);
  for (Node& node : graph.nodes) {
    if (!can_follow_bias(node.op, node.attributes.value)) continue;
    const NodeId sum = node.inputs[0];
    if (graph[sum].op != Op::kAdd || counts[static_cast<std::size_t>(sum)] != 1) continue;
    const std::array<NodeId, kMaxInputs> operands = as_x_and_bias(graph, graph[sum]);
    if (operands[0] == kNoNode) continue;
    node.attributes = {.value = node.attributes.value, .activation = node.op};
    node.op = Op::kBiasActivation;
    node.inputs = operands;
  }
}

}  // namespace athanor
