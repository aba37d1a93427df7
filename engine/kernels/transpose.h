// Rows turned into columns, four by four numbers in registers.
#pragma once

#include <array>

#include "engine/core/real.h"

namespace athanor::kernels {

/// So many columns are turned over at a time.
inline constexpr Index kTurned = 4;

using Four __attribute__((vector_size(kTurned * sizeof(Real)))) = Real;  // whatever the lanes of a Vector

/// Four rows become four columns.
inline void turn(std::array<Four, kTurned>& rows) {
  const Four low_01 = __builtin_shufflevector(rows[0], rows[1], 0, 4, 1, 5);
  const Four low_23 = __builtin_shufflevector(rows[2], rows[3], 0, 4, 1, 5);
  const Four high_01 = __builtin_shufflevector(rows[0], rows[1], 2, 6, 3, 7);
  const Four high_23 = __builtin_shufflevector(rows[2], rows[3], 2, 6, 3, 7);
  rows[0] = __builtin_shufflevector(low_01, low_23, 0, 1, 4, 5);
  rows[1] = __builtin_shufflevector(low_01, low_23, 2, 3, 6, 7);
  rows[2] = __builtin_shufflevector(high_01, high_23, 0, 1, 4, 5);
  rows[3] = __builtin_shufflevector(high_01, high_23, 2, 3, 6, 7);
}

/// to[k, j] = from[j, k] for `rows` rows j of `from` and `columns` k, a multiple of kTurned; zeros for the other j
/// below `width`, a multiple of kTurned as well. The rows of either are as far apart as said.
void transpose(const Real* from, Index from_stride, Index rows, Index columns, Real* to, Index to_stride, Index filled);

}  // namespace athanor::kernels
