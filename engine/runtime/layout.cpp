#include "engine/runtime/layout.h"

#include <algorithm>
#include <utility>

#include "engine/graph/op_row.h"
#include "engine/runtime/plan.h"

namespace athanor {
namespace {

constexpr Index kNone = -1;

/// Gives each node a buffer, possibly one that it takes over, and each buffer the time it lives.
class Buffers {
 public:
  Buffers(const Graph& graph, std::span<const NodeId> order, std::span<const NodeId> kept,
          std::span<const NodeId> placed)
      : graph_(graph), of_(graph.nodes.size(), kNone), end_(static_cast<Index>(order.size())) {
    find_last_uses(order, kept);
    for (Index step = 0; step < end_; ++step) {
      const NodeId id = order[static_cast<std::size_t>(step)];
      const bool is_placed = std::find(placed.begin(), placed.end(), id) != placed.end();
      if (graph_[id].op == Op::kParameter || is_placed) continue;
      Index buffer = taken_over(id, step);
      if (buffer == kNone) {
        buffer = static_cast<Index>(lifetimes_.size());
        lifetimes_.push_back({.size = graph_[id].shape.size(), .first = step, .last = step});
      }
      of_[static_cast<std::size_t>(id)] = buffer;
      Lifetime& lifetime = lifetimes_[static_cast<std::size_t>(buffer)];
      lifetime.last = std::max(lifetime.last, last_use_[static_cast<std::size_t>(id)]);
    }
  }

  /// Position of a node's buffer among lifetimes(), or kNone for what is outside.
  [[nodiscard]] Index of(NodeId id) const { return of_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const std::vector<Lifetime>& lifetimes() const { return lifetimes_; }
  [[nodiscard]] bool outlasts_run(Index buffer) const {
    return lifetimes_[static_cast<std::size_t>(buffer)].last == end_;
  }

 private:
  void find_last_uses(std::span<const NodeId> order, std::span<const NodeId> kept) {
    last_use_.assign(graph_.nodes.size(), 0);
    for (Index step = 0; step < end_; ++step) {
      const NodeId id = order[static_cast<std::size_t>(step)];
      last_use_[static_cast<std::size_t>(id)] = is_leaf(graph_[id].op) ? end_ : step;
      for (const NodeId input : inputs_of(graph_[id])) {
        Index& last = last_use_[static_cast<std::size_t>(input)];
        last = std::max(last, step);
      }
    }
    for (const NodeId id : kept) last_use_[static_cast<std::size_t>(id)] = end_;
  }

  /// The buffer of an input that this node may take over: nobody reads it after this step and the row permits it. A
  /// reshape may look at its input's buffer even when others still read it, since it writes nothing.
  [[nodiscard]] Index taken_over(NodeId id, Index step) const {
    const Node& node = graph_[id];
    const std::span<const NodeId> inputs = inputs_of(node);
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      const Index buffer = of(inputs[k]);
      if (buffer == kNone || (row(node.op).in_place >> k & 1U) == 0) continue;
      if (graph_[inputs[k]].shape.size() != node.shape.size()) continue;
      const bool is_free = lifetimes_[static_cast<std::size_t>(buffer)].last <= step;
      if (is_free || node.op == Op::kReshape) return buffer;
    }
    return kNone;
  }

  const Graph& graph_;
  std::vector<Index> of_;
  std::vector<Index> last_use_;
  std::vector<Lifetime> lifetimes_;
  Index end_;
};

std::vector<NodeId> order_of(const Graph& graph, std::span<const NodeId> kept, std::span<const NodeId> placed) {
  std::vector<NodeId> outputs(kept.begin(), kept.end());
  outputs.insert(outputs.end(), placed.begin(), placed.end());
  return reachable(graph, outputs);
}

}  // namespace

bool is_leaf(Op op) { return op == Op::kInput || op == Op::kParameter || op == Op::kConstant; }

Layout lay_out(const Graph& graph, std::span<const NodeId> kept, std::span<const NodeId> placed) {
  Layout layout{.order = order_of(graph, kept, placed), .places = std::vector<Place>(graph.nodes.size()), .size = {}};
  const Buffers buffers(graph, layout.order, kept, placed);

  // Of each region by itself: what outlasts a run is all there at the same time.
  std::vector<Lifetime> own;
  std::vector<Lifetime> passing;
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < buffers.lifetimes().size(); ++i) {
    const Lifetime& lifetime = buffers.lifetimes()[i];
    const bool is_own = buffers.outlasts_run(static_cast<Index>(i));
    std::vector<Lifetime>& region = is_own ? own : passing;
    positions.push_back(region.size());
    region.push_back(is_own ? Lifetime{.size = lifetime.size, .first = 0, .last = 0} : lifetime);
  }
  const MemoryPlan own_plan = plan_memory(own);
  const MemoryPlan passing_plan = plan_memory(passing);
  layout.size = {.own = own_plan.total, .workspace = passing_plan.total};
  for (const NodeId id : layout.order) {
    const Index buffer = buffers.of(id);
    if (buffer == kNone) continue;
    const bool is_own = buffers.outlasts_run(buffer);
    const std::size_t position = positions[static_cast<std::size_t>(buffer)];
    layout.places[static_cast<std::size_t>(id)] = {.region = is_own ? Region::kOwn : Region::kWorkspace,
                                                   .offset = (is_own ? own_plan : passing_plan).offsets[position]};
  }
  return layout;
}

}  // namespace athanor
