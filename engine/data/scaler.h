// Column statistics: standardising, and filling missing values with the mean.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/dataset.h"

namespace athanor {

/// (x - mean) / deviation per column; NaN becomes the mean. An identity scaler has deviation 1 and shift 0 but still
/// knows the mean for missing values.
struct Scaler {
  std::vector<Real> mean;       // (columns)
  std::vector<Real> deviation;  // (columns), never 0
  bool is_identity = false;

  /// out (columns) from one row in raw units.
  void apply(std::span<const Real> row, std::span<Real> out) const;
};

/// Mean and population standard deviation (as scikit-learn's StandardScaler) of the rows given; a constant column gets
/// deviation 1. Missing values do not count.
[[nodiscard]] Scaler fit_standard(const Dataset& data, std::span<const std::int32_t> rows);

}  // namespace athanor
