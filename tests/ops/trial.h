// A call of an op's kernel apart from any executor: beside its inputs or over one of them, as a whole or in parts.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/core/random.h"
#include "engine/graph/op_row.h"
#include "tests/ops/samples.h"

namespace athanor::testing {

using Values = std::vector<Real>;

/// A call of the kernel of a node on random values.
struct Trial {
  Op op = Op::kInput;
  KernelCall call;
  std::vector<Values> inputs;

  Trial(const Graph& graph, NodeId id, std::uint32_t seed) : op(graph[id].op) {
    const Node& node = graph[id];
    Random random(seed, Stream::kInit);
    call = {.out_shape = node.shape, .attributes = node.attributes, .node = id};
    for (const NodeId input : inputs_of(node)) {
      const Shape& shape = graph[input].shape;
      call.in_shapes[inputs.size()] = shape;
      Values& values = inputs.emplace_back(static_cast<std::size_t>(shape.size()));
      for (Real& value : values) value = random.uniform(-1, 1);
    }
  }

  /// Calls `kernel` on a copy of the inputs; the output goes over input `target` or, with none, beside them, where
  /// nothing stands but NaN.
  template <typename Kernel>
  [[nodiscard]] Values result_of(Kernel kernel, std::size_t target = kMaxInputs) const {
    std::vector<Values> copies = inputs;
    Values beside(static_cast<std::size_t>(call.out_shape.size()), std::numeric_limits<Real>::quiet_NaN());
    Values& out = target < copies.size() ? copies[target] : beside;
    KernelCall own = call;
    for (std::size_t k = 0; k < copies.size(); ++k) own.in[k] = copies[k].data();
    own.out = out.data();
    kernel(own);
    return out;
  }

  /// By the kernel as a whole.
  [[nodiscard]] Values run(std::size_t target = kMaxInputs) const { return result_of(row(op).kernel, target); }
};

/// The last op of a sample on random values.
[[nodiscard]] inline Trial trial_of(const OpSample& sample, std::uint32_t seed) {
  Graph graph;
  const NodeId last = built(sample, graph);
  return {graph, last, seed};
}

/// Equal, NaN being equal to itself.
[[nodiscard]] inline bool are_same(const Values& a, const Values& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](Real x, Real y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

}  // namespace athanor::testing
