#include "engine/data/split.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <set>

#include "engine/core/error.h"
#include "engine/data/augment.h"

using namespace athanor;

namespace {

/// Rows with running numbers as values; `counts` rows of each class.
Dataset dataset(const std::vector<Index>& counts) {
  Dataset data{.columns = {"x"}};
  for (std::size_t k = 0; k < counts.size(); ++k) {
    data.classes.push_back(std::to_string(k));
    for (Index i = 0; i < counts[k]; ++i) {
      data.append(std::vector<Real>{static_cast<Real>(data.rows())}, static_cast<std::int32_t>(k));
    }
  }
  return data;
}

std::vector<Index> class_counts(const Dataset& data, const std::vector<std::int32_t>& rows) {
  std::vector<Index> counts(data.classes.size(), 0);
  for (const std::int32_t row : rows) {
    ++counts[static_cast<std::size_t>(data.labels[static_cast<std::size_t>(row)])];
  }
  return counts;
}

std::set<std::int32_t> united(const Split& parts) {
  std::set<std::int32_t> all;
  for (const auto* part : {&parts.train, &parts.validation, &parts.test}) all.insert(part->begin(), part->end());
  return all;
}

std::size_t total(const Split& parts) { return parts.train.size() + parts.validation.size() + parts.test.size(); }

}  // namespace

TEST_CASE("split: stratified parts hold every class in exactly the proportions asked for") {
  const Dataset data = dataset({50, 100, 20});
  const Split parts = split(data, {.validation = 0.2, .test = 0.1, .stratified = true, .seed = 1});
  CHECK(class_counts(data, parts.train) == std::vector<Index>{35, 70, 14});
  CHECK(class_counts(data, parts.validation) == std::vector<Index>{10, 20, 4});
  CHECK(class_counts(data, parts.test) == std::vector<Index>{5, 10, 2});
}

TEST_CASE("split: parts are disjoint and complete") {
  for (const bool stratified : {true, false}) {
    const Dataset data = dataset({33, 17, 7});
    const Split parts = split(data, {.validation = 0.3, .test = 0.25, .stratified = stratified, .seed = 2});
    CHECK(total(parts) == 57);
    CHECK(united(parts).size() == 57);
    CHECK(parts.copies_dropped == 0);
  }
}

TEST_CASE("split: without stratification the sizes are exact over all rows") {
  const Dataset data = dataset({90, 10});
  const Split parts = split(data, {.validation = 0.25, .test = 0.15, .stratified = false, .seed = 3});
  CHECK(parts.validation.size() == 25);
  CHECK(parts.test.size() == 15);
  CHECK(parts.train.size() == 60);
  // The small class lands where chance puts it: over seeds not always in the same numbers.
  std::set<Index> numbers;
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    const Split other = split(data, {.validation = 0.25, .test = 0.15, .stratified = false, .seed = seed});
    numbers.insert(class_counts(data, other.test)[1]);
  }
  CHECK(numbers.size() > 1);
}

TEST_CASE("split: the same seed gives the same parts, another seed others") {
  const Dataset data = dataset({60, 60});
  const Split first = split(data, {.seed = 4});
  const Split second = split(data, {.seed = 4});
  const Split other = split(data, {.seed = 5});
  CHECK(first.train == second.train);
  CHECK(first.test == second.test);
  CHECK(first.test != other.test);
}

TEST_CASE("split: every row comes into every part for some seed") {
  const Dataset data = dataset({10, 10});
  std::vector<std::set<std::int32_t>> seen(3);
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    const Split parts = split(data, {.validation = 0.3, .test = 0.3, .seed = seed});
    seen[0].insert(parts.train.begin(), parts.train.end());
    seen[1].insert(parts.validation.begin(), parts.validation.end());
    seen[2].insert(parts.test.begin(), parts.test.end());
  }
  for (const auto& rows : seen) CHECK(rows.size() == 20);
}

TEST_CASE("split: copies follow their original into the training part and are dropped with held-out rows") {
  Dataset data = dataset({30, 20});
  const Split plain = split(data, {.validation = 0.2, .test = 0.2, .seed = 6});
  add_jittered_copies(data, 3, 0.1, 1);
  const Split parts = split(data, {.validation = 0.2, .test = 0.2, .seed = 6});
  // Copies change nothing about which originals are held out.
  CHECK(parts.validation == plain.validation);
  CHECK(parts.test == plain.test);
  CHECK(parts.train.size() == 4 * plain.train.size());
  CHECK(parts.copies_dropped == static_cast<Index>(3 * (plain.validation.size() + plain.test.size())));
  const std::set<std::int32_t> train_originals(plain.train.begin(), plain.train.end());
  for (const std::int32_t row : parts.train) {
    REQUIRE(train_originals.count(data.origins[static_cast<std::size_t>(row)]) == 1);
  }
  for (const auto* held_out : {&parts.validation, &parts.test}) {
    for (const std::int32_t row : *held_out) REQUIRE(data.is_copy[static_cast<std::size_t>(row)] == 0);
  }
}

TEST_CASE("split: nothing held out leaves all rows for training") {
  const Split parts = split(dataset({9, 4}), {.validation = 0, .test = 0, .seed = 7});
  CHECK(parts.train.size() == 13);
  CHECK(parts.validation.empty());
  CHECK(parts.test.empty());
}

TEST_CASE("split: rounding never takes a class's last training row") {
  for (Index rows = 1; rows <= 12; ++rows) {
    const Dataset data = dataset({rows, rows});
    for (const double validation : {0.0, 0.1, 0.45, 0.8}) {
      INFO(rows << " rows, validation " << validation);
      const double test = std::min(0.8, 0.9 - validation);
      const Split parts = split(data, {.validation = validation, .test = test, .seed = 8});
      CHECK(total(parts) == static_cast<std::size_t>(2 * rows));
      for (const Index count : class_counts(data, parts.train)) CHECK(count >= 1);
    }
  }
}

TEST_CASE("split: a class without rows is no trouble") {
  Dataset data = dataset({10, 0, 10});
  const Split parts = split(data, {.validation = 0.2, .test = 0.2, .seed = 9});
  CHECK(class_counts(data, parts.train) == std::vector<Index>{6, 0, 6});
}

TEST_CASE("folds: each row outside the test part is validated on once, the test part is the same in all") {
  const Dataset data = dataset({37, 20, 1});
  for (const bool stratified : {true, false}) {
    const Split plain = split(data, {.validation = 0.3, .test = 0.2, .stratified = stratified, .seed = 4});
    std::multiset<std::int32_t> validated;
    for (int fold = 1; fold <= 5; ++fold) {
      const Split parts =
          split(data, {.validation = 0.3, .test = 0.2, .stratified = stratified, .seed = 4, .folds = 5, .fold = fold});
      CHECK(parts.test == plain.test);
      CHECK(total(parts) == 58);
      CHECK(united(parts).size() == 58);
      validated.insert(parts.validation.begin(), parts.validation.end());
    }
    CHECK(validated.size() == std::set<std::int32_t>(validated.begin(), validated.end()).size());
    // A class of a single row keeps it for training.
    CHECK(validated.size() == 58 - plain.test.size() - (stratified ? 1 : 0));
  }
  CHECK_THROWS_AS(split(data, {.folds = 3, .fold = 4}), Error);
}

TEST_CASE("which originals are held out does not depend on their copies") {
  Dataset data = dataset({20, 20});
  const SplitSettings settings{.validation = 0.2, .test = 0.2, .seed = 3};
  const Split before = split(data, settings);
  add_jittered_copies(data, 2, 0.1, 5);
  const Split after = split(data, settings);
  CHECK(after.validation == before.validation);
  CHECK(after.test == before.test);
  CHECK(std::includes(after.train.begin(), after.train.end(), before.train.begin(), before.train.end()));
}

TEST_CASE("folds are even however small the classes are, and no more than there are rows for") {
  const Dataset many = dataset({3, 3, 3, 3, 3, 3, 3, 3, 3, 3});
  for (int fold = 1; fold <= 5; ++fold) {
    CHECK(split(many, {.test = 0, .folds = 5, .fold = fold}).validation.size() == 6);
  }
  const Dataset few = dataset({4, 4});
  CHECK(split(few, {.test = 0, .folds = 8, .fold = 8}).validation.size() == 1);
  CHECK_THROWS_AS(split(few, {.test = 0, .folds = 9, .fold = 1}), Error);
}
