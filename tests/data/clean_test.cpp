#include "engine/data/clean.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>

using namespace athanor;

namespace {

constexpr Real kMissing = std::numeric_limits<Real>::quiet_NaN();

Dataset dataset(const std::vector<std::vector<Real>>& rows, const std::vector<std::int32_t>& labels) {
  Dataset data{.columns = {"a", "b"}, .classes = {"0", "1"}};
  for (std::size_t i = 0; i < rows.size(); ++i) data.append(rows[i], labels[i]);
  return data;
}

}  // namespace

TEST_CASE("clean: rows that miss any value go, the others stay in order with their origin") {
  Dataset data = dataset({{1, 2}, {kMissing, 3}, {4, kMissing}, {kMissing, kMissing}, {5, 6}}, {0, 1, 0, 1, 1});
  CHECK(drop_rows(data, find_missing(data)) == 3);
  CHECK(data.features == std::vector<Real>{1, 2, 5, 6});
  CHECK(data.labels == std::vector<std::int32_t>{0, 1});
  CHECK(data.origins == std::vector<std::int32_t>{0, 4});
  CHECK(data.is_copy.size() == 2);
  CHECK(drop_rows(data, find_missing(data)) == 0);
}

TEST_CASE("clean: of equal rows the earliest stays") {
  Dataset data = dataset({{2, 1}, {1, 2}, {2, 1}, {1, 2}, {2, 1}, {3, 3}}, {0, 1, 0, 1, 0, 1});
  CHECK(drop_rows(data, find_duplicates(data)) == 3);
  CHECK(data.features == std::vector<Real>{2, 1, 1, 2, 3, 3});
  CHECK(data.origins == std::vector<std::int32_t>{0, 1, 5});
}

TEST_CASE("clean: the same values with another class are no duplicate") {
  Dataset data = dataset({{1, 2}, {1, 2}, {1, 2}}, {0, 1, 0});
  CHECK(drop_rows(data, find_duplicates(data)) == 1);
  CHECK(data.labels == std::vector<std::int32_t>{0, 1});
}

TEST_CASE("clean: one value apart is no duplicate, and missing values equal each other") {
  Dataset data = dataset({{1, kMissing}, {1, kMissing}, {kMissing, 1}, {1, 1}, {1, 2}}, {0, 0, 0, 0, 0});
  CHECK(drop_rows(data, find_duplicates(data)) == 1);
  CHECK(data.origins == std::vector<std::int32_t>{0, 2, 3, 4});
}

TEST_CASE("clean: an empty data set stays empty") {
  Dataset data = dataset({}, {});
  CHECK(drop_rows(data, find_missing(data)) == 0);
  CHECK(drop_rows(data, find_duplicates(data)) == 0);
  CHECK(data.rows() == 0);
}
