// Measures of classification, all from the confusion matrix.
#pragma once

#include <cstdint>
#include <span>
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

/// Counts the pairs of `truths` and `predictions`, both (rows) of positions below `classes`. kBadInput at
/// "metrics.confusion" when the lengths differ, a label is no class or `classes` lies outside 1 to kMaxClasses.
[[nodiscard]] Confusion confusion_of(std::span<const std::int32_t> truths, std::span<const std::int32_t> predictions,
                                     Index classes);

struct PrecisionRecall {
  double precision = 0;
  double recall = 0;
  double f1 = 0;
};

struct ClassMeasures {
  PrecisionRecall figures;
  std::int64_t truths = 0;       // rows of this class: its support
  std::int64_t predictions = 0;  // rows taken for this class
};

/// Everything a confusion matrix tells. A ratio without a denominator counts as 0 (scikit-learn's zero_division=0), so
/// all figures of an empty matrix are 0.
struct ClassificationReport {
  double accuracy = 0;
  double balanced_accuracy = 0;  // mean recall of the classes that occur as truth
  double matthews = 0;           // correlation of truth and prediction, -1 to 1; 0 when either never varies
  double kappa = 0;              // agreement beyond chance, 1 when perfect; 0 when chance alone would always agree
  std::vector<ClassMeasures> classes;
  PrecisionRecall macro;     // mean over the classes that occur as truth or as prediction
  PrecisionRecall micro;     // of the summed counts: with one class per row all three equal the accuracy
  PrecisionRecall weighted;  // mean weighted by the rows of each class
};

/// As scikit-learn's precision_recall_fscore_support, balanced_accuracy_score, matthews_corrcoef and cohen_kappa_score.
/// The correlation for many classes is R_K of Gorodkin, "Comparing two K-category assignments by a K-category
/// correlation coefficient", Computational Biology and Chemistry 28 (2004); kappa is Cohen's, "A coefficient of
/// agreement for nominal scales", Educational and Psychological Measurement 20 (1960).
[[nodiscard]] ClassificationReport report_classification(const Confusion& confusion);

}  // namespace athanor
