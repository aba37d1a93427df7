#include "engine/ops/reduce.h"

#include "engine/graph/builder.h"
#include "engine/kernels/reduce.h"

namespace athanor::ops {
namespace {

bool is_reduced(std::uint8_t axes, int axis) { return (axes >> static_cast<unsigned>(axis) & 1U) != 0; }

/// `x`, which has the shape of `node`, with the reduced axes back in place (size 1).
NodeId with_axes_kept(Builder& graph, NodeId node, NodeId x) {
  const Node reduced = graph.graph()[node];
  Shape kept = graph.shape(reduced.inputs[0]);
  for (int axis = 0; axis < kept.rank; ++axis) {
    if (is_reduced(reduced.attributes.axes, axis)) kept[axis] = 1;
  }
  return graph.shape(x) == kept ? x : graph.reshape(x, kept);
}

/// `upstream` with the reduced axes back in place, then repeated to the shape of the input.
NodeId spread(Builder& graph, NodeId node, NodeId upstream) {
  const Shape full = graph.shape(graph.graph()[node].inputs[0]);
  return graph.broadcast(with_axes_kept(graph, node, upstream), full);
}

void sum_of_all_kernel(const KernelCall& call) {
  *call.out = kernels::sum_of_row(call.in[0], call.in_shapes[0].size());
}

void mean_of_all_kernel(const KernelCall& call) {
  const Index count = call.in_shapes[0].size();
  *call.out = kernels::sum_of_row(call.in[0], count) * (1 / static_cast<Real>(count));
}

void sum_of_columns_kernel(const KernelCall& call) {
  const Shape& shape = call.in_shapes[0];
  kernels::sum_of_columns(call.in[0], shape[0], shape[1], call.out);
}

}  // namespace

Kernel* sum_kernel_for(const KernelCall& call) {
  if (call.out_shape.size() == 1) return sum_of_all_kernel;
  return call.in_shapes[0].rank == 2 && call.attributes.axes == 1 ? sum_of_columns_kernel : nullptr;
}

Kernel* mean_kernel_for(const KernelCall& call) { return call.out_shape.size() == 1 ? mean_of_all_kernel : nullptr; }

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

Shape argmax_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  const int axis = attributes.axis;
  if (axis >= inputs[0].rank) refuse("argmax", inputs, "an axis " + std::to_string(axis));
  Shape out;
  for (int k = 0; k < inputs[0].rank; ++k) {
    if (k != axis || attributes.keep_axes) out.push_back(k == axis ? 1 : inputs[0][k]);
  }
  return out;
}

void sum_kernel(const KernelCall& call) {
  kernels::sum(call.in[0], call.in_shapes[0], call.attributes.axes, 1, call.out);
}

void mean_kernel(const KernelCall& call) {
  const Index count = call.in_shapes[0].size() / call.out_shape.size();  // of each mean, however many there are
  const Real factor = 1 / static_cast<Real>(count);
  kernels::sum(call.in[0], call.in_shapes[0], call.attributes.axes, factor, call.out);
}

void max_kernel(const KernelCall& call) {
  kernels::largest(call.in[0], call.in_shapes[0], call.attributes.axes, call.out);
}

void min_kernel(const KernelCall& call) {
  kernels::smallest(call.in[0], call.in_shapes[0], call.attributes.axes, call.out);
}

void argmax_kernel(const KernelCall& call) {
  const Shape& shape = call.in_shapes[0];
  const Index size = shape[call.attributes.axis];
  Index inner = 1;
  for (int axis = call.attributes.axis + 1; axis < shape.rank; ++axis) inner *= shape[axis];
  kernels::position_of_largest(call.in[0], shape.size() / size / inner, size, inner, call.out);
}

InputGradients sum_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {spread(graph, node, upstream), kNoNode, kNoNode};
}

InputGradients mean_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const Shape from = graph.shape(graph.graph()[node].inputs[0]);
  const double share = static_cast<double>(graph.shape(node).size()) / static_cast<double>(from.size());
  return {spread(graph, node, graph.scale(upstream, share)), kNoNode, kNoNode};
}

// To the positions that hold the extreme, in equal shares, as torch.amax.
InputGradients extreme_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const Node reduced = graph.graph()[node];
  const NodeId x = reduced.inputs[0];
  const NodeId holds = graph.equal(x, with_axes_kept(graph, node, node));
  const NodeId count = graph.append(Op::kSum, {holds}, {.axes = reduced.attributes.axes, .keep_axes = true});
  const NodeId share = graph.divide(with_axes_kept(graph, node, upstream), count);
  return {graph.multiply(holds, share), kNoNode, kNoNode};
}

}  // namespace athanor::ops
