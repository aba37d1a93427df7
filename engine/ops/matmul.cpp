#include "engine/ops/matmul.h"

#include <algorithm>
#include <cmath>

#include "engine/kernels/gemm.h"
#include "engine/kernels/gemm_small.h"
#include "engine/ops/apply.h"

namespace athanor::ops {
namespace {

Index rows_of(const Shape& shape) { return shape[shape.rank - 2]; }
Index columns_of(const Shape& shape) { return shape[shape.rank - 1]; }
Index matrix_size(const Shape& shape) { return rows_of(shape) * columns_of(shape); }

/// The axes before the two of the matrix: which matrix of the stack.
Shape stack_of(const Shape& shape) {
  Shape stack;
  for (int axis = 0; axis < shape.rank - 2; ++axis) stack.push_back(shape[axis]);
  return stack;
}

/// Length of the sums.
Index inner_of(const Shape& a, const Attributes& attributes) {
  return attributes.transpose_a ? rows_of(a) : columns_of(a);
}

/// Several rows of matrices on the left of one matrix are the rows of one large matrix.
bool is_one_product(const Shape& a, const Shape& b, const Attributes& attributes) {
  return b.rank == 2 && (a.rank == 2 || !attributes.transpose_a);
}

/// The last two axes of a call.
kernels::GemmShape matrices_of(const KernelCall& call) {
  const Shape& a = call.in_shapes[0];
  const Shape& b = call.in_shapes[1];
  return {.m = rows_of(call.out_shape),
          .n = columns_of(call.out_shape),
          .k = inner_of(a, call.attributes),
          .transpose_a = call.attributes.transpose_a,
          .transpose_b = call.attributes.transpose_b,
          // More than there are columns where only some are taken (kProduct).
          .stride_a = columns_of(a),
          .stride_b = columns_of(b),
          .stride_c = call.attributes.transpose_b ? rows_of(b) : columns_of(b)};
}

/// A call that is one product. At once, as that is much of what small ones take.
[[gnu::noinline]] void multiply_one(const KernelCall& call, const Real* bias) {
  kernels::GemmShape shape = matrices_of(call);
  if (call.out_shape.rank > 2) shape.m = call.out_shape.size() / shape.n;
  shape.bias = bias;
  kernels::multiply(kernels::product_of(shape, call.in[0], call.in[1], call.out));
}

// Small products of two matrices; without a bias there is no third input.

/// Rows by rows of b, which is stored as it is, or has one row.
template <bool IsTurned>
void rows_kernel(const KernelCall& call) {
  const Shape& a = call.in_shapes[0];
  const Index n = call.out_shape[1];
  kernels::multiply_rows<IsTurned>({.a = call.in[0],
                                    .a_stride = a[1],
                                    .rows = call.out_shape[0],
                                    .b = call.in[1],
                                    .b_stride = n,
                                    .depth = IsTurned ? a[0] : a[1],
                                    .bias = call.in[2]},
                                   n, call.out, n);
}

void rows_by_transpose_kernel(const KernelCall& call) {
  const Index k = call.in_shapes[0][1];
  const Index n = call.out_shape[1];
  kernels::SmallProduct product{.a = call.in[0],
                                .a_stride = k,
                                .rows = call.out_shape[0],
                                .b = call.in[1],
                                .b_stride = k,
                                .depth = k,
                                .bias = call.in[2]};
  kernels::multiply_rows_by_transpose(product, n, call.out, n);
}

void column_kernel(const KernelCall& call) {
  const Index k = call.in_shapes[0][1];
  kernels::multiply_by_column({.a = call.in[0],
                               .a_stride = k,
                               .rows = call.out_shape[0],
                               .b = call.in[1],
                               .b_stride = 1,
                               .depth = k,
                               .bias = call.in[2]},
                              call.out);
}

/// a^T b as (b^T a)^T, one row.
void turned_column_kernel(const KernelCall& call) {
  const Index m = call.out_shape[0];
  kernels::multiply_rows<true>({.a = call.in[1],
                                .a_stride = 1,
                                .rows = 1,
                                .b = call.in[0],
                                .b_stride = m,
                                .depth = call.in_shapes[0][0],
                                .bias = nullptr},
                               m, call.out, m);
}

}  // namespace

Shape matmul_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  const Shape& a = inputs[0];
  const Shape& b = inputs[1];
  if (a.rank < 2 || b.rank < 2) refuse("matmul", inputs, "two matrices or stacks of them");
  const Index inner_b = attributes.transpose_b ? columns_of(b) : rows_of(b);
  if (inner_of(a, attributes) != inner_b) {
    refuse("matmul", inputs, "as many columns on the left as rows on the right");
  }
  const Shape stack_a = stack_of(a);
  const Shape stack_b = stack_of(b);
  Shape out;
  const int depth = std::max(stack_a.rank, stack_b.rank);
  for (int axis = 0; axis < depth; ++axis) {
    const Index size_a = axis < depth - stack_a.rank ? 1 : stack_a[axis - (depth - stack_a.rank)];
    const Index size_b = axis < depth - stack_b.rank ? 1 : stack_b[axis - (depth - stack_b.rank)];
    if (size_a != size_b && size_a != 1 && size_b != 1) {
      refuse("matmul", inputs, "stacks of matrices whose leading axes are equal or 1");
    }
    out.push_back(std::max(size_a, size_b));
  }
  out.push_back(attributes.transpose_a ? columns_of(a) : rows_of(a));
  out.push_back(attributes.transpose_b ? rows_of(b) : columns_of(b));
  return out;
}

Shape linear_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  const Shape product = matmul_shape(inputs.first(2), attributes);
  if (!is_one_product(inputs[0], inputs[1], attributes) || inputs[2] != Shape{product.last()}) {
    refuse("linear", inputs, "rows, one matrix and a bias with a number for each of its columns");
  }
  return product;
}

void matmul_kernel(const KernelCall& call) {
  const Shape& a = call.in_shapes[0];
  const Shape& b = call.in_shapes[1];
  if (is_one_product(a, b, call.attributes)) {
    multiply_one(call, nullptr);
    return;
  }
  const kernels::GemmShape shape = matrices_of(call);
  const Shape stack = kernels::with_leading_ones(stack_of(call.out_shape));  // (1, 1, outer, inner)
  const auto stride_a = kernels::broadcast_strides(stack_of(a), stack);
  const auto stride_b = kernels::broadcast_strides(stack_of(b), stack);
  Real* out = call.out;
  for (Index outer = 0; outer < stack[2]; ++outer) {
    for (Index inner = 0; inner < stack[3]; ++inner, out += shape.m * shape.n) {
      const Real* left = call.in[0] + (outer * stride_a[2] + inner * stride_a[3]) * matrix_size(a);
      const Real* right = call.in[1] + (outer * stride_b[2] + inner * stride_b[3]) * matrix_size(b);
      kernels::gemm(shape, left, right, out);
    }
  }
}

Kernel* product_kernel_for(const KernelCall& call) {
  const auto& [a, b, none] = call.in_shapes;
  const Shape& out = call.out_shape;
  const bool is_turned = call.attributes.transpose_a;
  const bool has_turned_b = call.attributes.transpose_b;
  if (a.rank != 2 || b.rank != 2 || !kernels::is_small(out[0], out[1], inner_of(a, call.attributes))) return nullptr;
  if (out[1] == 1) {
    if (!is_turned) return out[0] >= kernels::kLeastInColumn ? column_kernel : nullptr;
    return out[0] % kernels::kColumns == 0 && call.in[2] == nullptr ? turned_column_kernel : nullptr;
  }
  if (out[1] % kernels::kColumns != 0) return nullptr;
  if (!has_turned_b || b[1] == 1) return is_turned ? rows_kernel<true> : rows_kernel<false>;
  return is_turned ? nullptr : rows_by_transpose_kernel;
}

void linear_kernel(const KernelCall& call) { multiply_one(call, call.in[2]); }

// With A and B as they enter the product, dA = dC B^T and dB = A^T dC; a stored transpose is undone by swapping sides.
// Where a stack was broadcast, the gradient is summed over it.
InputGradients matmul_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const Node product = graph.graph()[node];
  const auto [a, b, bias] = product.inputs;
  const bool ta = product.attributes.transpose_a;
  const bool tb = product.attributes.transpose_b;
  InputGradients gradients{kNoNode, kNoNode, kNoNode};
  if (wanted[0]) {
    const NodeId full = ta ? graph.matmul(b, upstream, tb, true) : graph.matmul(upstream, b, false, !tb);
    gradients[0] = towards(graph, node, 0, full);
  }
  if (wanted[1]) {
    NodeId left = a;
    NodeId right = upstream;
    if (graph.shape(a).rank > 2 && is_one_product(graph.shape(a), graph.shape(b), product.attributes)) {
      // One large product instead of a stack of small ones that would have to be summed.
      const Shape from = graph.shape(a);
      const Shape to = graph.shape(upstream);
      left = graph.reshape(a, {from.size() / from.last(), from.last()});
      right = graph.reshape(upstream, {to.size() / to.last(), to.last()});
    }
    const NodeId full = tb ? graph.matmul(right, left, true, ta) : graph.matmul(left, right, !ta, false);
    gradients[1] = towards(graph, node, 1, full);
  }
  return gradients;
}

InputGradients linear_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  InputGradients gradients = matmul_gradient(graph, node, upstream, wanted.first(2));
  if (wanted[2]) gradients[2] = towards(graph, node, 2, upstream);
  return gradients;
}

Cost matmul_cost(std::span<const Shape> inputs, const Shape& output) {
  // The inner length follows from the matrices' sizes, whichever operand is transposed: |A| |B| = M K K N.
  const double inner_squared = static_cast<double>(matrix_size(inputs[0])) *
                               static_cast<double>(matrix_size(inputs[1])) / static_cast<double>(matrix_size(output));
  const double inner = std::round(std::sqrt(inner_squared));
  const auto elements = static_cast<double>(inputs[0].size() + inputs[1].size() + output.size());
  return {.flops = 2 * inner * static_cast<double>(output.size()), .bytes = elements * sizeof(Real)};
}

}  // namespace athanor::ops
