// Makes a graph smaller without changing what it computes: a pure function, graph in, graph out.
#pragma once

#include <span>
#include <vector>

#include "engine/graph/graph.h"

namespace athanor {

struct Simplified {
  Graph graph;
  /// Per node of the graph handed in: the node that now holds its values, or kNoNode when nothing does any more.
  std::vector<NodeId> node_of;
};

/// What `outputs` need, with
///  - dead nodes removed, except inputs and parameters: callers fill them, and the parameter block keeps its layout;
///  - ops on constants replaced by a constant where one value everywhere can hold the result;
///  - nodes that compute the same merged (dropout masks only where they are the same mask);
///  - no-ops removed: x + 0, x - 0, x * 1, x / 1, scale by 1, power 1, two negations, reshape to the same shape,
///  reshape
///    of a reshape, permute into the same order, slice of the whole axis, pad by nothing;
///  - constants shrunk to a number where they broadcast, and x * c turned into a scale by c;
///  - an activation of a sum that nobody else needs turned into one op (fuse.h).
/// Values stay the same to the last bit, but for the sign of a zero (-0 + 0 is 0, and is now left -0). Products with 0
/// are kept: they pass on NaN. Every output that was computed is a node of its own afterwards, never a leaf and never
/// shared with another output, so that each can still be written to its own place.
[[nodiscard]] Simplified simplify(const Graph& graph, std::span<const NodeId> outputs);

}  // namespace athanor
