#include "engine/runtime/executor.h"

#include <algorithm>

#include "engine/core/threads.h"
#include "engine/runtime/plan.h"

namespace athanor {
namespace {

constexpr Index kOutside = -1;

bool is_leaf(Op op) { return op == Op::kInput || op == Op::kParameter || op == Op::kConstant; }

/// Which buffer each node lives in, and how long each buffer lives.
struct Layout {
  std::vector<NodeId> order;
  std::vector<Index> buffer;  // per node: position in `lifetimes`, or kOutside
  std::vector<Lifetime> lifetimes;
};

class LayoutMaker {
 public:
  LayoutMaker(const Graph& graph, std::span<const NodeId> kept, std::span<const NodeId> placed)
      : graph_(graph),
        placed_(placed),
        layout_{.order = order_of(graph, kept, placed),
                .buffer = std::vector<Index>(graph.nodes.size(), kOutside),
                .lifetimes = {}},
        end_(static_cast<Index>(layout_.order.size())) {
    find_last_uses(kept);
  }

  Layout make() {
    for (Index step = 0; step < end_; ++step) {
      const NodeId id = layout_.order[static_cast<std::size_t>(step)];
      const bool is_placed = std::find(placed_.begin(), placed_.end(), id) != placed_.end();
      if (graph_[id].op == Op::kParameter || is_placed) continue;
      Index buffer = shared_buffer(id, step);
      if (buffer == kOutside) {
        buffer = static_cast<Index>(layout_.lifetimes.size());
        // Leaves keep their values from run to run, so their memory is theirs alone.
        const Index first = is_leaf(graph_[id].op) ? 0 : step;
        layout_.lifetimes.push_back({.size = graph_[id].shape.size(), .first = first, .last = step});
      }
      layout_.buffer[static_cast<std::size_t>(id)] = buffer;
      Lifetime& lifetime = layout_.lifetimes[static_cast<std::size_t>(buffer)];
      lifetime.last = std::max(lifetime.last, last_use_[static_cast<std::size_t>(id)]);
    }
    return std::move(layout_);
  }

 private:
  static std::vector<NodeId> order_of(const Graph& graph, std::span<const NodeId> kept,
                                      std::span<const NodeId> placed) {
    std::vector<NodeId> outputs(kept.begin(), kept.end());
    outputs.insert(outputs.end(), placed.begin(), placed.end());
    return reachable(graph, outputs);
  }

  void find_last_uses(std::span<const NodeId> kept) {
    last_use_.assign(graph_.nodes.size(), 0);
    for (Index step = 0; step < end_; ++step) {
      const NodeId id = layout_.order[static_cast<std::size_t>(step)];
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
  [[nodiscard]] Index shared_buffer(NodeId id, Index step) const {
    const Node& node = graph_[id];
    const std::span<const NodeId> inputs = inputs_of(node);
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      const Index buffer = layout_.buffer[static_cast<std::size_t>(inputs[k])];
      if (buffer == kOutside || (row(node.op).in_place >> k & 1U) == 0) continue;
      if (graph_[inputs[k]].shape.size() != node.shape.size()) continue;
      const bool is_free = layout_.lifetimes[static_cast<std::size_t>(buffer)].last <= step;
      if (is_free || node.op == Op::kReshape) return buffer;
    }
    return kOutside;
  }

  const Graph& graph_;
  std::span<const NodeId> placed_;
  Layout layout_;
  std::vector<Index> last_use_;
  Index end_;
};

Layout make_layout(const Graph& graph, std::span<const NodeId> kept, std::span<const NodeId> placed) {
  return LayoutMaker(graph, kept, placed).make();
}

}  // namespace

Executor::Executor(const Graph& graph, const Real* parameters, std::span<const NodeId> kept,
                   std::span<const Placement> placed) {
  std::vector<NodeId> placed_nodes;
  for (const Placement& placement : placed) placed_nodes.push_back(placement.node);
  const Layout layout = make_layout(graph, kept, placed_nodes);
  const MemoryPlan plan = plan_memory(layout.lifetimes);
  arena_ = Buffer(plan.total);

  const auto home = [&](NodeId id) -> Real* {
    const Index buffer = layout.buffer[static_cast<std::size_t>(id)];
    if (buffer != kOutside) return arena_.data() + plan.offsets[static_cast<std::size_t>(buffer)];
    return std::find_if(placed.begin(), placed.end(), [id](const Placement& p) { return p.node == id; })->where;
  };
  const auto source = [&](NodeId id) -> const Real* {
    if (graph[id].op != Op::kParameter) return home(id);
    return parameters + graph.parameters[graph[id].attributes.index].offset;
  };

  for (const NodeId id : layout.order) {
    const Node& node = graph[id];
    if (node.op == Op::kParameter) continue;  // the caller's: read, never written here
    if (node.op == Op::kInput || std::find(kept.begin(), kept.end(), id) != kept.end()) {
      readable_.push_back({.node = id, .data = home(id), .size = node.shape.size()});
    }
    KernelCall call{.kernel = row(node.op).kernel,
                    .out = home(id),
                    .out_shape = node.shape,
                    .attributes = node.attributes,
                    .state = &state_,
                    .node = id,
                    .op = node.op};
    const std::span<const NodeId> inputs = inputs_of(node);
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      call.in[k] = source(inputs[k]);
      call.in_shapes[k] = graph[inputs[k]].shape;
    }
    if (node.op == Op::kConstant) call.kernel(call);  // once: nothing else writes there
    const bool is_view = node.op == Op::kReshape && call.out == call.in[0];
    if (is_leaf(node.op) || is_view) continue;
    calls_.push_back(call);
    if constexpr (threads::kAvailable) shares_.push_back(shares_of(call));
  }
}

[[gnu::noinline]] Executor::Shares Executor::shares_of(const KernelCall& call) {
  // A part is to take ten microseconds at least, as long as a core needs for so much arithmetic of products or so much
  // memory of what has a function in it: smaller ones cost more than they save, for what one core has just written the
  // other has to fetch (figures in tests/bench/README.md).
  constexpr double kFlopsPerPart = 600e3;
  constexpr double kBytesPerPart = 150e3;
  const OpRow& op_row = row(call.op);
  const Cost cost =
      op_row.cost(std::span(call.in_shapes).first(static_cast<std::size_t>(op_row.arity)), call.out_shape);
  const auto parts = static_cast<Index>(cost.flops / kFlopsPerPart + cost.bytes / kBytesPerPart);
  const Index units = op_row.division->units(call);
  return {.division = op_row.division, .units = units, .most_parts = std::clamp<Index>(parts, 1, units)};
}

[[gnu::noinline]] bool Executor::gains_from_threads() const {
  constexpr Index kFelt = 8;  // parts: 80 microseconds
  Index parts = 0;
  for (const KernelCall& call : calls_) {
    const Index most = shares_of(call).most_parts;
    parts += most > 1 ? most : 0;
  }
  return parts >= kFelt;
}

void Executor::run(const StepState& state) {
  state_ = state;
  if constexpr (threads::kAvailable) {
    if (threads::count() > 1) {
      run_divided();
      return;
    }
  }
  for (const KernelCall& call : calls_) call.kernel(call);
}

void Executor::run_divided() const {
  // Two for each thread: who comes late, or is held up by something else, leaves more to the others.
  const Index most_parts = 2 * threads::count();
  for (std::size_t i = 0; i < calls_.size(); ++i) {
    const KernelCall& call = calls_[i];
    const auto [division, units, parts] = shares_[i];
    if (parts == 1) {
      call.kernel(call);
      continue;
    }
    threads::for_each_stretch(units, std::min(parts, most_parts), [&call, how = division](Index first, Index count) {
      KernelCall part = call;
      how->narrow(part, first, count);
      part.kernel(part);
    });
  }
}

const Executor::Readable& Executor::find(NodeId node) const {
  const auto found =
      std::find_if(readable_.begin(), readable_.end(), [node](const Readable& r) { return r.node == node; });
  ensure(found != readable_.end(), "only inputs and kept outputs can be reached");
  return *found;
}

std::span<Real> Executor::input(NodeId node) {
  const Readable& readable = find(node);
  return {readable.data, static_cast<std::size_t>(readable.size)};
}

std::span<const Real> Executor::value(NodeId node) const {
  const Readable& readable = find(node);
  return {readable.data, static_cast<std::size_t>(readable.size)};
}

std::size_t estimate_arena_bytes(const Graph& graph, std::span<const NodeId> kept, std::span<const NodeId> placed) {
  const Layout layout = make_layout(graph, kept, placed);
  return static_cast<std::size_t>(plan_memory(layout.lifetimes).total) * sizeof(Real);
}

}  // namespace athanor
