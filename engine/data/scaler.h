// Column statistics: bringing columns to a common size, and filling missing values.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/data/dataset.h"

namespace athanor {

enum class Scaling : std::uint8_t { kStandard, kNone, kMinMax, kRobust };
inline constexpr std::array<std::string_view, 4> kScalingNames{"standard", "none", "min_max", "robust"};

/// (x - shift) / scale per column; NaN becomes `fill`, a value in raw units. An identity scaler still knows what fills
/// missing values.
struct Scaler {
  std::vector<Real> fill;   // (columns): the mean, for robust scaling the median
  std::vector<Real> shift;  // (columns)
  std::vector<Real> scale;  // (columns), never 0
  bool is_identity = false;

  /// out (columns) from one row in units of the data.
  void apply(std::span<const Real> row, std::span<Real> out) const;
};

/// Statistics of the rows given and of no others; missing values do not count. A column that is constant or empty gets
/// scale 1, so it becomes 0. As scikit-learn's StandardScaler (mean, population standard deviation), MinMaxScaler
/// (least value, range) and RobustScaler (median, interquartile range with linear interpolation). kNone: the standard
/// statistics with is_identity set. Columns of levels are left as they are; what is missing there gets the share of the
/// level.
[[nodiscard]] Scaler fit_scaler(Scaling scaling, const Dataset& data, std::span<const std::int32_t> rows);

/// The same of the regression targets, as the scaler's one column; an identity for classification.
[[nodiscard]] Scaler fit_target_scaler(Scaling scaling, const Dataset& data, std::span<const std::int32_t> rows);

/// fit_scaler of kStandard.
[[nodiscard]] Scaler fit_standard(const Dataset& data, std::span<const std::int32_t> rows);

/// The value below which a share of the ordered values lies, 0 <= share <= 1, interpolated linearly between neighbours
/// as numpy's percentile. 0 without values.
[[nodiscard]] double quantile(std::span<const double> ordered, double share);

}  // namespace athanor
