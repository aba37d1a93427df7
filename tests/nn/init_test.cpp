#include "engine/nn/init.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numbers>

#include "engine/graph/builder.h"

using namespace athanor;

namespace {

std::vector<double> drawn(const Start& start, Index fan_in, Index fan_out, std::uint32_t seed = 3) {
  std::vector<Real> weights(static_cast<std::size_t>(fan_in * fan_out));
  Random random(seed, Stream::kInit);
  fill_weights(start, fan_in, fan_out, random, weights);
  return {weights.begin(), weights.end()};
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double deviation_of(const std::vector<double>& values) {
  double squares = 0;
  for (const double value : values) squares += value * value;
  return std::sqrt(squares / static_cast<double>(values.size()));
}

double largest_of(const std::vector<double>& values) {
  double largest = 0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  return largest;
}

}  // namespace

TEST_CASE("initializers draw with the spread their sources give") {
  constexpr Index kIn = 200;
  constexpr Index kOut = 100;
  struct Expected {
    Initializer initializer;
    double deviation;
    double bound;  // 0: none
  };
  const double xavier = std::sqrt(2.0 / 300);
  const double he = std::sqrt(2.0 / 200);
  const double lecun = std::sqrt(1.0 / 200);
  const double root3 = std::numbers::sqrt3;
  for (const auto& [initializer, deviation, bound] : {
           Expected{Initializer::kXavierUniform, xavier, root3 * xavier},
           Expected{Initializer::kXavierNormal, xavier, 0},
           Expected{Initializer::kHeUniform, he, root3 * he},
           Expected{Initializer::kHeNormal, he, 0},
           Expected{Initializer::kLecunUniform, lecun, root3 * lecun},
           Expected{Initializer::kLecunNormal, lecun, 0},
           Expected{Initializer::kUniform, 0.4 / root3, 0.4},
           Expected{Initializer::kNormal, 0.4, 0},
           // The variance of a standard normal cut at two deviations is 1 - 4 phi(2) / (2 Phi(2) - 1) = 0.77374.
           Expected{Initializer::kTruncatedNormal, 0.4 * std::sqrt(0.7737413), 0.8},
       }) {
    INFO(kInitializerNames[static_cast<std::size_t>(initializer)]);
    const std::vector<double> values = drawn({.initializer = initializer, .value = 0.4}, kIn, kOut);
    CHECK(std::abs(mean_of(values)) < 0.03 * deviation);
    CHECK(std::abs(deviation_of(values) / deviation - 1) < 0.02);
    if (bound > 0) {
      CHECK(largest_of(values) <= bound * (1 + 1e-6));
      CHECK(largest_of(values) > 0.98 * bound);
    } else {
      CHECK(largest_of(values) > 3 * deviation);
    }
  }
}

TEST_CASE("constant and zeros are that everywhere") {
  for (const double value : drawn({.initializer = Initializer::kConstant, .value = 0.25}, 3, 4)) CHECK(value == 0.25);
  for (const double value : drawn({.initializer = Initializer::kZeros, .value = 0.25}, 3, 4)) CHECK(value == 0);
}

TEST_CASE("orthogonal has orthonormal columns, or rows where they are fewer") {
  const double tolerance = sizeof(Real) == 8 ? 1e-14 : 1e-6;
  for (const auto& [rows, columns] :
       std::initializer_list<std::pair<Index, Index>>{{6, 4}, {4, 6}, {5, 5}, {1, 3}, {64, 64}}) {
    const std::vector<double> w = drawn({.initializer = Initializer::kOrthogonal}, rows, columns);
    const bool by_columns = columns <= rows;
    const Index count = by_columns ? columns : rows;
    const Index length = by_columns ? rows : columns;
    const auto at = [&](Index vector, Index i) {
      return w[static_cast<std::size_t>(by_columns ? i * columns + vector : vector * columns + i)];
    };
    for (Index a = 0; a < count; ++a) {
      for (Index b = 0; b <= a; ++b) {
        double dot = 0;
        for (Index i = 0; i < length; ++i) dot += at(a, i) * at(b, i);
        REQUIRE(std::abs(dot - (a == b ? 1 : 0)) < tolerance);
      }
    }
  }
}

TEST_CASE("each parameter draws from a stream of its own, and the same seed draws the same") {
  Graph graph;
  Builder builder(graph);
  builder.parameter("a", {4, 4});
  builder.parameter("bias", {4});
  builder.parameter("b", {4, 4});
  const auto draw = [&](std::uint32_t seed) {
    std::vector<Real> block(static_cast<std::size_t>(graph.parameter_count));
    initialize(graph, Initializer::kNormal, seed, block);
    initialize(graph, Initializer::kHeNormal, seed, block);
    return block;
  };
  const std::vector<Real> first = draw(1);
  CHECK(first == draw(1));
  CHECK(first != draw(2));
  for (std::size_t i = 16; i < 20; ++i) CHECK(first[i] == 0);
  CHECK_FALSE(std::equal(first.begin(), first.begin() + 16, first.begin() + 20));
}
