// What a matrix product is of, with transposition, strides and defaults resolved.
#pragma once

#include "engine/core/real.h"

namespace athanor::kernels {

/// Where a matrix's element (row, column) stands: data[row * row_stride + column * column_stride].
struct View {
  const Real* data = nullptr;
  Index row_stride = 0;
  Index column_stride = 1;

  [[nodiscard]] View at(Index row, Index column) const {
    return {.data = data + row * row_stride + column * column_stride,
            .row_stride = row_stride,
            .column_stride = column_stride};
  }
};

/// A part of the result, and what happens to it: c = alpha * sums, or c = c + alpha * sums; then the same number of
/// `bias` is added to every row, unless there is none.
struct Target {
  Real* data = nullptr;
  Index stride = 0;
  Real alpha = 1;
  bool accumulate = false;
  const Real* bias = nullptr;
};

/// c (m, n) = alpha a (m, k) b (k, n) (+ c) (+ bias (n)).
struct Product {
  View a;
  View b;
  Index m = 0;
  Index n = 0;
  Index k = 0;
  Target c;
};

/// Does it; gemm() says how.
void multiply(const Product& product);

}  // namespace athanor::kernels
