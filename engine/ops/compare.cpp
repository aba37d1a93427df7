#include "engine/ops/compare.h"

#include "engine/ops/apply.h"

namespace athanor::ops {
namespace {

template <typename F>
void comparison(const KernelCall& call, F holds) {
  binary(call, [holds](Real a, Real b) { return holds(a, b) ? Real{1} : Real{0}; });
}

}  // namespace

void equal_kernel(const KernelCall& call) {
  comparison(call, [](Real a, Real b) { return a == b; });
}
void greater_kernel(const KernelCall& call) {
  comparison(call, [](Real a, Real b) { return a > b; });
}
void greater_equal_kernel(const KernelCall& call) {
  comparison(call, [](Real a, Real b) { return a >= b; });
}
void less_kernel(const KernelCall& call) {
  comparison(call, [](Real a, Real b) { return a < b; });
}
void where_kernel(const KernelCall& call) {
  kernels::map_broadcast(call.in, call.in_shapes, call.out, call.out_shape,
                         [](Real condition, Real a, Real b) { return condition != 0 ? a : b; });
}

InputGradients where_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const NodeId condition = graph.graph()[node].inputs[0];
  const NodeId zero = graph.constant(0);
  return {kNoNode, wanted[1] ? towards(graph, node, 1, graph.where(condition, upstream, zero)) : kNoNode,
          wanted[2] ? towards(graph, node, 2, graph.where(condition, zero, upstream)) : kNoNode};
}

}  // namespace athanor::ops
