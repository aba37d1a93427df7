#include "engine/metrics/measures.h"

#include <catch2/catch_test_macros.hpp>

#include "tests/support/goldens.h"

using namespace athanor;
using namespace athanor::testing;

TEST_CASE("measures are scikit-learn's macro averages with zero_division=0, absent classes left out") {
  const Json goldens = read_golden("sklearn.json").at("measures");
  REQUIRE(goldens.size() >= 12);
  for (const Json& golden : goldens) {
    INFO(golden.at("matrix").dump());
    const auto matrix = golden.at("matrix").get<std::vector<std::vector<std::int64_t>>>();
    Confusion confusion(static_cast<Index>(matrix.size()));
    for (std::size_t truth = 0; truth < matrix.size(); ++truth) {
      for (std::size_t predicted = 0; predicted < matrix.size(); ++predicted) {
        for (std::int64_t i = 0; i < matrix[truth][predicted]; ++i) {
          confusion.add(static_cast<std::int32_t>(truth), static_cast<std::int32_t>(predicted));
        }
      }
    }
    const Measures measures = measure(confusion, 0.25);
    CHECK(close(measures.accuracy, golden.at("accuracy"), 1e-12, 1e-12));
    CHECK(close(measures.precision, golden.at("precision"), 1e-12, 1e-12));
    CHECK(close(measures.recall, golden.at("recall"), 1e-12, 1e-12));
    CHECK(close(measures.f1, golden.at("f1"), 1e-12, 1e-12));
    CHECK(measures.loss == 0.25);
    CHECK(measures.confusion.counts == confusion.counts);
  }
}

TEST_CASE("confusion counts are kept by true class, then predicted class") {
  Confusion confusion(3);
  confusion.add(0, 2);
  confusion.add(0, 2);
  confusion.add(2, 1);
  CHECK(confusion.at(0, 2) == 2);
  CHECK(confusion.at(2, 0) == 0);
  CHECK(confusion.at(2, 1) == 1);
  CHECK(confusion.counts == std::vector<std::int64_t>{0, 0, 2, 0, 0, 0, 0, 1, 0});
}

TEST_CASE("measures of nothing are zeros, not NaN") {
  const Measures measures = measure(Confusion(3), 0);
  CHECK(measures.accuracy == 0);
  CHECK(measures.precision == 0);
  CHECK(measures.recall == 0);
  CHECK(measures.f1 == 0);
}
