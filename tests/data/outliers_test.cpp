#include "engine/data/outliers.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>
#include <numeric>

#include "engine/data/augment.h"
#include "engine/data/clean.h"
#include "engine/data/generators.h"
#include "tests/support/refusals.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

constexpr Real kMissing = std::numeric_limits<Real>::quiet_NaN();
using Rows = std::vector<std::int32_t>;

Dataset column(const std::vector<Real>& values) {
  Dataset data;
  data.columns = {"x"};
  data.classes = {"a", "b"};
  for (const Real value : values) data.append(std::span(&value, 1), 0);
  return data;
}

Rows all_rows(const Dataset& data) {
  Rows rows(data.labels.size());
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

}  // namespace

TEST_CASE("outliers: beyond the limit in deviations or in interquartile ranges, both sides") {
  // Quartiles 2.25 and 6.75 of 0 … 9 without the two strays: with them 2.75 and 8.25, a range of 5.5.
  const Dataset data = column({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100, -100});
  CHECK(find_outliers(data, OutlierRule::kInterquartile, 1.5, all_rows(data)).rows == Rows{10, 11});
  CHECK(find_outliers(data, OutlierRule::kInterquartile, 10, all_rows(data)).rows == Rows{10, 11});
  CHECK(find_outliers(data, OutlierRule::kZScore, 2, all_rows(data)).rows == Rows{10, 11});
  // Two strays among twelve widen the deviation so much that three of them are never reached.
  CHECK(find_outliers(data, OutlierRule::kZScore, 3, all_rows(data)).rows.empty());
}

TEST_CASE("outliers: the bounds themselves are still within") {
  const Dataset data = column({0, 1, 2, 3, 4, 7, -3});
  // Quartiles 0.5 and 3.5: bounds -4 and 8.
  CHECK(find_outliers(data, OutlierRule::kInterquartile, 1.5, all_rows(data)).rows.empty());
  const Dataset evens = column({-1, 1, -1, 1});
  CHECK(find_outliers(evens, OutlierRule::kZScore, 1, all_rows(evens)).rows.empty());
}

TEST_CASE("outliers: statistics come from the rows given, all rows are judged") {
  const Dataset data = column({1, 2, 3, 4, 5, 50});
  const Rows train{0, 1, 2, 3, 4};
  CHECK(find_outliers(data, OutlierRule::kZScore, 3, train).rows == Rows{5});
  CHECK(find_outliers(data, OutlierRule::kZScore, 3, all_rows(data)).rows.empty());
}

TEST_CASE("outliers: missing values and columns without spread have none; columns are counted apart") {
  Dataset data;
  data.columns = {"x", "constant", "empty", "mostly"};
  data.classes = {"a", "b"};
  for (int i = 0; i < 20; ++i) {
    const Real x = i == 7 ? 1000 : static_cast<Real>(i);
    data.append(std::vector<Real>{i == 3 ? kMissing : x, 5, kMissing, static_cast<Real>(i == 0 ? 9 : 1)}, 0);
  }
  const Outliers wide = find_outliers(data, OutlierRule::kInterquartile, 1.5, all_rows(data));
  CHECK(wide.rows == Rows{7});
  CHECK(wide.per_column == std::vector<Index>{1, 0, 0, 0});
  const Outliers far = find_outliers(data, OutlierRule::kZScore, 3, all_rows(data));
  CHECK(far.rows == Rows{0, 7});
  CHECK(far.per_column == std::vector<Index>{1, 0, 0, 1});
  CHECK(find_outliers(data, OutlierRule::kZScore, 3, {}).rows.empty());
  CHECK(drop_rows(data, far.rows) == 2);
  CHECK(data.rows() == 18);
}

TEST_CASE("outliers: a limit out of range is refused") {
  for (const auto& [limit, text] : {std::pair{0.0, "0"}, std::pair{11.0, "11"}}) {
    check_refusal([&, value = limit] { (void)find_outliers(column({1}), OutlierRule::kZScore, value, Rows{0}); },
                  ErrorCode::kOutOfRange, "clean.outlier_limit",
                  {{"path", "clean.outlier_limit"}, {"value", text}, {"min", "0.5"}, {"max", "10"}});
  }
}
