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
      CHECK(close(static_cast<double>(scaler.mean[c]), mean[c], tolerance, tolerance));
      CHECK(close(static_cast<double>(scaler.deviation[c]), deviation[c], tolerance, tolerance));
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
  CHECK(before.mean[0] == 3);
  data.features[2] = -5;
  CHECK(fit_standard(data, rows).mean == before.mean);
  CHECK(fit_standard(data, rows).deviation == before.deviation);
  CHECK(fit_standard(data, all_rows(data)).mean != before.mean);
}

TEST_CASE("scaler: a constant column becomes zeros, whatever its size") {
  for (const double value : {0.0, 7.0, 1e-6, 123456.789}) {
    const auto x = static_cast<Real>(value);
    const Dataset data = dataset(1, {x, x, x, x, x, x, x});
    const Scaler scaler = fit_standard(data, all_rows(data));
    CHECK(scaler.deviation[0] == 1);
    CHECK(std::abs(scaled(scaler, data.row(0))[0]) <= std::abs(x) * static_cast<Real>(1e-6));
  }
}

TEST_CASE("scaler: differences too small to hold are no reason to divide by zero") {
  const Real least = std::numeric_limits<Real>::denorm_min();
  const Dataset data = dataset(1, {0, least, 0, least});
  const Scaler scaler = fit_standard(data, all_rows(data));
  CHECK(scaler.deviation[0] > 0);
  CHECK(std::isfinite(scaled(scaler, data.row(1))[0]));
}

TEST_CASE("scaler: missing values do not count and become the mean, which scales to zero") {
  const Dataset data = dataset(2, {1, kMissing, kMissing, 4, 3, 8});
  Scaler scaler = fit_standard(data, all_rows(data));
  CHECK(scaler.mean == std::vector<Real>{2, 6});
  CHECK(scaler.deviation == std::vector<Real>{1, 2});
  CHECK(scaled(scaler, data.row(0)) == std::vector<Real>{-1, 0});
  CHECK(scaled(scaler, data.row(1)) == std::vector<Real>{0, -1});
  scaler.is_identity = true;
  CHECK(scaled(scaler, data.row(0)) == std::vector<Real>{1, 6});
}

TEST_CASE("scaler: a column without any value scales to zero") {
  const Dataset data = dataset(1, {kMissing, kMissing});
  CHECK(scaled(fit_standard(data, all_rows(data)), data.row(0)) == std::vector<Real>{0});
}
