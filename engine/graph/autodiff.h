// Reverse-mode differentiation as a graph-to-graph transformation: gradients are ops again, so they are planned,
// simplified and differentiated like everything else.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/graph/graph.h"

namespace athanor {

/// The layer a scope belongs to: its gradients' ops are scoped "gradient of" and the layer's own scope.
[[nodiscard]] std::string_view layer_scope(std::string_view scope);

/// Appends to `graph` the gradient of `loss` (a single number, shape ()) towards each node of `wrt` and returns those
/// nodes in the same order. Every returned node is one of its own (never a leaf, never shared between two of `wrt`), so
/// that each can be written to its own place. A node the loss does not depend on gets a gradient of zeros.
std::vector<NodeId> differentiate(Graph& graph, NodeId loss, std::span<const NodeId> wrt);

}  // namespace athanor
