// Labels that disagree with their neighbourhood. They are only flagged: what is done about a row is for the caller to
// decide and for the person to see.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "engine/data/dataset.h"

namespace athanor {

struct LabelSuspect {
  std::int32_t row = 0;
  std::int32_t label = 0;      // the one it has
  std::int32_t suggested = 0;  // the one that most of its neighbours have
  double agreement = 0;        // share of its neighbours with its own label
};

/// Distances to compare at most, times columns and what ranking one takes: some seconds of work.
inline constexpr double kMaxNeighbourWork = 4e9;
inline constexpr double kRankingWork = 8;

/// Looks for rows of which more than half of the `neighbours` nearest other rows share one other class, as in Wilson's
/// edited nearest neighbours ("Asymptotic properties of nearest neighbor rules using edited data", IEEE Transactions on
/// Systems, Man, and Cybernetics 2, 1972). Columns are standardised, missing values count as the mean, the earlier of
/// two rows equally near comes first. Augmented copies neither vote nor are judged: they would vote for their own row.
/// The work grows with the square of the rows, so it is done in slices: whoever waits can look in between, and stop.
class LabelSearch {
 public:
  /// Copies what it needs of the data. Errors at "clean.labels": kOutOfRange for `neighbours` outside 1 to 50,
  /// kBadInput for regression and for more work than kMaxNeighbourWork.
  LabelSearch(const Dataset& data, Index neighbours);

  /// Judges some more rows, a hundredth of a second or so; true once all are.
  bool advance();

  /// The rows judged so far that are suspect, rising.
  [[nodiscard]] const std::vector<LabelSuspect>& suspects() const { return suspects_; }

 private:
  void judge(std::size_t i);

  std::size_t neighbours_;
  std::size_t width_;
  std::vector<std::int32_t> rows_;    // the originals
  std::vector<std::int32_t> labels_;  // (originals)
  std::vector<Real> scaled_;          // (originals, columns), standardised
  std::size_t judged_ = 0;
  std::vector<std::pair<double, std::size_t>> distances_;  // of the row being judged
  std::vector<LabelSuspect> suspects_;
};

/// All of it at once.
[[nodiscard]] std::vector<LabelSuspect> find_suspect_labels(const Dataset& data, Index neighbours);

}  // namespace athanor
