#include "engine/kernels/reduce.h"

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

/// The sum of a row: of every kLanes-th number from each of the first kLanes on, then of these (simd::sum).
Real sum_of_row(const Real* x, Index size) {
  Vector total{};
  Index i = 0;
  for (; i + kLanes <= size; i += kLanes) total += simd::load(x + i);
  if (i < size) total += simd::load_some(x + i, size - i, 0);
  return simd::sum(total);
}

/// out[i] += x[i], in vectors.
void add_row(const Real* x, Index size, Real* out) {
  Index i = 0;
  for (; i + kLanes <= size; i += kLanes) simd::store(out + i, simd::load(out + i) + simd::load(x + i));
  for (; i < size; ++i) out[i] += x[i];
}

}  // namespace

void sum(const Real* x, const Shape& shape, std::uint8_t axes, Real factor, Real* out) {
  const auto [outer, size, inner] = folded(shape, axes);
  Index kept = outer * inner;
  if (size == 0) {
    kept = fold(x, shape, axes, Real{0}, out, [](Real total, Real value) { return total + value; });
  } else if (inner == 1) {
    for (Index o = 0; o < outer; ++o) out[o] = sum_of_row(x + o * size, size);
  } else {
    std::fill_n(out, kept, Real{0});
    for (Index o = 0; o < outer; ++o) {
      for (Index k = 0; k < size; ++k, x += inner) add_row(x, inner, out + o * inner);
    }
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
