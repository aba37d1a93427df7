#include "engine/data/outliers.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "engine/core/error.h"
#include "engine/data/scaler.h"

namespace athanor {
namespace {

/// Values within are no outliers.
struct Bounds {
  double low = 0;
  double high = 0;
  bool has_spread = false;
};

Bounds z_score_bounds(std::span<double> values, double limit) {
  double mean = 0;
  for (const double x : values) mean += x / static_cast<double>(values.size());
  double squares = 0;
  for (const double x : values) squares += (x - mean) * (x - mean);
  const double deviation = std::sqrt(squares / static_cast<double>(values.size()));
  return {.low = mean - limit * deviation,
          .high = mean + limit * deviation,
          .has_spread = deviation > 1e-12 * std::abs(mean)};  // rounding of the mean alone is no spread
}

Bounds interquartile_bounds(std::span<double> values, double limit) {
  std::sort(values.begin(), values.end());
  const double first = quantile(values, 0.25);
  const double third = quantile(values, 0.75);
  const double range = third - first;
  return {.low = first - limit * range, .high = third + limit * range, .has_spread = range > 0};
}

}  // namespace

Outliers find_outliers(const Dataset& data, OutlierRule rule, double limit, std::span<const std::int32_t> fitted_on) {
  check_range("clean.outlier_limit", limit, 0.5, 10);
  std::vector<bool> flags(data.labels.size(), false);
  Outliers found;
  std::vector<double> values;
  for (std::size_t c = 0; c < data.columns.size(); ++c) {
    values.clear();
    for (const std::int32_t i : fitted_on) {
      const auto x = static_cast<double>(data.row(i)[c]);
      if (!std::isnan(x)) values.push_back(x);
    }
    found.per_column.push_back(0);
    if (values.empty() || data.is_level(static_cast<Index>(c))) continue;
    const Bounds bounds =
        rule == OutlierRule::kZScore ? z_score_bounds(values, limit) : interquartile_bounds(values, limit);
    if (!bounds.has_spread) continue;
    for (Index i = 0; i < data.rows(); ++i) {
      const auto x = static_cast<double>(data.row(i)[c]);
      if (std::isnan(x) || (x >= bounds.low && x <= bounds.high)) continue;
      flags[static_cast<std::size_t>(i)] = true;
      ++found.per_column.back();
    }
  }
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (flags[i]) found.rows.push_back(static_cast<std::int32_t>(i));
  }
  return found;
}

}  // namespace athanor
