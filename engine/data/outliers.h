// Rows that do not fit: values far from the rest of their column, labels that disagree with their neighbourhood. Both
// only flag; what is done about a row is for the caller to decide and for the person to see.
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

struct LabelSuspect {
  std::int32_t row = 0;
  std::int32_t label = 0;      // the one it has
  std::int32_t suggested = 0;  // the one that most of its neighbours have
  double agreement = 0;        // share of its neighbours with its own label
};

/// Distances to compare at most, times columns and what ranking one takes: some seconds of work.
inline constexpr double kMaxNeighbourWork = 4e9;
inline constexpr double kRankingWork = 8;

/// Rows of which more than half of the `neighbours` nearest other rows share one other class, as in Wilson's edited
/// nearest neighbours ("Asymptotic properties of nearest neighbor rules using edited data", IEEE Transactions on
/// Systems, Man, and Cybernetics 2, 1972). Columns are standardised, missing values count as the mean, the earlier of
/// two rows equally near comes first. Augmented copies neither vote nor are judged: they would vote for their own row.
/// Errors at "clean.labels": kOutOfRange for `neighbours` outside 1 to 50, kBadInput for regression and for more work
/// than kMaxNeighbourWork.
[[nodiscard]] std::vector<LabelSuspect> find_suspect_labels(const Dataset& data, Index neighbours);

}  // namespace athanor
