#include "engine/nn/layers.h"

namespace athanor {

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
  };
  return kApply[static_cast<std::size_t>(activation)](graph, x);
}

NodeId dropout(Builder& graph, NodeId x, double rate, std::uint32_t index) {
  if (rate == 0) return x;
  return graph.multiply(x, graph.dropout_mask(graph.shape(x), rate, index));
}

}  // namespace athanor
