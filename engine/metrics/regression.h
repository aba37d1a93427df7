// Measures of regression.
#pragma once

#include <optional>
#include <span>

#include "engine/core/real.h"

namespace athanor {

/// As scikit-learn's functions of these names, of one target. Where the target is constant (or there is one row)
/// nothing varies that could be explained: r2 and explained_variance then have no value, where scikit-learn puts 1 or
/// 0.
struct RegressionMeasures {
  double mae = 0;            // mean absolute error, in units of the target
  double mse = 0;            // mean squared error
  double rmse = 0;           // its root, in units of the target
  std::optional<double> r2;  // 1 - squared error over the target's variance; below 0 for worse than the mean
  std::optional<double>
      explained_variance;  // likewise after taking the mean error away: a constant offset costs nothing
};

/// `truths` and `predictions` are (rows). No value without rows. kBadInput at "metrics.regression" when the lengths
/// differ or a value is not finite.
[[nodiscard]] std::optional<RegressionMeasures> measure_regression(std::span<const Real> truths,
                                                                   std::span<const Real> predictions);

}  // namespace athanor
