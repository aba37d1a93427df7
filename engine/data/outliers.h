// Values far from the rest of their column. They are only flagged: what is done about a row is for the caller to decide
// and for the person to see.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/data/dataset.h"

namespace athanor {

enum class OutlierRule : std::uint8_t { kZScore, kInterquartile };
inline constexpr std::array<std::string_view, 2> kOutlierRuleNames{"z_score", "interquartile"};

struct Outliers {
  std::vector<std::int32_t> rows;  // flagged, rising
  std::vector<Index> per_column;   // (columns): how many values of each lie too far out
};

/// kZScore: further than `limit` standard deviations from the mean (usual: 3). kInterquartile: further than `limit`
/// interquartile ranges below the first or above the third quartile (usual: 1.5; Tukey, "Exploratory Data Analysis",
/// 1977). Statistics are those of `fitted_on`, all rows are judged. Missing values are no outliers; a column whose
/// deviation or interquartile range is 0 has none, for every other value would be infinitely far out; nor has a column
/// of levels. kOutOfRange at "clean.outlier_limit" for a limit outside 0.5 to 10.
[[nodiscard]] Outliers find_outliers(const Dataset& data, OutlierRule rule, double limit,
                                     std::span<const std::int32_t> fitted_on);

}  // namespace athanor
