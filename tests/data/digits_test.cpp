#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <fstream>
#include <iterator>

#include "engine/data/table.h"

using namespace athanor;

TEST_CASE("digits.csv reads as 1797 images of 8 by 8 pixels from 0 to 16, ten classes") {
  std::ifstream file(std::string(ATHANOR_SOURCE_DIR) + "/web/public/data/digits.csv", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  REQUIRE(text.size() > 200'000);
  CHECK(text.size() < 300'000);
  const Table table = read_table(text, {.target = "digit"});
  REQUIRE_FALSE(table.error.has_value());
  CHECK(table.problems.empty());
  const Dataset& data = table.data;
  REQUIRE(data.rows() == 1797);
  REQUIRE(data.width() == 64);
  CHECK(data.columns.front() == "p00");
  CHECK(data.columns.back() == "p77");
  CHECK(data.classes == std::vector<std::string>{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"});
  std::vector<int> counts(10, 0);
  for (const std::int32_t label : data.labels) ++counts.at(static_cast<std::size_t>(label));
  // As scikit-learn's load_digits has them, and the sum of all its pixels.
  CHECK(counts == std::vector<int>{178, 182, 177, 183, 181, 182, 181, 179, 174, 180});
  double sum = 0;
  for (const Real pixel : data.features) {
    REQUIRE(pixel >= 0);
    REQUIRE(pixel <= 16);
    REQUIRE(pixel == std::floor(pixel));
    sum += static_cast<double>(pixel);
  }
  CHECK(sum == 561718);
}

TEST_CASE("digits.csv: the digit is found by itself as the target") {
  std::ifstream file(std::string(ATHANOR_SOURCE_DIR) + "/web/public/data/digits.csv", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const Table table = read_table(text, {});
  REQUIRE_FALSE(table.error.has_value());
  const auto target = std::find_if(table.columns.begin(), table.columns.end(),
                                   [](const ColumnReport& column) { return column.role == ColumnRole::kTarget; });
  REQUIRE(target != table.columns.end());
  CHECK(target->name == "digit");
}
