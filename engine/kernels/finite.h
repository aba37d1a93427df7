// Whether numbers are numbers.
#pragma once

#include "engine/core/real.h"

namespace athanor::kernels {

/// False when one of the `count` values at x is infinite or undefined.
[[nodiscard]] bool all_finite(const Real* x, Index count);

}  // namespace athanor::kernels
