#include "engine/data/scaler.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "tests/support/goldens.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

constexpr Real kMissing = std::numeric_limits<Real>::quiet_NaN();

Dataset dataset(std::size_t columns, const std::vector<Real>& features) {
  Dataset data;
  for (std::size_t c = 0; c < columns; ++c) data.columns.push_back("c" + std::to_string(c));
  for (std::size_t i = 0; i < features.size(); i += columns) {
    data.append(std::span(features).subspan(i, columns), 0);
  }
  return data;
}

std::vector<std::int32_t> all_rows(const Dataset& data) {
  std::vector<std::int32_t> rows(data.labels.size());
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

std::vector<Real> scaled(const Scaler& scaler, std::span<const Real> row) {
  std::vector<Real> out(row.size());
  scaler.apply(row, out);
  return out;
}

}  // namespace

TEST_CASE("scaler: statistics and scaled values are those of scikit-learn's StandardScaler") {
  const Json goldens = read_golden("sklearn.json");
  for (const Json& golden : goldens.at("scaler")) {
    const auto raw = golden.at("features").get<std::vector<double>>();
    const auto mean = golden.at("mean").get<std::vector<double>>();
    const auto deviation = golden.at("scale").get<std::vector<double>>();
    const auto expected = golden.at("scaled").get<std::vector<double>>();
    const Dataset data = dataset(mean.size(), std::vector<Real>(raw.begin(), raw.end()));
    const Scaler scaler = fit_standard(data, all_rows(data));
    const double tolerance = sizeof(Real) == 8 ? 1e-12 : 2e-6;
    for (std::size_t c = 0; c < mean.size(); ++c) {
      CHECK(close(static_cast<double>(scaler.shift[c]), mean[c], tolerance, tolerance));
      CHECK(close(static_cast<double>(scaler.scale[c]), deviation[c], tolerance, tolerance));
    }
    for (Index i = 0; i < data.rows(); ++i) {
      const std::vector<Real> row = scaled(scaler, data.row(i));
      for (std::size_t c = 0; c < row.size(); ++c) {
        // A float cannot hold more digits of a value far from 0 than its mean leaves.
        const double digits = tolerance * (1 + std::abs(mean[c]) / deviation[c]);
        REQUIRE(
            close(static_cast<double>(row[c]), expected[static_cast<std::size_t>(i) * row.size() + c], digits, digits));
      }
    }
  }
}

TEST_CASE("scaler: only the rows given count") {
  Dataset data = dataset(1, {1, 3, 1000, 5});
  const std::vector<std::int32_t> rows{0, 1, 3};
  const Scaler before = fit_standard(data, rows);
  CHECK(before.shift[0] == 3);
  data.features[2] = -5;
  CHECK(fit_standard(data, rows).shift == before.shift);
  CHECK(fit_standard(data, rows).scale == before.scale);
  CHECK(fit_standard(data, all_rows(data)).shift != before.shift);
}

TEST_CASE("scaler: a constant column becomes zeros, whatever its size") {
  for (const double value : {0.0, 7.0, 1e-6, 123456.789}) {
    const auto x = static_cast<Real>(value);
    const Dataset data = dataset(1, {x, x, x, x, x, x, x});
    const Scaler scaler = fit_standard(data, all_rows(data));
    CHECK(scaler.scale[0] == 1);
    CHECK(std::abs(scaled(scaler, data.row(0))[0]) <= std::abs(x) * static_cast<Real>(1e-6));
  }
}

TEST_CASE("scaler: differences too small to hold are no reason to divide by zero") {
  const Real least = std::numeric_limits<Real>::denorm_min();
  const Dataset data = dataset(1, {0, least, 0, least});
  const Scaler scaler = fit_standard(data, all_rows(data));
  CHECK(scaler.scale[0] > 0);
  CHECK(std::isfinite(scaled(scaler, data.row(1))[0]));
}

TEST_CASE("scaler: missing values do not count and become the mean, which scales to zero") {
  const Dataset data = dataset(2, {1, kMissing, kMissing, 4, 3, 8});
  Scaler scaler = fit_standard(data, all_rows(data));
  CHECK(scaler.fill == std::vector<Real>{2, 6});
  CHECK(scaler.shift == scaler.fill);
  CHECK(scaler.scale == std::vector<Real>{1, 2});
  CHECK(scaled(scaler, data.row(0)) == std::vector<Real>{-1, 0});
  CHECK(scaled(scaler, data.row(1)) == std::vector<Real>{0, -1});
  scaler.is_identity = true;
  CHECK(scaled(scaler, data.row(0)) == std::vector<Real>{1, 6});
}

TEST_CASE("scaler: a column without any value scales to zero") {
  const Dataset data = dataset(1, {kMissing, kMissing});
  CHECK(scaled(fit_standard(data, all_rows(data)), data.row(0)) == std::vector<Real>{0});
}

TEST_CASE("scaler: min-max and robust scaling are scikit-learn's, missing values left out") {
  const Json goldens = read_golden("sklearn_scalers.json");
  REQUIRE(goldens.size() == 4);
  const double tolerance = sizeof(Real) == 8 ? 1e-12 : 1e-6;
  for (const Json& golden : goldens) {
    std::vector<Real> features;
    for (const Json& value : golden.at("features")) {
      features.push_back(value.is_null() ? kMissing : static_cast<Real>(value.get<double>()));
    }
    const auto columns = golden.at("columns").get<std::size_t>();
    const Dataset data = dataset(columns, features);
    for (const Scaling scaling : {Scaling::kMinMax, Scaling::kRobust}) {
      const Json& expected = golden.at(std::string(kScalingNames[static_cast<std::size_t>(scaling)]));
      INFO(expected.at("shift").dump());
      const Scaler scaler = fit_scaler(scaling, data, all_rows(data));
      for (std::size_t c = 0; c < columns; ++c) {
        CHECK(close(static_cast<double>(scaler.fill[c]), expected.at("fill").at(c), tolerance, tolerance));
        CHECK(close(static_cast<double>(scaler.shift[c]), expected.at("shift").at(c), tolerance, tolerance));
        CHECK(close(static_cast<double>(scaler.scale[c]), expected.at("scale").at(c), tolerance, tolerance));
      }
      for (Index i = 0; i < data.rows(); ++i) {
        const std::vector<Real> row = scaled(scaler, data.row(i));
        for (std::size_t c = 0; c < columns; ++c) {
          const Json& value = expected.at("scaled").at(static_cast<std::size_t>(i) * columns + c);
          // Where scikit-learn keeps NaN, the value that fills it is scaled.
          const double wanted =
              value.is_null() ? (expected.at("fill").at(c).get<double>() - expected.at("shift").at(c).get<double>()) /
                                    expected.at("scale").at(c).get<double>()
                              : value.get<double>();
          // A float cannot hold more digits of a small difference than the shift leaves.
          const double digits =
              tolerance *
              (1 + std::abs(expected.at("shift").at(c).get<double>() / expected.at("scale").at(c).get<double>()));
          REQUIRE(close(static_cast<double>(row[c]), wanted, digits, digits));
        }
      }
    }
  }
}

TEST_CASE("scaler: no way of scaling looks at rows that were not given") {
  Dataset data = dataset(1, {1, 3, 1000, 5});
  const std::vector<std::int32_t> rows{0, 1, 3};
  for (std::size_t s = 0; s < kScalingNames.size(); ++s) {
    INFO(kScalingNames[s]);
    const auto scaling = static_cast<Scaling>(s);
    data.features[2] = 1000;
    const Scaler before = fit_scaler(scaling, data, rows);
    data.features[2] = -5;
    const Scaler after = fit_scaler(scaling, data, rows);
    CHECK(after.fill == before.fill);
    CHECK(after.shift == before.shift);
    CHECK(after.scale == before.scale);
    CHECK(fit_scaler(scaling, data, all_rows(data)).fill != before.fill);
  }
}

TEST_CASE("scaler: constant, empty and single-row columns become zeros in every way of scaling") {
  for (const Scaling scaling : {Scaling::kStandard, Scaling::kMinMax, Scaling::kRobust}) {
    for (const std::vector<Real>& column : {std::vector<Real>{7, 7, 7}, {kMissing, kMissing}, {-3}}) {
      const Dataset data = dataset(1, column);
      const Scaler scaler = fit_scaler(scaling, data, all_rows(data));
      CHECK(scaler.scale[0] == 1);
      CHECK(scaled(scaler, data.row(0)) == std::vector<Real>{0});
    }
  }
}

TEST_CASE("scaler: an outlier squeezes min-max scaling, not the robust one") {
  const Dataset data = dataset(1, {1, 2, 3, 4, 1000});
  const auto middle_spread = [&](Scaling scaling) {
    const Scaler scaler = fit_scaler(scaling, data, all_rows(data));
    return scaled(scaler, data.row(3))[0] - scaled(scaler, data.row(1))[0];
  };
  CHECK(middle_spread(Scaling::kMinMax) < 0.01);
  CHECK(middle_spread(Scaling::kRobust) == 1);
}

TEST_CASE("scaler: none leaves values as they are and fills in the mean") {
  const Dataset data = dataset(1, {1, kMissing, 5});
  const Scaler scaler = fit_scaler(Scaling::kNone, data, all_rows(data));
  CHECK(scaled(scaler, data.row(0)) == std::vector<Real>{1});
  CHECK(scaled(scaler, data.row(1)) == std::vector<Real>{3});
}

TEST_CASE("quantiles interpolate between neighbours") {
  const std::vector<double> values{1, 2, 4};
  CHECK(quantile(values, 0) == 1);
  CHECK(quantile(values, 0.25) == 1.5);
  CHECK(quantile(values, 0.5) == 2);
  CHECK(quantile(values, 0.75) == 3);
  CHECK(quantile(values, 1) == 4);
  CHECK(quantile(std::vector<double>{5}, 0.3) == 5);
  CHECK(quantile({}, 0.5) == 0);
}
