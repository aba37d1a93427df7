// Matrix product of row-major matrices.
#pragma once

#include "engine/core/real.h"
#include "engine/kernels/gemm_product.h"

namespace athanor::kernels {

struct GemmShape {
  Index m = 0;  // rows of the result
  Index n = 0;  // columns of the result
  Index k = 0;  // length of the sums
  bool transpose_a = false;
  bool transpose_b = false;
  /// From one row to the next as stored, where a matrix is part of a larger one. 0: its rows follow one another.
  Index stride_a = 0;
  Index stride_b = 0;
  Index stride_c = 0;
  /// c = alpha a b, or c = c + alpha a b.
  Real alpha = 1;
  bool accumulate = false;
  /// (N), added to every row when its sums are complete; none where it is null.
  const Real* bias = nullptr;
};

/// c (M, N) = alpha a b (+ c) (+ bias), where a is (M, K), or (K, M) when transposed, and b is (K, N), or (N, K) when
/// transposed. c overlaps neither a nor b. Every element is summed in the order of K, in blocks of 256, wherever it
/// stands: a row comes out the same whatever other rows there are. Packs on 16 KiB of stack (32 KiB with AVX2) and
/// takes no heap.
void gemm(const GemmShape& shape, const Real* a, const Real* b, Real* c);

/// The same with everything resolved; multiply() does it at once.
inline Product product_of(const GemmShape& shape, const Real* a, const Real* b, Real* c) {
  const Index stride_a = shape.stride_a > 0 ? shape.stride_a : (shape.transpose_a ? shape.m : shape.k);
  const Index stride_b = shape.stride_b > 0 ? shape.stride_b : (shape.transpose_b ? shape.k : shape.n);
  return {
      .a = {.data = a,
            .row_stride = shape.transpose_a ? 1 : stride_a,
            .column_stride = shape.transpose_a ? stride_a : 1},
      .b = {.data = b,
            .row_stride = shape.transpose_b ? 1 : stride_b,
            .column_stride = shape.transpose_b ? stride_b : 1},
      .m = shape.m,
      .n = shape.n,
      .k = shape.k,
      .c = {.data = c,
            .stride = shape.stride_c > 0 ? shape.stride_c : shape.n,
            .alpha = shape.alpha,
            .accumulate = shape.accumulate,
            .bias = shape.bias},
  };
}

}  // namespace athanor::kernels
