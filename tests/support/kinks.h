// Where the ops of a graph have no derivative, or one that jumps: finite differences across such a place say nothing.
#pragma once

#include <span>
#include <vector>

#include "engine/graph/builder.h"
#include "engine/runtime/executor.h"

namespace athanor::testing {

/// How far from every kink the numbers under a finite difference must be: a thousand of its steps, so that none reaches
/// a kink wherever no number moves a thousand times as much as what is stepped.
inline constexpr double kFromKinks = 1e-3;

/// Appends the signed distances from every kink of what `outputs` depend on; all of them are to be kept.
[[nodiscard]] std::vector<NodeId> append_kink_distances(Builder& graph, std::span<const NodeId> outputs);

/// The least of them after a run, without sign; infinity when there are none.
[[nodiscard]] double nearest_kink(const Executor& executor, std::span<const NodeId> distances);

}  // namespace athanor::testing
