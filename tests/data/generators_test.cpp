#include "engine/data/generators.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numbers>

using namespace athanor;

namespace {

constexpr double kTurn = 2 * std::numbers::pi;

double x_of(const Dataset& data, Index i) { return static_cast<double>(data.row(i)[0]); }
double y_of(const Dataset& data, Index i) { return static_cast<double>(data.row(i)[1]); }
double radius_of(const Dataset& data, Index i) { return std::hypot(x_of(data, i), y_of(data, i)); }
std::int32_t label_of(const Dataset& data, Index i) { return data.labels[static_cast<std::size_t>(i)]; }

Dataset noiseless(Generator generator, Index classes = 2, Index samples = 1000) {
  return generate({.generator = generator, .samples = samples, .noise = 0, .classes = classes, .seed = 11});
}

std::vector<Index> class_counts(const Dataset& data) {
  std::vector<Index> counts(data.classes.size(), 0);
  for (const std::int32_t label : data.labels) ++counts.at(static_cast<std::size_t>(label));
  return counts;
}

/// Distance of two angles on the circle.
double turn_distance(double a, double b) {
  const double distance = std::abs(std::remainder(a - b, kTurn));
  return distance;
}

}  // namespace

TEST_CASE("every generator draws the count asked for, classes balanced, points about the unit square") {
  for (std::size_t g = 0; g < kGeneratorNames.size(); ++g) {
    for (const Index samples : {10, 401, 1000}) {
      INFO(kGeneratorNames[g] << " with " << samples);
      const Dataset data =
          generate({.generator = static_cast<Generator>(g), .samples = samples, .noise = 0.1, .classes = 2, .seed = 3});
      REQUIRE(data.rows() == samples);
      CHECK(data.columns == std::vector<std::string>{"x1", "x2"});
      CHECK(data.classes == std::vector<std::string>{"0", "1"});
      CHECK(data.features.size() == static_cast<std::size_t>(2 * samples));
      const std::vector<Index> counts = class_counts(data);
      CHECK(std::abs(counts[0] - counts[1]) <= 1);
      for (Index i = 0; i < samples; ++i) {
        REQUIRE(data.origins[static_cast<std::size_t>(i)] == i);
        REQUIRE(data.is_copy[static_cast<std::size_t>(i)] == 0);
        REQUIRE(std::abs(x_of(data, i)) < 1.3);
        REQUIRE(std::abs(y_of(data, i)) < 1.3);
      }
    }
  }
}

TEST_CASE("points fill their square: no generator leaves it nearly empty") {
  for (std::size_t g = 0; g < kGeneratorNames.size(); ++g) {
    INFO(kGeneratorNames[g]);
    const Dataset data = noiseless(static_cast<Generator>(g));
    for (std::size_t column : {0U, 1U}) {
      double low = 0;
      double high = 0;
      for (Index i = 0; i < data.rows(); ++i) {
        low = std::min(low, static_cast<double>(data.row(i)[column]));
        high = std::max(high, static_cast<double>(data.row(i)[column]));
      }
      CHECK(high - low > 1.2);
    }
  }
}

TEST_CASE("the same seed draws the same bits, another seed other points") {
  for (std::size_t g = 0; g < kGeneratorNames.size(); ++g) {
    INFO(kGeneratorNames[g]);
    const GeneratorSettings settings{.generator = static_cast<Generator>(g), .samples = 100, .noise = 0.3, .seed = 5};
    GeneratorSettings other = settings;
    other.seed = 6;
    CHECK(generate(settings).features == generate(settings).features);
    CHECK(generate(settings).features != generate(other).features);
  }
}

TEST_CASE("noise moves points in proportion and draws no others") {
  for (std::size_t g = 0; g < kGeneratorNames.size(); ++g) {
    INFO(kGeneratorNames[g]);
    const auto with_noise = [&](double noise) {
      return generate({.generator = static_cast<Generator>(g), .samples = 500, .noise = noise, .seed = 8});
    };
    const Dataset still = with_noise(0);
    const Dataset moved = with_noise(0.1);
    const Dataset far = with_noise(1);
    CHECK(still.labels == moved.labels);
    double squares = 0;
    for (std::size_t i = 0; i < still.features.size(); ++i) {
      const auto move = static_cast<double>(moved.features[i] - still.features[i]);
      const auto far_move = static_cast<double>(far.features[i] - still.features[i]);
      REQUIRE(std::abs(far_move - 10 * move) < 1e-5);
      squares += move * move;
    }
    // A noise of 0.1 is a deviation of 0.02; a thousand draws know it to a few per cent.
    CHECK(std::abs(std::sqrt(squares / static_cast<double>(still.features.size())) - 0.02) < 0.002);
  }
}

TEST_CASE("XOR: opposite quadrants share a class, all four are used, none touches an axis") {
  const Dataset data = noiseless(Generator::kXor);
  std::array<int, 4> quadrants{};
  for (Index i = 0; i < data.rows(); ++i) {
    const bool same_sign = (x_of(data, i) > 0) == (y_of(data, i) > 0);
    REQUIRE(same_sign == (label_of(data, i) == 0));
    REQUIRE(std::min(std::abs(x_of(data, i)), std::abs(y_of(data, i))) >= 0.049);
    ++quadrants[(x_of(data, i) > 0 ? 1U : 0U) + (y_of(data, i) > 0 ? 2U : 0U)];
  }
  for (const int count : quadrants) CHECK(count > 200);
}

TEST_CASE("circles: a disc and a ring with a gap between them, all around") {
  const Dataset data = noiseless(Generator::kCircles);
  std::array<int, 8> sectors{};
  for (Index i = 0; i < data.rows(); ++i) {
    if (label_of(data, i) == 0) {
      REQUIRE(radius_of(data, i) <= 0.451);
    } else {
      REQUIRE(radius_of(data, i) >= 0.649);
      REQUIRE(radius_of(data, i) <= 1.001);
      const double turn = std::atan2(y_of(data, i), x_of(data, i)) / kTurn + 0.5;
      ++sectors[std::min<std::size_t>(static_cast<std::size_t>(turn * 8), 7)];
    }
  }
  for (const int count : sectors) CHECK(count > 30);
}

TEST_CASE("moons: two half circles that interleave") {
  const Dataset data = noiseless(Generator::kMoons);
  for (Index i = 0; i < data.rows(); ++i) {
    // Back to the half circles of scikit-learn's make_moons.
    const double x = x_of(data, i) / 0.62 + 0.5;
    const double y = y_of(data, i) / 0.9 + 0.25;
    if (label_of(data, i) == 0) {
      REQUIRE(std::abs(std::hypot(x, y) - 1) < 1e-5);
      REQUIRE(y > -1e-5);
    } else {
      REQUIRE(std::abs(std::hypot(x - 1, y - 0.5) - 1) < 1e-5);
      REQUIRE(y < 0.5 + 1e-5);
    }
  }
}

TEST_CASE("checkerboard: four by four squares, neighbours differ, all sixteen are used") {
  const Dataset data = noiseless(Generator::kCheckerboard);
  std::array<int, 16> squares{};
  for (Index i = 0; i < data.rows(); ++i) {
    const auto column = static_cast<int>(std::floor((x_of(data, i) + 1) * 2));
    const auto row = static_cast<int>(std::floor((y_of(data, i) + 1) * 2));
    REQUIRE(column >= 0);
    REQUIRE(column < 4);
    REQUIRE(row >= 0);
    REQUIRE(row < 4);
    REQUIRE((row + column) % 2 == label_of(data, i));
    ++squares[static_cast<std::size_t>(row * 4 + column)];
  }
  for (const int count : squares) CHECK(count > 30);
}

TEST_CASE("blobs: every class has a centre of its own, and points keep near it") {
  for (Index classes = 2; classes <= 5; ++classes) {
    const Dataset data = noiseless(Generator::kBlobs, classes);
    REQUIRE(data.classes.size() == static_cast<std::size_t>(classes));
    const std::vector<Index> counts = class_counts(data);
    CHECK(*std::max_element(counts.begin(), counts.end()) - *std::min_element(counts.begin(), counts.end()) <= 1);
    std::vector<double> x(counts.size(), 0);
    std::vector<double> y(counts.size(), 0);
    for (Index i = 0; i < data.rows(); ++i) {
      const auto label = static_cast<std::size_t>(label_of(data, i));
      x[label] += x_of(data, i) / static_cast<double>(counts[label]);
      y[label] += y_of(data, i) / static_cast<double>(counts[label]);
    }
    for (std::size_t a = 0; a < counts.size(); ++a) {
      for (std::size_t b = 0; b < a; ++b) CHECK(std::hypot(x[a] - x[b], y[a] - y[b]) > 0.6);
    }
    for (Index i = 0; i < data.rows(); ++i) {
      const auto label = static_cast<std::size_t>(label_of(data, i));
      REQUIRE(std::hypot(x_of(data, i) - x[label], y_of(data, i) - y[label]) < 0.12 * 5);
    }
  }
}

TEST_CASE("spirals: two to five arms, each the first one turned by its share of a full turn") {
  for (Index arms = 2; arms <= 5; ++arms) {
    const Dataset data = noiseless(Generator::kSpirals, arms, 200 * arms);
    REQUIRE(data.classes.size() == static_cast<std::size_t>(arms));
    double least = 1;
    double most = 0;
    for (Index i = 0; i < data.rows(); ++i) {
      const double radius = radius_of(data, i);
      const double along = (radius - 0.06) / 0.94;
      const double start = static_cast<double>(label_of(data, i)) / static_cast<double>(arms);
      const double angle = kTurn * (start + along * 2 / static_cast<double>(arms));
      REQUIRE(turn_distance(std::atan2(y_of(data, i), x_of(data, i)), angle) < 1e-4);
      least = std::min(least, radius);
      most = std::max(most, radius);
    }
    CHECK(least < 0.1);
    CHECK(most > 0.95);
  }
}

TEST_CASE("shapes of two classes have two whatever number is asked for") {
  for (const Generator generator :
       {Generator::kXor, Generator::kCircles, Generator::kMoons, Generator::kCheckerboard}) {
    CHECK(noiseless(generator, 5).classes.size() == 2);
  }
}
