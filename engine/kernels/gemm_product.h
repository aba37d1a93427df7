// What a matrix product is of, with transposition, strides and defaults resolved.
#pragma once

#include "engine/core/real.h"

namespace athanor::kernels {

/// Where a matrix's element (row, column) stands: data[row * row_stride + column * column_stride].
struct View {
  const Real* data;
  Index row_stride;
  Index column_stride;

  [[nodiscard]] View at(Index row, Index column) const {
    return {.data = data + row * row_stride + column * column_stride,
            .row_stride = row_stride,
            .column_stride = column_stride};
  }
};

/// A part of the result, and what happens to it: c = alpha * sums, or c = c + alpha * sums; then the same number of
/// `bias` is added to every row, unless there is none.
struct Target {
  Real* data;
  Index stride;
  Real alpha;
  bool accumulate;
  const Real* bias = nullptr;
};

/// c (m, n) = alpha a (m, k) b (k, n) (+ c) (+ bias (n)).
struct Product {
  View a;
  View b;
  Index m;
  Index n;
  Index k;
  Target c;
};

/// Does it; gemm() says how.
void multiply(const Product& product);

}  // namespace athanor::kernels
