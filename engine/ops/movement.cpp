#include "engine/ops/movement.h"

#include <algorithm>

#include "engine/graph/builder.h"
#include "engine/kernels/elementwise.h"

namespace athanor::ops {

void broadcast_kernel(const KernelCall& call) {
  kernels::map_broadcast(call.in[0], call.in_shapes[0], call.in[0], call.in_shapes[0], call.out, call.out_shape,
                         [](Real x, Real /*same*/) { return x; });
}

void reshape_kernel(const KernelCall& call) {
  if (call.out != call.in[0]) std::copy_n(call.in[0], call.out_shape.size(), call.out);
}

InputGradients broadcast_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const Shape from = graph.shape(graph.graph()[node].inputs[0]);
  return {graph.sum_to(upstream, from), kNoNode, kNoNode};
}

InputGradients reshape_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const Shape from = graph.shape(graph.graph()[node].inputs[0]);
  return {graph.reshape(upstream, from), kNoNode, kNoNode};
}

}  // namespace athanor::ops
