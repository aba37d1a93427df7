#include "engine/pipeline/divergence.h"

#include <algorithm>

#include "engine/graph/autodiff.h"
#include "engine/kernels/finite.h"
#include "engine/runtime/executor.h"

namespace athanor {
namespace {

bool all_finite(std::span<const Real> values) {
  return kernels::all_finite(values.data(), static_cast<Index>(values.size()));
}

/// The name a person knows: "layers.2" is the graph's word for the third hidden layer.
std::string layer_of(const MlpSpec& spec, std::string_view scope) {
  constexpr std::string_view kPrefix = "layers.";
  if (!scope.starts_with(kPrefix)) return std::string(scope);
  const std::string_view rest = scope.substr(kPrefix.size());
  const auto index = static_cast<std::size_t>(std::stoul(std::string(rest.substr(0, rest.find('.')))));
  return layer_name(spec.layers, index);
}

std::string_view owner_of(std::string_view parameter) { return parameter.substr(0, parameter.rfind('.')); }

}  // namespace

std::optional<Divergence> find_divergence(const MlpSpec& spec, const Network& network, std::span<const Real> parameters,
                                          std::span<const Real> features, std::span<const Real> targets,
                                          std::span<const Real> class_weights, const StepState& state) {
  const Graph& graph = network.graph;
  for (const Parameter& parameter : graph.parameters) {
    const auto first = static_cast<std::size_t>(parameter.offset);
    if (all_finite(parameters.subspan(first, static_cast<std::size_t>(parameter.shape.size())))) continue;
    return Divergence{.op = "parameter", .layer = layer_of(spec, owner_of(parameter.name))};
  }

  std::vector<NodeId> outputs = network.gradients;
  outputs.push_back(network.loss);
  std::vector<NodeId> computed;
  for (const NodeId id : reachable(graph, outputs)) {
    if (row(graph[id].op).arity > 0) computed.push_back(id);
  }
  Executor executor(graph, parameters.data(), computed);
  const auto fill = [&](NodeId node, std::span<const Real> values) {
    if (node != kNoNode) std::copy(values.begin(), values.end(), executor.input(node).begin());
  };
  fill(network.features, features);
  fill(network.targets, targets);
  fill(network.class_weights, class_weights);
  executor.run(state);
  for (const NodeId id : computed) {
    if (all_finite(executor.value(id))) continue;
    const Node& node = graph[id];
    return Divergence{.op = std::string(row(node.op).name),
                      .layer = layer_of(spec, layer_scope(graph.scopes[static_cast<std::size_t>(node.scope)]))};
  }
  return std::nullopt;
}

}  // namespace athanor
