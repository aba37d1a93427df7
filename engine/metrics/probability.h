// Measures of predicted probabilities: how good the probabilities themselves are, and how well they rank the rows.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/core/real.h"
#include "engine/metrics/classification.h"

namespace athanor {

/// Rows with their probabilities. A view: the memory stays the caller's. Every function below throws kBadInput at
/// "metrics.probability" when the sizes do not fit, a label is no class, `classes` lies outside 2 to kMaxClasses, or a
/// probability is not within 0 to 1.
struct Probabilities {
  std::span<const Real> values;          // (rows, classes), row-major
  std::span<const std::int32_t> labels;  // (rows), the true classes
  Index classes = 2;
};

/// Mean of -ln p over the rows, p the probability of the true class, at least 2.2e-16 (scikit-learn's log_loss in
/// double): a certain mistake costs 36, not infinity. No value without rows.
[[nodiscard]] std::optional<double> log_loss(const Probabilities& given);

/// Two classes: mean of (p1 - y)², as scikit-learn's brier_score_loss, 0 to 1. More: mean of the sum over the classes
/// of (p_k - y_k)², as Brier defined it ("Verification of forecasts expressed in terms of probability", Monthly Weather
/// Review 78, 1950), 0 to 2. No value without rows.
[[nodiscard]] std::optional<double> brier_score(const Probabilities& given);

struct CurvePoint {
  double x = 0;
  double y = 0;
  double threshold = 0;  // rows with at least this probability count as the class; infinite at the start
};

/// x: false positive rate, y: true positive rate, thresholds falling, from (0, 0) to (1, 1), as scikit-learn's
/// roc_curve: points half-way between their neighbours are left out. Empty unless the class and another one occur.
[[nodiscard]] std::vector<CurvePoint> roc_curve(const Probabilities& given, std::int32_t positive);

/// x: recall, y: precision, thresholds falling, from (0, 1), one point per different probability, as scikit-learn's
/// precision_recall_curve read backwards. Empty unless the class occurs.
[[nodiscard]] std::vector<CurvePoint> precision_recall_curve(const Probabilities& given, std::int32_t positive);

/// Area under the ROC curve: the chance that a row of the class gets a higher probability than a row of another, ties
/// counting half. No value unless the class and another one occur.
[[nodiscard]] std::optional<double> roc_auc(const Probabilities& given, std::int32_t positive);

/// Average precision: the sum of precision times gain in recall over the thresholds. No value unless the class occurs.
[[nodiscard]] std::optional<double> average_precision(const Probabilities& given, std::int32_t positive);

/// One class against all others at a threshold: rows with at least this probability of the class are taken for it.
struct ThresholdReport {
  std::int64_t true_positives = 0;
  std::int64_t false_positives = 0;
  std::int64_t false_negatives = 0;
  std::int64_t true_negatives = 0;
  double accuracy = 0;
  double false_positive_rate = 0;
  PrecisionRecall figures;  // of the class; its recall is the true positive rate
};

/// Counted row by row, so that it is exact at every threshold, those between the points of a curve included. Ratios
/// without a denominator count as 0. An infinite threshold takes no row, a negative one every row. kBadInput at
/// "metrics.probability" for NaN.
[[nodiscard]] ThresholdReport report_at(const Probabilities& given, std::int32_t positive, double threshold);

/// Of two classes: of class 1. Of more: one versus the rest, mean over the classes for which there is a value.
[[nodiscard]] std::optional<double> mean_roc_auc(const Probabilities& given);
[[nodiscard]] std::optional<double> mean_average_precision(const Probabilities& given);

}  // namespace athanor
