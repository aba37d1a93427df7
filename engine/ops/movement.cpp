#include "engine/ops/movement.h"

#include <algorithm>
#include <tuple>

#include "engine/graph/builder.h"
#include "engine/kernels/elementwise.h"

namespace athanor::ops {
namespace {

/// A tensor seen from one axis: `outer` blocks of `size` runs of `inner` elements.
struct AroundAxis {
  Index outer = 1;
  Index size = 1;
  Index inner = 1;
};

AroundAxis around(const Shape& shape, int axis) {
  AroundAxis view{.size = shape[axis]};
  for (int k = 0; k < axis; ++k) view.outer *= shape[k];
  for (int k = axis + 1; k < shape.rank; ++k) view.inner *= shape[k];
  return view;
}

}  // namespace

Shape permute_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  const Shape& x = inputs[0];
  Shape out;
  unsigned seen = 0;
  for (int axis = 0; axis < x.rank; ++axis) {
    const unsigned from = attributes.order[static_cast<std::size_t>(axis)];
    if (from >= static_cast<unsigned>(x.rank) || (seen >> from & 1U) != 0) {
      refuse("permute", inputs, "an order that names each of its axes once");
    }
    seen |= 1U << from;
    out.push_back(x[static_cast<int>(from)]);
  }
  return out;
}

Shape slice_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  Shape out = inputs[0];
  const auto& [axis, start, length] = std::tie(attributes.axis, attributes.start, attributes.length);
  if (axis >= out.rank || start < 0 || length < 1 || start + length > out[axis]) {
    refuse("slice", inputs,
           "positions " + std::to_string(start) + " to " + std::to_string(start + length - 1) + " on axis " +
               std::to_string(axis));
  }
  out[axis] = length;
  return out;
}

Shape pad_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  Shape out = inputs[0];
  const auto& [axis, start, length] = std::tie(attributes.axis, attributes.start, attributes.length);
  if (axis >= out.rank || start < 0 || start + out[axis] > length) {
    refuse("pad", inputs,
           "room from " + std::to_string(start) + " within " + std::to_string(length) + " positions on axis " +
               std::to_string(axis));
  }
  out[axis] = length;
  return out;
}

Shape concat_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  const int axis = attributes.axis;
  Shape out = inputs[0];
  Shape other = inputs[1];
  if (axis < out.rank && axis < other.rank) {
    out[axis] = other[axis] = inputs[0][axis] + inputs[1][axis];
    if (out == other) return out;
  }
  refuse("concat", inputs, "shapes that differ at most on axis " + std::to_string(axis));
}

void permute_kernel(const KernelCall& call) {
  const Shape& from = call.in_shapes[0];
  std::array<Index, kMaxRank> strides{};
  Index stride = 1;
  for (int axis = from.rank - 1; axis >= 0; --axis) {
    strides[static_cast<std::size_t>(axis)] = stride;
    stride *= from[axis];
  }
  const Shape full = kernels::with_leading_ones(call.out_shape);
  std::array<Index, kMaxRank> step{};  // per axis of `full`, in the input
  const auto extra = static_cast<std::size_t>(kMaxRank - from.rank);
  for (std::size_t axis = extra; axis < kMaxRank; ++axis) step[axis] = strides[call.attributes.order[axis - extra]];
  Real* out = call.out;
  for (Index i = 0; i < full[0]; ++i) {
    for (Index j = 0; j < full[1]; ++j) {
      for (Index k = 0; k < full[2]; ++k) {
        const Real* x = call.in[0] + i * step[0] + j * step[1] + k * step[2];
        for (Index l = 0; l < full[3]; ++l) *out++ = x[l * step[3]];
      }
    }
  }
}

void slice_kernel(const KernelCall& call) {
  const auto [outer, size, inner] = around(call.in_shapes[0], call.attributes.axis);
  const Index run = call.attributes.length * inner;
  for (Index o = 0; o < outer; ++o) {
    std::copy_n(call.in[0] + (o * size + call.attributes.start) * inner, run, call.out + o * run);
  }
}

void pad_kernel(const KernelCall& call) {
  const auto [outer, size, inner] = around(call.in_shapes[0], call.attributes.axis);
  const Index before = call.attributes.start * inner;
  const Index after = call.attributes.length * inner - before - size * inner;
  Real* out = call.out;
  for (Index o = 0; o < outer; ++o) {
    out = std::fill_n(out, before, Real{0});
    out = std::copy_n(call.in[0] + o * size * inner, size * inner, out);
    out = std::fill_n(out, after, Real{0});
  }
}

void concat_kernel(const KernelCall& call) {
  const AroundAxis a = around(call.in_shapes[0], call.attributes.axis);
  const AroundAxis b = around(call.in_shapes[1], call.attributes.axis);
  Real* out = call.out;
  for (Index o = 0; o < a.outer; ++o) {
    out = std::copy_n(call.in[0] + o * a.size * a.inner, a.size * a.inner, out);
    out = std::copy_n(call.in[1] + o * b.size * b.inner, b.size * b.inner, out);
  }
}

InputGradients permute_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const Attributes forward = graph.graph()[node].attributes;
  Attributes back;
  const auto rank = static_cast<std::size_t>(graph.shape(node).rank);
  for (std::size_t axis = 0; axis < rank; ++axis) {
    back.order[forward.order[axis]] = static_cast<std::uint8_t>(axis);
  }
  return {graph.append(Op::kPermute, {upstream}, back), kNoNode, kNoNode};
}

// Slice and pad are each other's gradients.
InputGradients slice_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const Node slice = graph.graph()[node];
  Attributes attributes = slice.attributes;
  attributes.length = graph.shape(slice.inputs[0])[attributes.axis];
  return {graph.append(Op::kPad, {upstream}, attributes), kNoNode, kNoNode};
}

InputGradients pad_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const Node pad = graph.graph()[node];
  const int axis = pad.attributes.axis;
  return {graph.slice(upstream, axis, pad.attributes.start, graph.shape(pad.inputs[0])[axis]), kNoNode, kNoNode};
}

InputGradients concat_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const Node concat = graph.graph()[node];
  const int axis = concat.attributes.axis;
  const Index size_a = graph.shape(concat.inputs[0])[axis];
  const Index size_b = graph.shape(concat.inputs[1])[axis];
  return {wanted[0] ? graph.slice(upstream, axis, 0, size_a) : kNoNode,
          wanted[1] ? graph.slice(upstream, axis, size_a, size_b) : kNoNode, kNoNode};
}

// Of the input only what is taken is read.
Cost moved_cost(std::span<const Shape> /*inputs*/, const Shape& output) {
  return {.flops = 0, .bytes = 2 * static_cast<double>(output.size()) * sizeof(Real)};
}

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
