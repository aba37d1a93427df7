#include "engine/metrics/regression.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>
#include <vector>

#include "tests/support/goldens.h"
#include "tests/support/refusals.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

using Reals = std::vector<Real>;

Reals reals(const Json& values) {
  const auto exact = values.get<std::vector<double>>();
  return {exact.begin(), exact.end()};
}

RegressionMeasures measured(const Reals& truths, const Reals& predictions) {
  const std::optional<RegressionMeasures> measures = measure_regression(truths, predictions);
  if (measures) return *measures;
  FAIL("rows have measures");
  return {};
}

}  // namespace

TEST_CASE("measures of regression are scikit-learn's") {
  const Json goldens = read_golden("sklearn_measures.json").at("regression");
  REQUIRE(goldens.size() >= 6);
  for (std::size_t c = 0; c < goldens.size(); ++c) {
    INFO("case " << c);
    const Json& golden = goldens.at(c);
    const RegressionMeasures measures = measured(reals(golden.at("truth")), reals(golden.at("predicted")));
    CHECK(close(measures.mae, golden.at("mae"), 1e-7, 1e-7));
    CHECK(close(measures.mse, golden.at("mse"), 1e-7, 1e-7));
    CHECK(close(measures.rmse, golden.at("rmse"), 1e-7, 1e-7));
    CHECK(close(figure(measures.r2), golden.at("r2"), 1e-7, 1e-7));
    CHECK(close(figure(measures.explained_variance), golden.at("explained_variance"), 1e-7, 1e-7));
  }
}

TEST_CASE("a constant target leaves nothing to explain: errors are measured, the shares have no value") {
  for (const Reals& truths : {Reals{3}, Reals{3, 3, 3}, Reals{0.1F, 0.1F, 0.1F}}) {
    const RegressionMeasures measures = measured(truths, Reals(truths.size(), 4));
    CHECK(close(measures.mae, 4 - static_cast<double>(truths[0]), 1e-12, 0));
    CHECK_FALSE(measures.r2.has_value());
    CHECK_FALSE(measures.explained_variance.has_value());
  }
}

TEST_CASE("a constant offset costs R² and no explained variance") {
  const RegressionMeasures measures = measured(Reals{1, 2, 3}, Reals{3, 4, 5});
  CHECK(close(figure(measures.r2), -5, 1e-12, 0));
  CHECK(close(figure(measures.explained_variance), 1, 1e-12, 0));
}

TEST_CASE("regression without rows has no measures") { CHECK_FALSE(measure_regression({}, {}).has_value()); }

TEST_CASE("regression refuses lengths that differ and values that are not finite") {
  check_refusal([] { (void)measure_regression(Reals{1, 2}, Reals{1}); }, ErrorCode::kBadInput, "metrics.regression",
                {{"what", "the number of predictions"}, {"value", "1"}, {"expected", "2"}});
  check_refusal([] { (void)measure_regression(Reals{1}, Reals{std::numeric_limits<Real>::infinity()}); },
                ErrorCode::kBadInput, "metrics.regression",
                {{"what", "a value"}, {"value", "Infinity"}, {"expected", "a finite number"}});
}
