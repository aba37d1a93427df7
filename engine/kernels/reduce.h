// Sums over chosen axes of a row-major tensor.
#pragma once

#include <cstdint>

#include "engine/core/shape.h"

namespace athanor::kernels {

/// out = factor * sum of x over the axes whose bit is set. `out` holds the remaining axes in order and does not overlap
/// x. Additions run in the order of x, so the result does not depend on anything but the values.
void sum(const Real* x, const Shape& shape, std::uint8_t axes, Real factor, Real* out);

}  // namespace athanor::kernels
