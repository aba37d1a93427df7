// Where the values of a graph are while it runs, and how much memory that takes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/graph/graph.h"

namespace athanor {

/// Memory of one executor, in Reals.
struct ArenaSize {
  Index own = 0;        // what outlasts a run: inputs, constants, kept outputs
  Index workspace = 0;  // everything in between: nobody reads it after the run

  [[nodiscard]] std::size_t bytes() const { return static_cast<std::size_t>(own + workspace) * sizeof(Real); }
};

/// Memory that a value may be in; `kOutside` is a parameter's, or where a caller wants an output.
enum class Region : std::uint8_t { kOutside, kOwn, kWorkspace };

struct Place {
  Region region = Region::kOutside;
  Index offset = 0;  // in Reals, a multiple of kAlignment bytes
};

struct Layout {
  std::vector<NodeId> order;  // what is computed, inputs before those who read them
  std::vector<Place> places;  // per node of the graph
  ArenaSize size;
};

/// Whether an op computes nothing during a run.
[[nodiscard]] bool is_leaf(Op op);

/// A place for everything that `kept` and `placed` depend on: values in the workspace share memory where they do not
/// live at the same time, and where an op's row lets it write over what it reads. Those of `placed` are outside.
[[nodiscard]] Layout lay_out(const Graph& graph, std::span<const NodeId> kept, std::span<const NodeId> placed = {});

}  // namespace athanor
