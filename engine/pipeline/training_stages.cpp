#include "engine/pipeline/training_stages.h"

#include <algorithm>
#include <limits>

namespace athanor::stages {
namespace {

int completed_epochs(const Run& run) { return run.trainer ? run.trainer->progress().epoch : 0; }

/// What the loop steers by and Evaluate shows: the validation part, or the training part when there is no other.
const Measures& steering_measures(const Run& run) {
  if (run.validation_measures) return *run.validation_measures;
  if (run.train_measures) return *run.train_measures;
  throw Error(ErrorCode::kInternal, "optimise", {{"detail", "the loop is steered by what Evaluate measured"}});
}

/// Weights that are about to blow up are finite still, but no place to go on from: a loss this many times the best one
/// so far tells.
constexpr double kBlownUp = 10;

bool is_worth_returning_to(const Run& run) {
  if (!run.train_measures) return true;  // the initial weights
  constexpr double kLeastBest = 1e-6;
  return steering_measures(run).loss <= kBlownUp * std::max(run.stopping.best, kLeastBest);
}

StopReason reason_to_stop(const Run& run) {
  const Experiment& experiment = run.experiment;
  if (completed_epochs(run) >= experiment.max_epochs) return StopReason::kEpochs;
  if (experiment.target_score < 1 && run.validation_measures &&
      run.validation_measures->score() >= experiment.target_score) {
    return StopReason::kScore;
  }
  if (experiment.stop_patience > 0 && run.stopping.bad >= experiment.stop_patience) return StopReason::kPatience;
  return StopReason::kNone;
}

void append(Figures& figures, const Measures& measures) {
  figures.emplace_back("loss", measures.loss);
  if (measures.regression) {
    const RegressionMeasures& regression = *measures.regression;
    if (regression.r2) figures.emplace_back("r2", *regression.r2);
    figures.insert(figures.end(), {{"mae", regression.mae}, {"rmse", regression.rmse}});
    return;
  }
  figures.insert(figures.end(), {{"accuracy", measures.accuracy},
                                 {"precision", measures.precision},
                                 {"recall", measures.recall},
                                 {"f1", measures.f1}});
}

void show_done(Run& run) {
  run.figures[position(Stage::kDone)] = {{"epoch", static_cast<double>(completed_epochs(run))},
                                         {"max_epochs", static_cast<double>(run.experiment.max_epochs)}};
}

void show_train(Run& run) {
  const TrainerProgress& progress = run.trainer->progress();
  Figures& figures = run.figures[position(Stage::kTrain)];
  if (figures.size() != 2) figures = {{"epoch", 0}, {"loss", 0}};  // names are made at the first batch only
  figures[0].second = static_cast<double>(progress.cursor == 0 ? progress.epoch : progress.epoch + 1);
  figures[1].second = static_cast<double>(progress.last_loss);
}

void show_evaluate(Run& run) {
  Figures figures{{"epoch", static_cast<double>(completed_epochs(run))}};
  append(figures, steering_measures(run));
  run.figures[position(Stage::kEvaluate)] = std::move(figures);
}

void show_optimise(Run& run) {
  run.figures[position(Stage::kOptimise)] = {{"learning_rate", run.trainer->scheduled_learning_rate()},
                                             {"reductions", static_cast<double>(run.reductions)}};
}

void show_finish(Run& run) {
  Figures figures{{"rows", static_cast<double>(run.test.rows)}};
  if (run.test_measures) append(figures, *run.test_measures);
  run.figures[position(Stage::kFinish)] = std::move(figures);
}

}  // namespace

bool done(Run& run) {
  run.stop_reason = reason_to_stop(run);
  show_done(run);
  return true;
}

bool train(Run& run) {
  if (!run.trainer) run.trainer = std::make_unique<Trainer>(run.spec, run.experiment, run.train);
  if (run.trainer->progress().cursor == 0 && is_worth_returning_to(run)) run.trainer->mark();
  const bool ended = run.trainer->train_batch();
  show_train(run);
  return ended;
}

bool evaluate(Run& run) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  run.train_measures = run.trainer->evaluate(run.train);
  if (run.validation.rows > 0) run.validation_measures = run.trainer->evaluate(run.validation);
  const bool has_validation = run.validation_measures.has_value();
  const EpochRecord record{
      .epoch = completed_epochs(run),
      .train_loss = run.train_measures->loss,
      .validation_loss = has_validation ? run.validation_measures->loss : kNone,
      .train_score = run.train_measures->score(),
      .validation_score = has_validation ? run.validation_measures->score() : kNone,
      .learning_rate = run.trainer->scheduled_learning_rate(),
      .train = track(run.train_measures),
      .validation = track(run.validation_measures),
  };
  run.history.push_back(record);
  if (run.stopping.observe(steering_measures(run).loss, 0)) run.trainer->keep_best();
  show_evaluate(run);
  return true;
}

bool optimise(Run& run) {
  const Experiment& experiment = run.experiment;
  run.plateau.observe(steering_measures(run).loss, experiment.plateau_threshold);
  const double current = run.trainer->progress().learning_rate;
  const double reduced = std::max(current * experiment.plateau_factor, experiment.plateau_min_learning_rate);
  if (experiment.plateau && run.plateau.bad > experiment.plateau_patience && reduced < current) {
    run.trainer->set_learning_rate(reduced);
    run.plateau.bad = 0;
    ++run.reductions;
  }
  show_optimise(run);
  return true;
}

bool is_optimise_off(const Experiment& experiment) { return !experiment.plateau; }

bool finish(Run& run) {
  if (run.trainer->restore_best()) {
    run.train_measures = run.trainer->evaluate(run.train);
    if (run.validation.rows > 0) run.validation_measures = run.trainer->evaluate(run.validation);
  }
  if (run.test.rows > 0) run.test_measures = run.trainer->evaluate(run.test);
  show_finish(run);
  return true;
}

void show_loop_figures(Run& run) {
  show_done(run);
  show_train(run);
  if (run.train_measures) {
    show_evaluate(run);
    show_optimise(run);
  }
  if (run.test_measures) show_finish(run);
}

}  // namespace athanor::stages
