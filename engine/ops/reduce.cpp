#include "engine/ops/reduce.h"

#include "engine/graph/builder.h"
#include "engine/kernels/reduce.h"

namespace athanor::ops {
namespace {

bool is_reduced(std::uint8_t axes, int axis) { return (axes >> static_cast<unsigned>(axis) & 1U) != 0; }

/// `upstream` with the reduced axes back in place (size 1), then repeated to the shape of the input.
NodeId spread(Builder& graph, NodeId node, NodeId upstream) {
  const Node reduced = graph.graph()[node];
  const Shape full = graph.shape(reduced.inputs[0]);
  Shape kept = full;
  for (int axis = 0; axis < full.rank; ++axis) {
    if (is_reduced(reduced.attributes.axes, axis)) kept[axis] = 1;
  }
  return graph.broadcast(graph.shape(upstream) == kept ? upstream : graph.reshape(upstream, kept), full);
}

}  // namespace

Shape reduce_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  Shape out;
  for (int axis = 0; axis < inputs[0].rank; ++axis) {
    if (!is_reduced(attributes.axes, axis)) {
      out.push_back(inputs[0][axis]);
    } else if (attributes.keep_axes) {
      out.push_back(1);
    }
  }
  return out;
}

void sum_kernel(const KernelCall& call) {
  kernels::sum(call.in[0], call.in_shapes[0], call.attributes.axes, 1, call.out);
}

void mean_kernel(const KernelCall& call) {
  const Real factor = static_cast<Real>(call.out_shape.size()) / static_cast<Real>(call.in_shapes[0].size());
  kernels::sum(call.in[0], call.in_shapes[0], call.attributes.axes, factor, call.out);
}

InputGradients sum_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {spread(graph, node, upstream), kNoNode, kNoNode};
}

InputGradients mean_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const Shape from = graph.shape(graph.graph()[node].inputs[0]);
  const double share = static_cast<double>(graph.shape(node).size()) / static_cast<double>(from.size());
  return {spread(graph, node, graph.scale(upstream, share)), kNoNode, kNoNode};
}

}  // namespace athanor::ops
