#include "engine/graph/autodiff.h"

#include <algorithm>

#include "engine/graph/builder.h"
#include "engine/graph/op_row.h"

namespace athanor {
namespace {

constexpr std::string_view kGradientScope = "gradient";
constexpr std::string_view kOfLayer = " of ";

/// Which nodes up to `loss` depend on one of `wrt`: only these carry gradients.
std::vector<bool> dependents(const Graph& graph, NodeId loss, std::span<const NodeId> wrt) {
  std::vector<bool> depends(static_cast<std::size_t>(loss) + 1, false);
  for (const NodeId id : wrt) {
    if (id <= loss) depends[static_cast<std::size_t>(id)] = true;
  }
  for (NodeId id = 0; id <= loss; ++id) {
    for (const NodeId input : inputs_of(graph[id])) {
      if (depends[static_cast<std::size_t>(input)]) depends[static_cast<std::size_t>(id)] = true;
    }
  }
  return depends;
}

std::string gradient_scope(const std::string& scope) {
  if (scope.starts_with(kGradientScope)) return scope;
  std::string name(kGradientScope);
  return scope.empty() ? name : name.append(kOfLayer).append(scope);
}

}  // namespace

std::string_view layer_scope(std::string_view scope) {
  if (!scope.starts_with(kGradientScope)) return scope;
  scope.remove_prefix(kGradientScope.size());
  return scope.starts_with(kOfLayer) ? scope.substr(kOfLayer.size()) : std::string_view();
}

std::vector<NodeId> differentiate(Graph& graph, NodeId loss, std::span<const NodeId> wrt) {
  ensure(graph[loss].shape.size() == 1, "a gradient starts from a single number");
  Builder builder(graph);
  builder.scope(std::string(kGradientScope));
  const std::vector<bool> depends = dependents(graph, loss, wrt);
  std::vector<NodeId> adjoint(static_cast<std::size_t>(loss) + 1, kNoNode);
  adjoint[static_cast<std::size_t>(loss)] = builder.constant(1, graph[loss].shape);

  std::int32_t scope = -1;  // of the node whose gradient was appended last
  for (NodeId id = loss; id >= 0; --id) {
    const NodeId upstream = adjoint[static_cast<std::size_t>(id)];
    if (upstream == kNoNode || !depends[static_cast<std::size_t>(id)]) continue;
    const Node node = graph[id];  // a copy: the rule appends, which may move the nodes
    if (node.scope != scope) builder.scope(gradient_scope(graph.scopes[static_cast<std::size_t>(node.scope)]));
    scope = node.scope;
    const std::span<const NodeId> inputs = inputs_of(node);
    std::array<bool, kMaxInputs> wanted{};
    for (std::size_t k = 0; k < inputs.size(); ++k) wanted[k] = depends[static_cast<std::size_t>(inputs[k])];
    if (std::none_of(wanted.begin(), wanted.end(), [](bool flag) { return flag; })) continue;
    const InputGradients gradients = row(node.op).gradient(builder, id, upstream, {wanted.data(), inputs.size()});
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      if (!wanted[k] || gradients[k] == kNoNode) continue;
      ensure(graph[gradients[k]].shape == graph[inputs[k]].shape, "a gradient has the shape of its input");
      NodeId& sum = adjoint[static_cast<std::size_t>(inputs[k])];
      sum = sum == kNoNode ? gradients[k] : builder.add(sum, gradients[k]);
    }
  }

  std::vector<NodeId> result;
  for (const NodeId id : wrt) {
    const Shape shape = graph[id].shape;
    NodeId gradient = id <= loss ? adjoint[static_cast<std::size_t>(id)] : kNoNode;
    if (gradient == kNoNode) gradient = builder.constant(0, shape);
    const bool is_leaf = row(graph[gradient].op).arity == 0;
    const bool is_shared = std::find(result.begin(), result.end(), gradient) != result.end();
    if (is_leaf || is_shared) gradient = builder.reshape(gradient, shape);
    result.push_back(gradient);
  }
  return result;
}

}  // namespace athanor
