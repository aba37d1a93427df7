// Compiles a graph into a flat list of kernel calls over one arena and runs it. Everything is resolved when compiling:
// a run does no allocation, no look-up and one indirect call per op, or where threads help (core/threads.h), one for
// each part of it. The arena has two parts, of which executors that never run at the same time may share the larger.
#pragma once

#include <span>
#include <vector>

#include "engine/core/buffer.h"
#include "engine/graph/graph.h"
#include "engine/graph/op_row.h"

namespace athanor {

/// An output that is to be written to memory of the caller, e.g. a gradient to its place in the gradient block.
struct Placement {
  NodeId node = kNoNode;
  Real* where = nullptr;
};

class Executor {
 public:
  /// Compiles what `kept` and `placed` depend on. `parameters` is the block that Graph::parameters describes; it and
  /// the placed memory must outlive the executor. `kept` outputs can be read with value() after a run. A `workspace`
  /// may be lent, of the size that lay_out() tells at least: others may use it between two runs.
  Executor(const Graph& graph, const Real* parameters, std::span<const NodeId> kept,
           std::span<const Placement> placed = {}, std::span<Real> workspace = {});

  // Kernel calls point into the arena and to the state.
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  /// Where an input node's values are to be written before a run.
  [[nodiscard]] std::span<Real> input(NodeId node);
  /// The values of an input or of a kept output.
  [[nodiscard]] std::span<const Real> value(NodeId node) const;

  void run(const StepState& state);

  /// The calls in the order they run, for the inspector and for tests.
  [[nodiscard]] std::span<const KernelCall> calls() const { return calls_; }
  /// Whether a run has so much that threads can share that a second one is felt.
  [[nodiscard]] bool gains_from_threads() const;
  /// Bytes of the arena, without a workspace that is lent.
  [[nodiscard]] std::size_t arena_bytes() const { return static_cast<std::size_t>(arena_.size()) * sizeof(Real); }

 private:
  struct Readable {
    NodeId node;
    Real* data;
    Index size;
  };
  [[nodiscard]] const Readable& find(NodeId node) const;

  /// How a call is divided where there are threads to help.
  struct Shares {
    const Division* division;
    Index units;
    Index most_parts;  // each large enough to be worth handing over
  };
  [[nodiscard]] static Shares shares_of(const KernelCall& call);
  void run_divided() const;

  Buffer arena_;
  StepState state_;
  std::vector<KernelCall> calls_;
  std::vector<Shares> shares_;  // of each call, where the build has threads
  std::vector<Readable> readable_;
};

}  // namespace athanor
