// Rows turned into columns, four by four numbers in registers.
#pragma once

#include "engine/core/real.h"

namespace athanor::kernels {

/// So many columns are turned over at a time.
inline constexpr Index kTurned = 4;

/// to[k, j] = from[j, k] for `rows` rows j of `from` and `columns` k, a multiple of kTurned; zeros for the other j
/// below `width`, a multiple of kTurned as well. The rows of either are as far apart as said.
void transpose(const Real* from, Index from_stride, Index rows, Index columns, Real* to, Index to_stride, Index filled);

}  // namespace athanor::kernels
