// Sums and extremes over chosen axes of a row-major tensor.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "engine/core/shape.h"

namespace athanor::kernels {

/// out = f(f(f(start, x), x'), x''), ...) over the axes whose bit is set, in the order of x; returns the size of out,
/// which holds the remaining axes in order and does not overlap x.
template <typename F>
Index fold(const Real* x, const Shape& shape, std::uint8_t axes, Real start, Real* out, F f) {
  // Strides of the output seen from x: 0 along folded axes.
  std::array<Index, kMaxRank> strides{};
  Index kept = 1;
  for (int axis = shape.rank - 1; axis >= 0; --axis) {
    if ((axes >> static_cast<unsigned>(axis) & 1U) != 0) continue;
    strides[static_cast<std::size_t>(axis)] = kept;
    kept *= shape[axis];
  }
  std::fill_n(out, kept, start);
  const auto& dims = shape.dims;
  for (Index i = 0; i < dims[0]; ++i) {
    for (Index j = 0; j < dims[1]; ++j) {
      for (Index k = 0; k < dims[2]; ++k) {
        Real* target = out + i * strides[0] + j * strides[1] + k * strides[2];
        for (Index l = 0; l < dims[3]; ++l, ++x) target[l * strides[3]] = f(target[l * strides[3]], *x);
      }
    }
  }
  return kept;
}

/// out = factor * sum of x over the axes whose bit is set. `out` holds the remaining axes in order and does not overlap
/// x. The order of additions follows from the shape and the lanes of a vector alone. Where what is summed stands apart
/// in memory, it is that of x; where it stands together, each lane first adds its own: lane j the numbers j, j +
/// kLanes, …, in the order of x; then the lanes are added (simd::sum). The `simd` variant with its four lanes is the
/// reference.
void sum(const Real* x, const Shape& shape, std::uint8_t axes, Real factor, Real* out);

/// What sum() does of one row, and of x (rows, columns) down its columns, where the shapes have been looked at before.
[[nodiscard]] Real sum_of_row(const Real* x, Index size);
void sum_of_columns(const Real* x, Index rows, Index columns, Real* out);

/// The same with the largest or the smallest in place of the sum. NaN among the values gives NaN.
void largest(const Real* x, const Shape& shape, std::uint8_t axes, Real* out);
void smallest(const Real* x, const Shape& shape, std::uint8_t axes, Real* out);

/// x (outer, size, inner) -> out (outer, inner): the position of the largest along the middle axis, the first where
/// several are; the first NaN counts as the largest.
void position_of_largest(const Real* x, Index outer, Index size, Index inner, Real* out);

}  // namespace athanor::kernels
