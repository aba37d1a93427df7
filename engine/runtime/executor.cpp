#include "engine/runtime/executor.h"

#include <algorithm>

#include "engine/core/threads.h"
#include "engine/runtime/layout.h"

namespace athanor {
Executor::Executor(const Graph& graph, const Real* parameters, std::span<const NodeId> kept,
                   std::span<const Placement> placed, std::span<Real> workspace) {
  std::vector<NodeId> placed_nodes;
  for (const Placement& placement : placed) placed_nodes.push_back(placement.node);
  const Layout layout = lay_out(graph, kept, placed_nodes);
  const bool is_lent = !workspace.empty();
  ensure(!is_lent || std::ssize(workspace) >= layout.size.workspace, "a lent workspace is large enough");
  arena_ = Buffer(layout.size.own + (is_lent ? 0 : layout.size.workspace));
  Real* const between = is_lent ? workspace.data() : arena_.data() + layout.size.own;

  const auto home = [&](NodeId id) -> Real* {
    const Place place = layout.places[static_cast<std::size_t>(id)];
    if (place.region == Region::kOwn) return arena_.data() + place.offset;
    if (place.region == Region::kWorkspace) return between + place.offset;
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
    KernelCall call{.out = home(id),
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
    call.kernel = kernel_for(call);
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
      part.kernel = row(part.op).kernel;  // a chosen one takes the shapes of the whole for granted
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

}  // namespace athanor
