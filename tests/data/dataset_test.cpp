#include "engine/data/dataset.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <limits>

#include "engine/data/augment.h"
#include "engine/data/clean.h"
#include "engine/data/split.h"

using namespace athanor;

namespace {

using Reals = std::vector<Real>;

/// One column; the value is ten times the feature.
Dataset tens(Index rows) {
  Dataset data;
  data.task = Task::kRegression;
  data.columns = {"x"};
  for (Index i = 0; i < rows; ++i) data.append_value(Reals{static_cast<Real>(i)}, static_cast<Real>(10 * i));
  return data;
}

}  // namespace

TEST_CASE("regression rows keep their values when others are dropped") {
  Dataset data = tens(5);
  data.keep({true, false, false, true, true});
  CHECK(data.features == Reals{0, 3, 4});
  CHECK(data.values == Reals{0, 30, 40});
  CHECK(data.labels == std::vector<std::int32_t>{0, 0, 0});
  CHECK(data.rows() == 3);
  data.features[1] = std::numeric_limits<Real>::quiet_NaN();
  CHECK(drop_rows(data, find_missing(data)) == 1);
  CHECK(data.values == Reals{0, 40});
  data.keep({false, false});
  CHECK(data.values.empty());
}

TEST_CASE("copies carry class, value and origin of their row") {
  Dataset data = tens(3);
  data.append_copy(Reals{2.5F}, 2);
  data.append_copy(Reals{2.75F}, 3);  // a copy of the copy
  CHECK(data.values == Reals{0, 10, 20, 20, 20});
  CHECK(data.origins == std::vector<std::int32_t>{0, 1, 2, 2, 2});
  CHECK(data.is_copy == std::vector<std::uint8_t>{0, 0, 0, 1, 1});
  Dataset classes;
  classes.columns = {"x"};
  classes.classes = {"a", "b"};
  classes.append(Reals{1}, 1);
  classes.append_copy(Reals{2}, 0);
  CHECK(classes.labels == std::vector<std::int32_t>{1, 1});
  CHECK(classes.values.empty());
}

TEST_CASE("jittered copies of regression rows keep the value") {
  Dataset data = tens(20);
  CHECK(add_jittered_copies(data, 2, 0.1, 5) == 40);
  REQUIRE(data.values.size() == 60);
  for (std::size_t i = 0; i < 60; ++i) CHECK(data.values[i] == data.values[i % 20]);
}

TEST_CASE("regression rows are duplicates only with the same value") {
  Dataset data = tens(2);
  data.append_value(Reals{1}, 10);
  data.append_value(Reals{1}, 11);
  CHECK(drop_rows(data, find_duplicates(data)) == 1);
  CHECK(data.values == Reals{0, 10, 11});
}

TEST_CASE("regression is split as one group, stratified or not, and copies follow their row") {
  Dataset data = tens(50);
  (void)add_jittered_copies(data, 1, 0.1, 5);
  for (const bool stratified : {true, false}) {
    const Split parts = split(data, {.validation = 0.2, .test = 0.2, .stratified = stratified, .seed = 3});
    CHECK(parts.validation.size() == 10);
    CHECK(parts.test.size() == 10);
    CHECK(parts.train.size() == 60);
    CHECK(parts.copies_dropped == 20);
  }
}
