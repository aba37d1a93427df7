// Functions of several Reals at once: minimax approximations in float, by the Remez and Lawson algorithms, each with
// the largest error that tests/kernels/simd_math_test.cpp finds over all magnitudes, in units of the last place; in the
// double build, which checks gradients, the standard library's, lane by lane. NaN gives NaN.
#pragma once

#include <bit>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/kernels/simd.h"

namespace athanor::simd {

/// The standard normal distribution (mean 0, deviation 1) at x: its cumulative distribution function and its density.
struct Normal {
  Vector cdf;
  Vector pdf;
};

#ifdef ATHANOR_REAL_DOUBLE

template <typename F>
Vector lane_by_lane(Vector x, F f) {
  for (Index i = 0; i < kLanes; ++i) x[i] = f(static_cast<Real>(x[i]));
  return x;
}

inline Vector exp(Vector x) {
  return lane_by_lane(x, [](Real v) { return std::exp(v); });
}
inline Vector expm1_of_negative(Vector x) {
  return lane_by_lane(x, [](Real v) { return std::expm1(v > 0 ? 0 : v); });
}
inline Vector tanh(Vector x) {
  return lane_by_lane(x, [](Real v) { return std::tanh(v); });
}
inline Vector sigmoid(Vector x) {
  return lane_by_lane(x, [](Real v) { return v < 0 ? std::exp(v) / (1 + std::exp(v)) : 1 / (1 + std::exp(-v)); });
}
inline Vector log1p_exp_of_minus(Vector x) {
  return lane_by_lane(x, [](Real v) { return std::log1p(std::exp(-v)); });
}
inline Vector log(Vector x) {
  return lane_by_lane(x, [](Real v) { return std::log(v); });
}
inline Normal normal(Vector x) {
  return {.cdf = lane_by_lane(x, [](Real v) { return std::erfc(-v / std::numbers::sqrt2) / 2; }),
          .pdf = lane_by_lane(
              x, [](Real v) { return std::exp(-v * v / 2) * (std::numbers::inv_sqrtpi / std::numbers::sqrt2); })};
}

#else

/// x as a power of two and the rest: x = power * log(2) + rest, |rest| <= log(2) / 2. For |x| < 2^20.
struct Reduced {
  Integers power;
  Vector rest;
};

inline Reduced reduce(Vector x) {
  // Adding 1.5 * 2^23 rounds to a whole number, which then stands in the lowest bits.
  constexpr Real kRounder = 0x1.8p23F;
  const Vector shifted = multiply_add(x, splat(std::numbers::log2e_v<Real>), splat(kRounder));
  const Vector whole = shifted - kRounder;
  // log(2) in two parts, the first so short that its product with a whole number is exact.
  // NOLINTNEXTLINE(modernize-use-std-numbers): that part, and not the constant
  const Vector rest = multiply_add(whole, splat(-0x1.62e4p-1F), x);
  return {.power = wrapping_difference(bits(shifted), Integers{} + std::bit_cast<Integer>(kRounder)),
          .rest = multiply_add(whole, splat(-0x1.7f7d1cp-20F), rest)};
}

/// exp(rest) - 1 for |rest| <= log(2) / 2.
inline Vector expm1_of_rest(Vector rest) {
  Vector p = splat(0.00138823009F);
  p = multiply_add(p, rest, splat(0.00836657848F));
  p = multiply_add(p, rest, splat(0.0416672058F));
  p = multiply_add(p, rest, splat(0.166665432F));
  p = multiply_add(p, rest, splat(0.499999981F));
  return multiply_add(rest * rest, p, rest);
}

/// x * 2^power for |power| <= 252, rounded once: by two powers, for one alone could not be written as a number where
/// the result is very small.
inline Vector times_power(Vector x, Integers power) {
  const Integers half = power >> 1;
  return x * from_bits((half + 127) << 23) * from_bits((power - half + 127) << 23);
}

inline Vector exp_of(const Reduced& x) { return times_power(1 + expm1_of_rest(x.rest), x.power); }

/// exp(x), within 2 units. Very small results lose no more digits than they must.
inline Vector exp(Vector x) {
  // Beyond, the result is infinity or 0.
  return exp_of(reduce(at_least(at_most(x, splat(89)), splat(-104))));
}

/// exp(x) - 1 where x <= 0, within 2 units; 0 above.
inline Vector expm1_of_negative(Vector x) {
  const Reduced reduced = reduce(at_least(at_most(x, splat(0)), splat(-104)));
  const Vector factor = times_power(splat(1), reduced.power);
  return multiply_add(factor, expm1_of_rest(reduced.rest), factor - 1);
}

/// tanh(x), within 6 units and never beyond 1: x times a rational function of x^2 up to where tanh rounds to 1, which
/// is what it comes to there and what is kept beyond.
inline Vector tanh(Vector x) {
  constexpr Real kOneFrom = 9.011F;
  const Vector y = at_least(at_most(x, splat(kOneFrom)), splat(-kOneFrom));
  const Vector s = y * y;
  Vector p = splat(1.33360811e-8F);
  p = multiply_add(p, s, splat(2.05957798e-5F));
  p = multiply_add(p, s, splat(0.00349478299F));
  p = multiply_add(p, s, splat(0.133803482F));
  p = multiply_add(p, s, splat(0.999999978F));
  Vector q = splat(7.76898745e-7F);
  q = multiply_add(q, s, splat(3.28431612e-4F));
  q = multiply_add(q, s, splat(0.0258739212F));
  q = multiply_add(q, s, splat(0.467136635F));
  q = multiply_add(q, s, splat(1));
  return at_least(at_most(y * p / q, splat(1)), splat(-1));
}

/// 1 / (1 + exp(-x)), within 4 units, the lower tail as well.
inline Vector sigmoid(Vector x) {
  const Vector tail = exp(-abs(x));
  return (x < 0 ? tail : splat(1)) / (1 + tail);
}

/// 2 atanh(w) = log((1 + w) / (1 - w)) for |w| <= 1/3.
inline Vector twice_atanh(Vector w) {
  const Vector s = w * w;
  Vector p = splat(0.281783326F);
  p = multiply_add(p, s, splat(0.279606076F));
  p = multiply_add(p, s, splat(0.400249095F));
  p = multiply_add(p, s, splat(0.666663147F));
  p = multiply_add(p, s, splat(2.00000001F));
  return w * p;
}

/// log(1 + exp(-x)) for x >= 0, within 4 units: with z = exp(-x) it is 2 atanh(z / (2 + z)).
inline Vector log1p_exp_of_minus(Vector x) {
  const Vector z = exp(-x);
  return twice_atanh(z / (2 + z));
}

/// log(x) for finite x > 0 that is not subnormal, within 3 units. Infinity gives NaN.
inline Vector log(Vector x) {
  // x = 2^power * mantissa, the mantissa within sqrt(2) of 1 on either side.
  constexpr auto kRootOfHalf = std::bit_cast<Integer>(std::numbers::sqrt2_v<Real> / 2);
  const Integers power = wrapping_difference(bits(x), Integers{} + kRootOfHalf) >> 23;
  const Vector mantissa = from_bits(wrapping_difference(bits(x), power << 23));
  const Vector fraction = twice_atanh((mantissa - 1) / (mantissa + 1));
  const Vector logarithm =
      multiply_add(__builtin_convertvector(power, Vector), splat(std::numbers::ln2_v<Real>), fraction);
  return logarithm + (x - x);  // NOLINT(misc-redundant-expression): 0, or NaN where x is undefined
}

/// The normal cdf within 8 units, its lower tail as well, and the pdf within 4. Of y = |x| the tail is
/// exp(-y^2 / 2) times a function without steep parts, which is a rational one here.
inline Normal normal(Vector x) {
  const Vector y = at_most(abs(x), splat(14.5F));  // beyond, the tail is 0
  // y^2 / 2 in two parts, for its rounding would be multiplied by its size: the square of the first 12 digits is exact.
  const Vector head = from_bits(bits(y) & ~Integer{0xFFF});
  const Vector large = head * head * Real{-0.5};
  const Vector small = (y - head) * (y + head) * Real{-0.5};
  Reduced reduced = reduce(large);
  reduced.rest += small;
  const Vector bell = exp_of(reduced);
  Vector p = splat(0.00411641889F);
  p = multiply_add(p, y, splat(0.0406339828F));
  p = multiply_add(p, y, splat(0.183237395F));
  p = multiply_add(p, y, splat(0.438298013F));
  p = multiply_add(p, y, splat(0.5F));
  Vector q = splat(0.0103182123F);
  q = multiply_add(q, y, splat(0.101860736F));
  q = multiply_add(q, y, splat(0.469476581F));
  q = multiply_add(q, y, splat(1.20251254F));
  q = multiply_add(q, y, splat(1.67448101F));
  q = multiply_add(q, y, splat(1));
  const Vector tail = bell * p / q;
  return {.cdf = x < 0 ? tail : 1 - tail,
          .pdf = bell * static_cast<Real>(std::numbers::inv_sqrtpi / std::numbers::sqrt2)};
}

#endif

}  // namespace athanor::simd
