// Matrix product of row-major matrices.
#pragma once

#include "engine/core/real.h"

namespace athanor::kernels {

struct GemmShape {
  Index m = 0;  // rows of the result
  Index n = 0;  // columns of the result
  Index k = 0;  // length of the sums
  bool transpose_a = false;
  bool transpose_b = false;
};

/// c (M, N) = a b, where a is (M, K), or (K, M) when transposed, and b is (K, N), or (N, K) when transposed.
/// c overlaps neither a nor b. Uses 64 KiB of stack (128 KiB in the double build) and no heap.
void gemm(const GemmShape& shape, const Real* a, const Real* b, Real* c);

}  // namespace athanor::kernels
