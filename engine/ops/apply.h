// What the families' kernels and gradient rules have in common: a formula applied to every element, gradients summed
// back over what was broadcast.
#pragma once

#include "engine/graph/builder.h"
#include "engine/kernels/elementwise.h"

namespace athanor::ops {

/// out = f(x) for every element.
template <typename F>
void unary(const KernelCall& call, F f) {
  kernels::map(call.in[0], call.out, call.out_shape.size(), f);
}

/// out = f(a, b), broadcast.
template <typename F>
void binary(const KernelCall& call, F f) {
  kernels::map_broadcast(call.in[0], call.in_shapes[0], call.in[1], call.in_shapes[1], call.out, call.out_shape, f);
}

/// out = f(a, b) where both have the shape of the output.
template <typename F>
void pairwise(const KernelCall& call, F f) {
  kernels::map(call.in[0], call.in[1], call.out, call.out_shape.size(), f);
}

/// The same by a function of arrays, which takes several elements at a time.
using UnaryArray = void(const Real* x, Real* out, Index n);
inline void unary_array(const KernelCall& call, UnaryArray f) { f(call.in[0], call.out, call.out_shape.size()); }
using PairwiseArray = void(const Real* a, const Real* b, Real* out, Index n);
inline void pairwise_array(const KernelCall& call, PairwiseArray f) {
  f(call.in[0], call.in[1], call.out, call.out_shape.size());
}

/// `gradient` summed back to the shape of input `k` of `node`.
inline NodeId towards(Builder& graph, NodeId node, std::size_t k, NodeId gradient) {
  const Shape shape = graph.shape(graph.graph()[node].inputs[k]);
  return graph.sum_to(gradient, shape);
}

}  // namespace athanor::ops
