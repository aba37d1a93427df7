// The approximations against the standard library in double, over every magnitude a float has.
#include "engine/kernels/simd_math.h"
#include "engine/kernels/activation.h"
#include "engine/kernels/softmax.h"

#include <bit>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

using namespace athanor;

namespace {

using simd::Vector;

constexpr Real kInfinity = std::numeric_limits<Real>::infinity();
constexpr Real kNan = std::numeric_limits<Real>::quiet_NaN();

struct Function {
  std::string name;
  Vector (*approximate)(Vector);
  double (*exact)(double);
  double most;  // units of the last place
  Real first = -kInfinity;
  Real last = kInfinity;
};

double normal_pdf(double x) { return std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi); }

const std::vector<Function>& functions() {
  static const std::vector<Function> kAll{
      {"exp", [](Vector x) { return simd::exp(x); }, [](double x) { return std::exp(x); }, 2},
      {"expm1_of_negative", [](Vector x) { return simd::expm1_of_negative(x); }, [](double x) { return std::expm1(x); },
       2, -kInfinity, 0},
      {"tanh", [](Vector x) { return simd::tanh(x); }, [](double x) { return std::tanh(x); }, 6},
      {"sigmoid", [](Vector x) { return simd::sigmoid(x); }, [](double x) { return 1 / (1 + std::exp(-x)); }, 4},
      {"log1p_exp_of_minus", [](Vector x) { return simd::log1p_exp_of_minus(x); },
       [](double x) { return std::log1p(std::exp(-x)); }, 4, 0, kInfinity},
      {"log", [](Vector x) { return simd::log(x); }, [](double x) { return std::log(x); }, 3,
       std::numeric_limits<Real>::min(), std::numeric_limits<Real>::max()},
      {"normal cdf", [](Vector x) { return simd::normal(x).cdf; },
       [](double x) { return std::erfc(-x / std::numbers::sqrt2) / 2; }, 8},
      {"normal pdf", [](Vector x) { return simd::normal(x).pdf; }, normal_pdf, 4},
  };
  return kAll;
}

bool are_same(Real a, Real b) { return a == b || (std::isnan(a) && std::isnan(b)); }

Real applied(const Function& function, Real x) {
  Real result = 0;
  simd::map(&x, &result, 1, function.approximate);
  return result;
}

}  // namespace

#ifndef ATHANOR_REAL_DOUBLE

namespace {

/// The distance of neighbours where `value` lies, among subnormal numbers too.
double unit_at(double value) {
  const double size = std::abs(value);
  const double least = std::numeric_limits<Real>::denorm_min();
  if (size < static_cast<double>(std::numeric_limits<Real>::min())) return least;
  return std::ldexp(1.0, std::ilogb(size) - std::numeric_limits<Real>::digits + 1);
}

double error_of(Real got, double exact) {
  // What is rounded to infinity counts as infinity: half a unit above the largest number.
  if (std::abs(exact) > static_cast<double>(std::numeric_limits<Real>::max())) {
    const bool is_right = std::isinf(got) || std::abs(got) == std::numeric_limits<Real>::max();
    return is_right && (got > 0) == (exact > 0) ? 0 : kInfinity;
  }
  if (!std::isfinite(got)) return kInfinity;
  return std::abs(static_cast<double>(got) - exact) / unit_at(exact);
}

}  // namespace

TEST_CASE("approximations: every magnitude comes within the stated units of the last place") {
  constexpr std::uint32_t kInfinityBits = 0x7F800000;
  constexpr std::uint32_t kStep = 1999;  // one number in two thousand of both signs
  std::vector<Real> x;
  for (std::uint32_t bits = 0; bits < kInfinityBits; bits += kStep) {
    x.push_back(std::bit_cast<float>(bits));
    x.push_back(-x.back());
  }
  // The neighbours of 0, of 1, of where branches change, and of where results become infinite, subnormal or 0.
  for (const Real centre : {0.0F, 0.3465735F, 1.0F, std::numbers::sqrt2_v<float>, 8.66F, 9.011F, 14.4F, 14.5F, 17.33F,
                            87.33655F, 88.72284F, 103.9721F, 104.0F}) {
    Real above = centre;
    Real below = centre;
    for (int i = 0; i < 2000; ++i) {
      above = std::nextafter(above, kInfinity);
      below = std::nextafter(below, -kInfinity);
      for (const Real value : {above, below, -above, -below}) x.push_back(value);
    }
  }
  std::vector<Real> got(x.size());
  for (const Function& function : functions()) {
    simd::map(x.data(), got.data(), static_cast<Index>(x.size()), function.approximate);
    double worst = 0;
    Real where = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (x[i] < function.first || x[i] > function.last) continue;
      const double error = error_of(got[i], function.exact(static_cast<double>(x[i])));
      if (error > worst) where = x[i];
      worst = std::max(worst, error);
    }
    INFO(function.name << ": " << worst << " units at " << where);
    CHECK(worst <= function.most);
  }
}

#endif

TEST_CASE("approximations: what is undefined stays so, and infinity has its limits") {
  for (const Function& function : functions()) {
    INFO(function.name);
    CHECK(std::isnan(applied(function, kNan)));
    CHECK(std::isnan(applied(function, -kNan)));
    for (const Real end : {function.first, function.last}) {
      CHECK(applied(function, end) == static_cast<Real>(function.exact(static_cast<double>(end))));
    }
  }
}

TEST_CASE("approximations: zero keeps its sign where the function goes through it") {
  const Function& tanh = functions()[2];
  CHECK(tanh.name == "tanh");
  CHECK(std::signbit(applied(tanh, Real{-0.0})));
  CHECK(!std::signbit(applied(tanh, Real{0.0})));
  for (const Function& function : functions()) {
    if (function.first > 0 || function.last < 0) continue;
    INFO(function.name);
    CHECK(applied(function, Real{-0.0}) == applied(function, Real{0.0}));
  }
}

TEST_CASE("a function of vectors gives an element the same bits wherever it stands, also over its input") {
  std::vector<Real> x(37);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = (static_cast<Real>(i) - 16) * 3 / 8;
  for (const Function& function : functions()) {
    INFO(function.name);
    for (Index count = 0; count <= static_cast<Index>(x.size()); ++count) {
      std::vector<Real> out(x.size() + 1, 77);
      simd::map(x.data(), out.data(), count, function.approximate);
      std::vector<Real> over = x;
      simd::map(over.data(), over.data(), count, function.approximate);
      bool is_same = out[static_cast<std::size_t>(count)] == 77;  // nothing is written beyond
      for (std::size_t i = 0; i < x.size(); ++i) {
        const bool is_mapped = static_cast<Index>(i) < count;
        is_same = is_same && are_same(over[i], is_mapped ? applied(function, x[i]) : x[i]);
        if (is_mapped) is_same = is_same && are_same(out[i], over[i]);
      }
      CHECK(is_same);
    }
  }
}

TEST_CASE("cross-entropies of confident right answers keep their digits") {
  // Between a logit and the logarithm of a sum that is as large nothing of them would be left.
  const std::vector<Real> logits{8, 12, 20, -8, -12, -20};
  const std::vector<Real> targets{1, 1, 1, 0, 0, 0};
  std::vector<Real> loss(logits.size());
  kernels::sigmoid_cross_entropy(logits.data(), targets.data(), loss.data(), 6);
  for (std::size_t i = 0; i < loss.size(); ++i) {
    CAPTURE(logits[i]);
    const double expected = std::log1p(std::exp(-std::abs(static_cast<double>(logits[i]))));
    CHECK(std::abs(static_cast<double>(loss[i]) / expected - 1) < 1e-5);
  }
  // Here the sum itself has a one before the point.
  const std::vector<Real> pairs{8, 0, 12, 0, 0, 9};
  const std::vector<Real> hot{1, 0, 1, 0, 0, 1};
  kernels::softmax_cross_entropy(pairs.data(), hot.data(), loss.data(), 3, 2);
  for (std::size_t i = 0; i < 3; ++i) {
    const double gap = std::abs(static_cast<double>(pairs[2 * i] - pairs[2 * i + 1]));
    CAPTURE(gap);
    CHECK(std::abs(static_cast<double>(loss[i]) - std::log1p(std::exp(-gap))) < 1.2e-7);
  }
}
