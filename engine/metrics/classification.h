// Measures of classification, all from the confusion matrix.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/real.h"

namespace athanor {

/// Counts of (true class, predicted class).
struct Confusion {
  Index classes = 0;
  std::vector<std::int64_t> counts;  // (classes, classes), row-major, rows are the true class

  explicit Confusion(Index class_count = 0)
      : classes(class_count), counts(static_cast<std::size_t>(class_count * class_count), 0) {}
  void add(std::int32_t truth, std::int32_t predicted) {
    ++counts[static_cast<std::size_t>(truth * classes + predicted)];
  }
  [[nodiscard]] std::int64_t at(Index truth, Index predicted) const {
    return counts[static_cast<std::size_t>(truth * classes + predicted)];
  }
};

/// Precision, recall and F1 are macro averages over the classes that occur as truth or as prediction; a ratio without a
/// denominator counts as 0. As scikit-learn's precision_recall_fscore_support(average="macro", zero_division=0).
struct Measures {
  double loss = 0;
  double accuracy = 0;
  double precision = 0;
  double recall = 0;
  double f1 = 0;
  Confusion confusion;
};

/// All measures but the loss, which is passed through.
[[nodiscard]] Measures measure(const Confusion& confusion, double loss);

}  // namespace athanor
