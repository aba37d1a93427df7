#include "engine/data/augment.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "engine/core/random.h"

using namespace athanor;

namespace {

/// Two columns of very different spread, and one that never changes.
Dataset dataset(Index rows) {
  Dataset data{.columns = {"small", "large", "constant"}, .classes = {"0", "1"}};
  Random random(4, Stream::kGenerate);
  for (Index i = 0; i < rows; ++i) {
    const std::vector<Real> values{random.normal(), 1000 + 50 * random.normal(), 7};
    data.append(values, static_cast<std::int32_t>(i % 2));
  }
  return data;
}

}  // namespace

TEST_CASE("augment: copies are added behind, each with the class and the origin of its row") {
  Dataset data = dataset(40);
  const Dataset before = data;
  CHECK(add_jittered_copies(data, 3, 0.1, 9) == 120);
  REQUIRE(data.rows() == 160);
  for (Index i = 0; i < 160; ++i) {
    const auto at = static_cast<std::size_t>(i);
    CHECK(data.origins[at] == i % 40);
    CHECK(data.labels[at] == before.labels[at % 40]);
    CHECK(data.is_copy[at] == (i < 40 ? 0 : 1));
  }
  CHECK(std::equal(before.features.begin(), before.features.end(), data.features.begin()));
}

TEST_CASE("augment: values move by the jitter times their column's deviation") {
  Dataset data = dataset(2000);
  add_jittered_copies(data, 1, 0.1, 9);
  const std::vector<double> expected{0.1, 5};
  for (std::size_t c = 0; c < 2; ++c) {
    double squares = 0;
    double sum = 0;
    for (Index i = 0; i < 2000; ++i) {
      const auto move = static_cast<double>(data.row(2000 + i)[c]) - static_cast<double>(data.row(i)[c]);
      sum += move;
      squares += move * move;
    }
    CHECK(std::abs(std::sqrt(squares / 2000) / expected[c] - 1) < 0.06);
    CHECK(std::abs(sum / 2000) < 0.1 * expected[c]);
  }
}

TEST_CASE("augment: a column that never changes is not moved") {
  Dataset data = dataset(50);
  add_jittered_copies(data, 2, 1, 9);
  for (Index i = 0; i < data.rows(); ++i) REQUIRE(data.row(i)[2] == 7);
}

TEST_CASE("augment: two copies of a row differ; the same seed gives the same bits, another seed others") {
  Dataset first = dataset(20);
  Dataset second = dataset(20);
  Dataset other = dataset(20);
  add_jittered_copies(first, 2, 0.1, 9);
  add_jittered_copies(second, 2, 0.1, 9);
  add_jittered_copies(other, 2, 0.1, 10);
  CHECK(first.features == second.features);
  CHECK(first.features != other.features);
  CHECK(first.row(20)[0] != first.row(40)[0]);
}

TEST_CASE("augment: no copies and no jitter change nothing; missing values stay missing") {
  Dataset data = dataset(20);
  const Dataset before = data;
  CHECK(add_jittered_copies(data, 0, 0.5, 9) == 0);
  CHECK(data.features == before.features);
  add_jittered_copies(data, 1, 0, 9);
  for (std::size_t i = 0; i < before.features.size(); ++i) {
    REQUIRE(data.features[before.features.size() + i] == before.features[i]);
  }
  Dataset holes = dataset(20);
  holes.features[0] = std::numeric_limits<Real>::quiet_NaN();
  add_jittered_copies(holes, 1, 0.1, 9);
  CHECK(std::isnan(holes.row(20)[0]));
  for (Index i = 21; i < 40; ++i) REQUIRE_FALSE(std::isnan(holes.row(i)[0]));
}
