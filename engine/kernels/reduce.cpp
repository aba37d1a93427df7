#include "engine/kernels/reduce.h"

#include <cmath>
#include <limits>

namespace athanor::kernels {

void sum(const Real* x, const Shape& shape, std::uint8_t axes, Real factor, Real* out) {
  const Index kept = fold(x, shape, axes, Real{0}, out, [](Real total, Real value) { return total + value; });
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
