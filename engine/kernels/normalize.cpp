#include "engine/kernels/normalize.h"

#include <cmath>

#include "engine/kernels/simd.h"

namespace athanor::kernels {
namespace {

using simd::kLanes;
using simd::Vector;

/// The sum of f(i) over a row, f taking the first of several elements and how many there are; elements that are not
/// there count as what f makes of them, so it must make 0.
template <typename F>
Real sum_of(Index width, F f) {
  Vector sums{};
  for (Index i = 0; i < width; i += kLanes) sums += f(i, width - i);
  return simd::sum(sums);
}

struct Moments {
  Real mean;
  Real factor;  // 1 / sqrt(variance + epsilon)
};

/// In two passes: squares of what is far from 0 would lose the digits of the variance.
Moments moments_of(const Real* x, Index width, Real epsilon) {
  const auto count = static_cast<Real>(width);
  const Real mean = sum_of(width, [x](Index i, Index left) { return simd::load_up_to(x + i, left); }) / count;
  const Real squares = sum_of(width, [x, mean](Index i, Index left) {
    const Vector centred = simd::load_up_to(x + i, left, mean) - mean;
    return centred * centred;
  });
  return {.mean = mean, .factor = 1 / std::sqrt(squares / count + epsilon)};
}

}  // namespace

void normalize(const Real* x, Real* out, Index rows, Index width, Real epsilon) {
  for (Index row = 0; row < rows; ++row, x += width, out += width) {
    const Moments of_row = moments_of(x, width, epsilon);
    simd::map(x, out, width, [&of_row](Vector v) { return (v - of_row.mean) * of_row.factor; });
  }
}

// With y the normalised row: dx = (dy - mean(dy) - y mean(dy y)) / sqrt(variance + epsilon).
void normalize_back(const Real* x, const Real* dy, Real* dx, Index rows, Index width, Real epsilon) {
  const auto count = static_cast<Real>(width);
  for (Index row = 0; row < rows; ++row, x += width, dy += width, dx += width) {
    const Moments of_row = moments_of(x, width, epsilon);
    const Real mean_dy = sum_of(width, [dy](Index i, Index left) { return simd::load_up_to(dy + i, left); }) / count;
    const Real along = sum_of(width, [x, dy, mean = of_row.mean](Index i, Index left) {
      return simd::load_up_to(dy + i, left) * (simd::load_up_to(x + i, left, mean) - mean);
    });
    const Real share = along * of_row.factor * of_row.factor / count;
    simd::map(x, dy, dx, width, [&of_row, mean_dy, share](Vector v, Vector gradient) {
      return of_row.factor * (gradient - mean_dy - (v - of_row.mean) * share);
    });
  }
}

}  // namespace athanor::kernels
