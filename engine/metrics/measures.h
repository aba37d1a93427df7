// What is measured of a part of the data after every epoch.
#pragma once

#include <limits>
#include <optional>

#include "engine/metrics/classification.h"
#include "engine/metrics/regression.h"

namespace athanor {

/// Of classes: precision, recall and F1 are macro averages over the classes that occur as truth or as prediction; a
/// ratio without a denominator counts as 0. As scikit-learn's precision_recall_fscore_support(average="macro",
/// zero_division=0). Of real values: those of `regression`; all others but the loss are 0 then.
struct Measures {
  double loss = 0;
  double accuracy = 0;
  double precision = 0;
  double recall = 0;
  double f1 = 0;
  double balanced_accuracy = 0;  // these three as in ClassificationReport
  double matthews = 0;
  double kappa = 0;
  Confusion confusion = Confusion(0);
  std::optional<RegressionMeasures> regression;

  /// The one number a run is judged by beside its loss, larger for better: the accuracy, of real values R squared. NaN
  /// where there is none.
  [[nodiscard]] double score() const {
    if (!regression) return accuracy;
    return regression->r2.value_or(std::numeric_limits<double>::quiet_NaN());
  }
};

/// All measures of classes but the loss, which is passed through.
[[nodiscard]] Measures measure(const Confusion& confusion, double loss);

}  // namespace athanor
