#include "engine/data/labels.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/data/augment.h"
#include "engine/data/generators.h"
#include "tests/support/refusals.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

using Rows = std::vector<std::int32_t>;

Dataset column(const std::vector<Real>& values) {
  Dataset data;
  data.columns = {"x"};
  data.classes = {"a", "b"};
  for (const Real value : values) data.append(std::span(&value, 1), 0);
  return data;
}

}  // namespace

TEST_CASE("suspect labels: exactly the swapped ones among clouds far apart, with the label they should have") {
  Dataset data = generate({.generator = Generator::kBlobs, .samples = 300, .noise = 0, .classes = 3, .seed = 4});
  CHECK(find_suspect_labels(data, 5).empty());
  const Rows swapped{10, 101, 250};
  for (const std::int32_t row : swapped) {
    std::int32_t& label = data.labels[static_cast<std::size_t>(row)];
    label = (label + 1) % 3;
  }
  const std::vector<LabelSuspect> suspects = find_suspect_labels(data, 5);
  REQUIRE(suspects.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(suspects[i].row == swapped[i]);
    CHECK(suspects[i].label == data.labels[static_cast<std::size_t>(swapped[i])]);
    CHECK(suspects[i].suggested == (suspects[i].label + 2) % 3);
    CHECK(suspects[i].agreement < 0.5);
  }
}

TEST_CASE("suspect labels: copies do not vouch for their row, and columns of any size count alike") {
  Dataset data = generate({.generator = Generator::kBlobs, .samples = 60, .noise = 0, .seed = 4});
  data.labels[0] = 1 - data.labels[0];
  (void)add_jittered_copies(data, 5, 0.01, 1);
  const std::vector<LabelSuspect> before = find_suspect_labels(data, 5);
  REQUIRE(before.size() == 1);
  CHECK(before[0].row == 0);
  // A wide column of noise-free zeros and a stretched first one change nothing.
  for (std::size_t i = 0; i < data.features.size(); i += 2) data.features[i] *= 1024;
  CHECK(find_suspect_labels(data, 5).size() == 1);
}

TEST_CASE("suspect labels: half the votes are no majority, and one row alone has no neighbours") {
  Dataset data = column({0, 1, -1, 50, 51});
  data.labels = {1, 1, 0, 1, 1};  // the first row's neighbours are one of its own class and one of another
  for (const LabelSuspect& suspect : find_suspect_labels(data, 2)) CHECK(suspect.row != 0);
  CHECK(find_suspect_labels(column({1}), 3).empty());
  CHECK(find_suspect_labels(column({}), 3).empty());
}

TEST_CASE("suspect labels: regression, too much work and a bad number of neighbours are refused") {
  Dataset values;
  values.task = Task::kRegression;
  check_refusal([&] { (void)find_suspect_labels(values, 3); }, ErrorCode::kBadInput, "clean.labels",
                {{"what", "the task"}, {"value", "regression"}, {"expected", "classification"}});
  check_refusal([&] { (void)find_suspect_labels(column({1}), 0); }, ErrorCode::kOutOfRange, "clean.labels",
                {{"path", "clean.labels"}, {"value", "0"}, {"min", "1"}, {"max", "50"}});
  const Dataset large = column(std::vector<Real>(80'000, 1));
  check_refusal(
      [&] { (void)find_suspect_labels(large, 3); }, ErrorCode::kBadInput, "clean.labels",
      {{"what", "rows times rows times columns"}, {"value", "57600000000"}, {"expected", "at most 4000000000"}});
}

TEST_CASE("suspect labels: a search in slices finds what one in one go does") {
  Dataset data = generate({.generator = Generator::kMoons, .samples = 5000, .noise = 1, .seed = 9});
  LabelSearch search(data, 7);
  int slices = 1;
  std::size_t found = 0;
  while (!search.advance()) {
    ++slices;
    CHECK(search.suspects().size() >= found);
    found = search.suspects().size();
  }
  CHECK(slices == 13);  // 2.5e8 of work, of which a slice does the whole rows that begin within 2e7
  const std::vector<LabelSuspect> whole = find_suspect_labels(data, 7);
  REQUIRE(whole.size() > 3);
  REQUIRE(search.suspects().size() == whole.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    CHECK(search.suspects()[i].row == whole[i].row);
    CHECK(search.suspects()[i].suggested == whole[i].suggested);
  }
}
