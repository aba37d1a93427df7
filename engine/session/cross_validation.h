// k-fold cross-validation: the same experiment once per fold, so that the rows outside the test part take turns in
// validating.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/core/json.h"
#include "engine/session/session.h"

namespace athanor {

/// What one fold came to.
struct FoldResult {
  int fold = 0;  // counted from 1
  int epochs = 0;
  double train_loss = 0;
  double validation_loss = 0;
  std::optional<double> validation_score;  // accuracy, or R squared where it has a value
};

/// Runs the folds one after the other; the test part is the same in all of them and plays no role.
class CrossValidation {
 public:
  /// `document` must have `split.folds` of at least 2, else kOutOfRange at "split.folds"; throws what the document
  /// throws. Its `split.fold` does not count.
  explicit CrossValidation(const Json& document);

  /// Works for `milliseconds`, at least one unit. Returns false when every fold is finished. A run that fails ends the
  /// validation: what it throws is thrown on, now and every time after.
  bool advance(double milliseconds);

  [[nodiscard]] int folds() const { return folds_; }
  /// Of the fold being run, counted from 1, the epochs done; of the last one when all are finished.
  [[nodiscard]] int fold() const { return session_ ? static_cast<int>(results_.size()) + 1 : folds_; }
  [[nodiscard]] int epoch() const;
  /// The most epochs a fold can have.
  [[nodiscard]] int max_epochs() const { return max_epochs_; }
  /// The folds that are finished, in order.
  [[nodiscard]] const std::vector<FoldResult>& results() const { return results_; }
  /// Mean and standard deviation (of the sample: divided by one less than their number) of the finished folds' scores,
  /// of those that have one; no deviation for a single one, neither for none.
  [[nodiscard]] std::optional<double> mean_score() const;
  [[nodiscard]] std::optional<double> score_deviation() const;

 private:
  void begin_fold();
  [[nodiscard]] std::vector<double> scores() const;

  Json document_;
  int folds_;
  int max_epochs_;
  std::unique_ptr<Session> session_;  // the fold being run
  std::vector<FoldResult> results_;
};

}  // namespace athanor
