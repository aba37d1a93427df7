#include "engine/ops/matmul.h"

#include <cmath>

#include "engine/graph/builder.h"
#include "engine/kernels/gemm.h"

namespace athanor::ops {

Shape matmul_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  const Shape& a = inputs[0];
  const Shape& b = inputs[1];
  if (a.rank != 2 || b.rank != 2) refuse("matmul", inputs, "two matrices");
  const Index inner_a = attributes.transpose_a ? a[0] : a[1];
  const Index inner_b = attributes.transpose_b ? b[1] : b[0];
  if (inner_a != inner_b) refuse("matmul", inputs, "as many columns on the left as rows on the right");
  return {attributes.transpose_a ? a[1] : a[0], attributes.transpose_b ? b[0] : b[1]};
}

void matmul_kernel(const KernelCall& call) {
  const bool transpose_a = call.attributes.transpose_a;
  const bool transpose_b = call.attributes.transpose_b;
  kernels::gemm({.m = call.out_shape[0],
                 .n = call.out_shape[1],
                 .k = transpose_a ? call.in_shapes[0][0] : call.in_shapes[0][1],
                 .transpose_a = transpose_a,
                 .transpose_b = transpose_b},
                call.in[0], call.in[1], call.out);
}

// With A and B as they enter the product, dA = dC B^T and dB = A^T dC; a stored transpose is undone by swapping sides.
InputGradients matmul_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const Node product = graph.graph()[node];
  const auto [a, b, none] = product.inputs;
  const bool ta = product.attributes.transpose_a;
  const bool tb = product.attributes.transpose_b;
  InputGradients gradients{kNoNode, kNoNode, kNoNode};
  if (wanted[0]) gradients[0] = ta ? graph.matmul(b, upstream, tb, true) : graph.matmul(upstream, b, false, !tb);
  if (wanted[1]) gradients[1] = tb ? graph.matmul(upstream, a, true, ta) : graph.matmul(a, upstream, !ta, false);
  return gradients;
}

Cost matmul_cost(std::span<const Shape> inputs, const Shape& output) {
  // The inner length follows from the sizes alone, whichever operand is transposed: |A| |B| = M K K N.
  const double inner_squared = static_cast<double>(inputs[0].size()) * static_cast<double>(inputs[1].size()) /
                               static_cast<double>(output.size());
  const double inner = std::round(std::sqrt(inner_squared));
  const auto elements = static_cast<double>(inputs[0].size() + inputs[1].size() + output.size());
  return {.flops = 2 * inner * static_cast<double>(output.size()), .bytes = elements * sizeof(Real)};
}

}  // namespace athanor::ops
