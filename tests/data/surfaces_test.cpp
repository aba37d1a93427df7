#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <set>

#include "engine/data/generators.h"

using namespace athanor;

namespace {

double x_of(const Dataset& data, Index i) { return static_cast<double>(data.row(i)[0]); }
double y_of(const Dataset& data, Index i) { return static_cast<double>(data.row(i)[1]); }

Dataset noiseless(Generator generator, Index samples) {
  return generate({.generator = generator, .samples = samples, .noise = 0, .seed = 11});
}

}  // namespace

TEST_CASE("regression: points on the line or the square, a value each within bounds, no class") {
  int seen = 0;
  for (std::size_t g = 0; g < kGeneratorCount; ++g) {
    const auto generator = static_cast<Generator>(g);
    const GeneratorInfo& info = generator_info(generator);
    if (info.task != Task::kRegression) continue;
    ++seen;
    INFO(info.name);
    const Dataset data = noiseless(generator, 2000);
    CHECK(data.task == Task::kRegression);
    CHECK(data.columns ==
          (info.dimensions == 1 ? std::vector<std::string>{"x"} : std::vector<std::string>{"x1", "x2"}));
    CHECK(data.classes.empty());
    REQUIRE(data.rows() == 2000);
    REQUIRE(data.values.size() == 2000);
    REQUIRE(data.features.size() == static_cast<std::size_t>(2000 * info.dimensions));
    for (const Real x : data.features) REQUIRE(std::abs(x) <= 1);
    const auto [least, most] = std::minmax_element(data.values.begin(), data.values.end());
    CHECK(*least >= -1);
    CHECK(*most <= 1);
    CHECK(*most - *least > (generator == Generator::kChance ? 0.99 : 1));
    CHECK(generate({.generator = generator, .samples = 50, .seed = 1}).values !=
          generate({.generator = generator, .samples = 50, .seed = 2}).values);
  }
  CHECK(seen == 16);
}

TEST_CASE("regression: noise moves the values in proportion and no point") {
  for (const Generator generator : {Generator::kSine, Generator::kSaddle}) {
    const auto with_noise = [&](double noise) {
      return generate({.generator = generator, .samples = 1000, .noise = noise, .seed = 8});
    };
    const Dataset still = with_noise(0);
    const Dataset moved = with_noise(0.5);
    CHECK(still.features == moved.features);
    double squares = 0;
    for (std::size_t i = 0; i < 1000; ++i) {
      const auto move = static_cast<double>(moved.values[i] - still.values[i]);
      squares += move * move;
    }
    CHECK(std::abs(std::sqrt(squares / 1000) - 0.1) < 0.01);
  }
}

TEST_CASE("regression: values are those of their formulas") {
  const Dataset saddle = noiseless(Generator::kSaddle, 200);
  const Dataset kink = noiseless(Generator::kKink, 200);
  const Dataset terraces = noiseless(Generator::kTerraces, 500);
  std::set<Real> levels;
  for (Index i = 0; i < 200; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const double expected = x_of(saddle, i) * x_of(saddle, i) - y_of(saddle, i) * y_of(saddle, i);
    CHECK(std::abs(static_cast<double>(saddle.values[at]) - expected) < 1e-6);
    CHECK(std::abs(static_cast<double>(kink.values[at]) - (2 * std::abs(x_of(kink, i)) - 1)) < 1e-6);
  }
  levels.insert(terraces.values.begin(), terraces.values.end());
  CHECK(levels.size() == 4);
}

TEST_CASE("regression: values drawn by chance are uniform and tell nothing of their point") {
  const Dataset data = noiseless(Generator::kChance, 20000);
  double sum = 0;
  double squares = 0;
  double products = 0;
  for (Index i = 0; i < data.rows(); ++i) {
    REQUIRE(x_of(data, i) >= 0);
    REQUIRE(y_of(data, i) >= 0);
    const auto value = static_cast<double>(data.values[static_cast<std::size_t>(i)]);
    sum += value;
    squares += value * value;
    products += (value - 0.5) * (x_of(data, i) - 0.5);
  }
  const double mean = sum / 20000;
  CHECK(std::abs(mean - 0.5) < 0.01);
  CHECK(std::abs(squares / 20000 - mean * mean - 1.0 / 12) < 0.002);
  CHECK(std::abs(products / 20000) < 0.003);
}
