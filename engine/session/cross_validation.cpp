#include "engine/session/cross_validation.h"

#include <cmath>
#include <numeric>

#include "engine/experiment/document.h"

namespace athanor {

CrossValidation::CrossValidation(const Json& document)
    : document_(complete(document)),
      folds_(read_experiment(document_).split.folds),
      max_epochs_(read_experiment(document_).max_epochs) {
  check_range("split.folds", folds_, 2, 20);
  begin_fold();
}

void CrossValidation::begin_fold() {
  const int fold = static_cast<int>(results_.size()) + 1;
  session_ = std::make_unique<Session>(with_field(document_, "split.fold", fold));
}

bool CrossValidation::advance(double milliseconds) {
  if (!session_) return false;
  if (const std::optional<Error>& failure = session_->pipeline().failure()) throw Error(*failure);
  constexpr int kAnyEpochs = 1'000'000;
  session_->advance(milliseconds, kAnyEpochs);
  if (!session_->pipeline().is_finished()) return true;
  const Run& run = session_->pipeline().run();
  FoldResult result{.fold = static_cast<int>(results_.size()) + 1, .epochs = run.trainer->progress().epoch};
  if (run.train_measures) result.train_loss = run.train_measures->loss;
  if (run.validation_measures) {
    result.validation_loss = run.validation_measures->loss;
    const std::optional<RegressionMeasures>& regression = run.validation_measures->regression;
    result.validation_score = regression ? regression->r2 : run.validation_measures->accuracy;
  }
  results_.push_back(result);
  session_ = nullptr;
  if (static_cast<int>(results_.size()) == folds_) return false;
  begin_fold();
  return true;
}

int CrossValidation::epoch() const {
  if (!session_) return results_.back().epochs;
  const std::unique_ptr<Trainer>& trainer = session_->pipeline().run().trainer;
  return trainer ? trainer->progress().epoch : 0;
}

std::vector<double> CrossValidation::scores() const {
  std::vector<double> scores;
  for (const FoldResult& result : results_) {
    if (result.validation_score) scores.push_back(*result.validation_score);
  }
  return scores;
}

std::optional<double> CrossValidation::mean_score() const {
  const std::vector<double> all = scores();
  if (all.empty()) return std::nullopt;
  return std::accumulate(all.begin(), all.end(), 0.0) / static_cast<double>(all.size());
}

std::optional<double> CrossValidation::score_deviation() const {
  const std::vector<double> all = scores();
  const std::optional<double> mean = mean_score();
  if (!mean || all.size() < 2) return std::nullopt;
  double squares = 0;
  for (const double score : all) squares += std::pow(score - *mean, 2);
  return std::sqrt(squares / static_cast<double>(all.size() - 1));
}

}  // namespace athanor
