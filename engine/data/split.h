// The split into training, validation and test part.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/data/dataset.h"

namespace athanor {

struct SplitSettings {
  double validation = 0.2;
  double test = 0.2;
  bool stratified = true;
  std::uint32_t seed = 0;
  /// k-fold cross-validation: with `folds` of 2 or more, what the test part leaves is divided into so many parts, and
  /// the one of number `fold`, counted from 1, is the validation part; `validation` does not count then.
  int folds = 0;
  int fold = 1;
};

/// Positions of rows in the data set. A copy follows its original into the training part; copies of held-out rows
/// belong nowhere, because a model trained on them would have seen the held-out row.
struct Split {
  std::vector<std::int32_t> train;
  std::vector<std::int32_t> validation;
  std::vector<std::int32_t> test;
  Index copies_dropped = 0;
};

/// Seeded; stratified means that every class is divided in the same proportions (rounded per class, but at least one
/// row of every class stays for training); regression has no classes and is divided as one group. Which originals go
/// where depends on the originals alone, not on their copies. kOutOfRange at "split.fold" for a fold that is none, at
/// "split.folds" for more folds than rows to deal out.
[[nodiscard]] Split split(const Dataset& data, const SplitSettings& settings);

}  // namespace athanor
