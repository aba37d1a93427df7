#include "engine/kernels/reduce.h"

#include <array>
#include <cmath>
#include <limits>

#include "engine/kernels/simd.h"

namespace athanor::kernels {

namespace {

using simd::kLanes;
using simd::Vector;

/// The axes of a sum as (outer, size, inner) with the middle one folded, where they are neighbours; else size is 0.
struct Folded {
  Index outer = 1;
  Index size = 0;
  Index inner = 1;
};

Folded folded(const Shape& shape, std::uint8_t axes) {
  Folded parts{.outer = 1, .size = 1, .inner = 1};
  for (int axis = 0; axis < shape.rank; ++axis) {
    if ((axes >> static_cast<unsigned>(axis) & 1U) == 0) {
      (parts.size > 1 ? parts.inner : parts.outer) *= shape[axis];
    } else if (parts.inner > 1) {
      return {};
    } else {
      parts.size *= shape[axis];
    }
  }
  return parts;
}

/// The sums down `Vectors` vectors of columns, which stay in registers.
template <Index Vectors>
void sum_columns(const Real* x, Index rows, Index stride, Real* out) {
  std::array<Vector, Vectors> sums{};
  for (Index row = 0; row < rows; ++row, x += stride) {
    for (Index v = 0; v < Vectors; ++v) sums[static_cast<std::size_t>(v)] += simd::load(x + v * kLanes);
  }
  for (Index v = 0; v < Vectors; ++v) simd::store(out + v * kLanes, sums[static_cast<std::size_t>(v)]);
}

}  // namespace

// Of every kLanes-th number from each of the first kLanes on, then of these (simd::sum).
Real sum_of_row(const Real* x, Index size) {
  Vector total{};
  Index i = 0;
  for (; i + kLanes <= size; i += kLanes) total += simd::load(x + i);
  if (i < size) total += simd::load_some(x + i, size - i, 0);
  return simd::sum(total);
}

void sum_of_columns(const Real* x, Index rows, Index columns, Real* out) {
  constexpr Index kAtOnce = 4;  // as many as hide the time an addition takes
  Index at = 0;
  for (; at + kAtOnce * kLanes <= columns; at += kAtOnce * kLanes)
    sum_columns<kAtOnce>(x + at, rows, columns, out + at);
  for (; at + 2 * kLanes <= columns; at += 2 * kLanes) sum_columns<2>(x + at, rows, columns, out + at);
  for (; at + kLanes <= columns; at += kLanes) sum_columns<1>(x + at, rows, columns, out + at);
  for (; at < columns; ++at) {
    Real sum = 0;
    for (Index row = 0; row < rows; ++row) sum += x[row * columns + at];
    out[at] = sum;
  }
}

ATHANOR_SMALL void sum(const Real* x, const Shape& shape, std::uint8_t axes, Real factor, Real* out) {
  const auto [outer, size, inner] = folded(shape, axes);
  Index kept = outer * inner;
  if (size == 0) {
    kept = fold(x, shape, axes, Real{0}, out, [](Real total, Real value) { return total + value; });
  } else if (inner == 1) {
    for (Index o = 0; o < outer; ++o) out[o] = sum_of_row(x + o * size, size);
  } else {
    for (Index o = 0; o < outer; ++o) sum_of_columns(x + o * size * inner, size, inner, out + o * inner);
  }
  if (factor != Real{1}) {
    for (Index i = 0; i < kept; ++i) out[i] *= factor;
  }
}

void largest(const Real* x, const Shape& shape, std::uint8_t axes, Real* out) {
  fold(x, shape, axes, -std::numeric_limits<Real>::infinity(), out,
       [](Real best, Real value) { return value > best || std::isnan(value) ? value : best; });
}

void smallest(const Real* x, const Shape& shape, std::uint8_t axes, Real* out) {
  fold(x, shape, axes, std::numeric_limits<Real>::infinity(), out,
       [](Real best, Real value) { return value < best || std::isnan(value) ? value : best; });
}

void position_of_largest(const Real* x, Index outer, Index size, Index inner, Real* out) {
  for (Index o = 0; o < outer; ++o, x += size * inner) {
    for (Index i = 0; i < inner; ++i) {
      Index best = 0;
      for (Index k = 1; k < size; ++k) {
        const Real value = x[k * inner + i];
        const Real champion = x[best * inner + i];
        if (value > champion || (std::isnan(value) && !std::isnan(champion))) best = k;
      }
      *out++ = static_cast<Real>(best);
    }
  }
}

}  // namespace athanor::kernels
