#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/pipeline/pipeline.h"
#include "engine/pipeline/training_stages.h"
#include "tests/support/documents.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// A quick run: 40 points, 24 of them to train on, three batches an epoch.
Experiment quick(const Json& values = Json::object()) {
  Json document = document_with(
      {{"data.generator", "xor"}, {"data.samples", 40}, {"training.batch_size", 10}, {"done.max_epochs", 3}});
  for (const auto& [path, value] : values.items()) document = with_field(document, path, value);
  return read_experiment(document);
}

void run_all(Pipeline& pipeline) {
  while (pipeline.work()) {
  }
}

void run_to(Pipeline& pipeline, Stage stage) {
  while (pipeline.stage() != stage) {
    const bool is_going_on = pipeline.work();
    REQUIRE(is_going_on);
  }
}

double figure(const Figures& figures, std::string_view name) {
  for (const auto& [key, value] : figures) {
    if (key == name) return value;
  }
  return -1;
}

/// Answers of Done when Evaluate reports these losses and accuracies, one after another.
StopReason stop_after(Pipeline& pipeline, const std::vector<double>& losses) {
  run_to(pipeline, Stage::kOptimise);
  Run& run = pipeline.run();
  run.stopping = {};
  for (const double loss : losses) {
    run.stopping.observe(loss, 0);
  }
  stages::done(run);
  return run.stop_reason;
}

}  // namespace

TEST_CASE("many batches in one unit of work are the batches one by one, and end with their epoch") {
  Pipeline one_by_one(quick());
  run_all(one_by_one);
  Pipeline together(quick());
  run_to(together, Stage::kTrain);
  CHECK(together.work(2));
  CHECK(together.run().trainer->progress().step == 2);
  CHECK(together.is_within_stage());
  CHECK(together.work(1000));
  CHECK(together.run().trainer->progress().step == 3);
  CHECK(together.stage() == Stage::kEvaluate);
  while (together.work(1000)) {
  }
  const auto of = [](const Pipeline& pipeline) { return pipeline.run().trainer->parameters(); };
  CHECK(std::equal(of(one_by_one).begin(), of(one_by_one).end(), of(together).begin(), of(together).end()));
  CHECK(together.tally(Stage::kTrain).visits == one_by_one.tally(Stage::kTrain).visits);
  CHECK(together.events().size() == one_by_one.events().size());
}

TEST_CASE("a run goes through the stages in the flowchart's order and tells each when it ends") {
  Pipeline pipeline(quick());
  run_all(pipeline);
  CHECK(pipeline.is_finished());
  std::vector<Stage> expected{Stage::kPrepare, Stage::kClean, Stage::kAugment, Stage::kSplit};
  for (int epoch = 0; epoch < 3; ++epoch) {
    for (const Stage stage : {Stage::kDone, Stage::kTrain, Stage::kEvaluate, Stage::kOptimise}) {
      expected.push_back(stage);
    }
  }
  expected.push_back(Stage::kDone);
  expected.push_back(Stage::kFinish);
  REQUIRE(pipeline.events().size() == expected.size());
  double at = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const StageEvent& event = pipeline.events()[i];
    CHECK(event.stage == expected[i]);
    CHECK(event.index == static_cast<std::int64_t>(i));
    CHECK(event.duration >= 0);
    CHECK(event.at >= at + event.duration - 1e-9);
    at = event.at;
    CHECK_FALSE(event.figures.empty());
  }
  for (const Stage stage : {Stage::kTrain, Stage::kEvaluate, Stage::kOptimise}) {
    CHECK(pipeline.tally(stage).visits == 3);
  }
  CHECK(pipeline.tally(Stage::kDone).visits == 4);
  CHECK(pipeline.tally(Stage::kFinish).visits == 1);
  CHECK(pipeline.run().trainer->progress().step == 9);
  CHECK_FALSE(pipeline.work());
}

TEST_CASE("edges count how often they were taken") {
  Pipeline pipeline(quick());
  run_all(pipeline);
  for (std::size_t i = 0; i < pipeline.flowchart().edges.size(); ++i) {
    const FlowEdge& edge = pipeline.flowchart().edges[i];
    INFO(stage_name(edge.from) << " to " << stage_name(edge.to));
    const bool is_loop = edge.to == Stage::kTrain || edge.from == Stage::kTrain || edge.from == Stage::kEvaluate ||
                         edge.from == Stage::kOptimise;
    CHECK(pipeline.edge_visits(i) == (is_loop ? 3 : 1));
  }
}

TEST_CASE("the loop's figures are those of the trainer and of the measures") {
  Pipeline pipeline(quick());
  run_to(pipeline, Stage::kTrain);
  CHECK(figure(pipeline.run().figures[position(Stage::kDone)], "epoch") == 0);
  CHECK(figure(pipeline.run().figures[position(Stage::kDone)], "max_epochs") == 3);
  pipeline.work();
  CHECK(pipeline.is_within_stage());
  const Figures& train = pipeline.run().figures[position(Stage::kTrain)];
  CHECK(figure(train, "epoch") == 1);
  CHECK(figure(train, "loss") == static_cast<double>(pipeline.run().trainer->progress().last_loss));
  run_to(pipeline, Stage::kEvaluate);
  CHECK_FALSE(pipeline.is_within_stage());
  CHECK(figure(train, "epoch") == 1);
  CHECK_FALSE(pipeline.run().validation_measures.has_value());
  run_to(pipeline, Stage::kOptimise);
  const Run& run = pipeline.run();
  const Figures& evaluate = run.figures[position(Stage::kEvaluate)];
  REQUIRE(run.validation_measures.has_value());
  CHECK(figure(evaluate, "epoch") == 1);
  CHECK(figure(evaluate, "loss") == value_of(run.validation_measures).loss);
  CHECK(figure(evaluate, "accuracy") == value_of(run.validation_measures).accuracy);
  CHECK(figure(evaluate, "precision") == value_of(run.validation_measures).precision);
  CHECK(figure(evaluate, "recall") == value_of(run.validation_measures).recall);
  CHECK(figure(evaluate, "f1") == value_of(run.validation_measures).f1);
  REQUIRE(run.history.size() == 1);
  CHECK(run.history[0].epoch == 1);
  CHECK(run.history[0].validation_loss == value_of(run.validation_measures).loss);
  CHECK(run.history[0].train_loss == value_of(run.train_measures).loss);
  CHECK(run.history[0].train_score == value_of(run.train_measures).accuracy);
  CHECK(run.history[0].learning_rate == run.experiment.step.rule.learning_rate);
}

TEST_CASE("measures agree with predictions made row by row") {
  Pipeline pipeline(quick({{"data.samples", 700}, {"done.max_epochs", 1}}));
  run_all(pipeline);
  Run& run = pipeline.run();
  for (const auto& [part, measures] :
       {std::pair(&run.train, &run.train_measures), std::pair(&run.validation, &run.validation_measures),
        std::pair(&run.test, &run.test_measures)}) {
    REQUIRE(measures->has_value());
    Confusion expected(2);
    double loss = 0;
    for (Index i = 0; i < part->rows; ++i) {
      std::vector<Real> probabilities(2);
      run.trainer->predict(std::span(part->features).subspan(static_cast<std::size_t>(2 * i), 2), probabilities);
      const std::int32_t label = part->labels[static_cast<std::size_t>(i)];
      expected.add(label, probabilities[1] > probabilities[0] ? 1 : 0);
      loss -= std::log(static_cast<double>(probabilities[static_cast<std::size_t>(label)]));
    }
    CHECK(value_of(*measures).confusion.counts == expected.counts);
    CHECK(std::abs(value_of(*measures).loss - loss / static_cast<double>(part->rows)) < 1e-5);
  }
}

TEST_CASE("done: by epochs, by the validation accuracy, by patience, each with its reason") {
  Pipeline by_epochs(quick());
  run_all(by_epochs);
  CHECK(by_epochs.run().stop_reason == StopReason::kEpochs);
  CHECK(by_epochs.run().trainer->progress().epoch == 3);

  Pipeline by_accuracy(quick({{"done.target_score", 0.9}, {"done.max_epochs", 1000}, {"data.noise", 0}}));
  run_all(by_accuracy);
  CHECK(by_accuracy.run().stop_reason == StopReason::kScore);
  const std::vector<EpochRecord>& history = by_accuracy.run().history;
  CHECK(history.back().validation_score >= 0.9);
  for (std::size_t i = 0; i + 1 < history.size(); ++i) REQUIRE(history[i].validation_score < 0.9);

  Pipeline by_patience(quick({{"done.patience", 4}, {"done.max_epochs", 2000}, {"training.learning_rate", 0.1}}));
  run_all(by_patience);
  CHECK(by_patience.run().stop_reason == StopReason::kPatience);
  const std::vector<EpochRecord>& curve = by_patience.run().history;
  // Exactly the last four epochs brought nothing below the best before them, and no four in a row earlier did.
  double best = HUGE_VAL;
  int since_best = 0;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    since_best = curve[i].validation_loss < best ? 0 : since_best + 1;
    best = std::min(best, curve[i].validation_loss);
    REQUIRE((since_best == 4) == (i + 1 == curve.size()));
  }
}

TEST_CASE("done: a target accuracy of 1 and a patience of 0 are switched off") {
  Pipeline pipeline(quick({{"data.generator", "blobs"}, {"data.noise", 0}, {"done.max_epochs", 60}}));
  run_all(pipeline);
  CHECK(pipeline.run().history.back().validation_score == 1);
  CHECK(pipeline.run().stop_reason == StopReason::kEpochs);
  CHECK(pipeline.run().history.size() == 60);
}

TEST_CASE("done: patience counts evaluations since the best one") {
  Pipeline pipeline(quick({{"done.patience", 2}, {"done.max_epochs", 100}}));
  CHECK(stop_after(pipeline, {3, 2, 2}) == StopReason::kNone);
  CHECK(stop_after(pipeline, {3, 2, 2, 2}) == StopReason::kPatience);
  CHECK(stop_after(pipeline, {3, 4, 2, 4}) == StopReason::kNone);
  CHECK(stop_after(pipeline, {3, 4, 2, 4, 2.5}) == StopReason::kPatience);
  CHECK(stop_after(pipeline, {3, std::nan(""), std::nan("")}) == StopReason::kPatience);
}

TEST_CASE("without a validation part the training part steers and the curve says so") {
  Pipeline pipeline(quick({{"split.validation", 0}, {"done.target_score", 0.01}}));
  run_all(pipeline);
  const Run& run = pipeline.run();
  CHECK_FALSE(run.validation_measures.has_value());
  CHECK(run.stop_reason == StopReason::kEpochs);
  CHECK(std::isnan(run.history[0].validation_loss));
  CHECK(std::isnan(run.history[0].validation_score));
  CHECK(figure(run.figures[position(Stage::kEvaluate)], "loss") == value_of(run.train_measures).loss);
}

TEST_CASE("finish opens the test part, and not before") {
  Pipeline pipeline(quick());
  while (pipeline.stage() != Stage::kFinish) {
    REQUIRE_FALSE(pipeline.run().test_measures.has_value());
    pipeline.work();
  }
  CHECK_FALSE(pipeline.run().test_measures.has_value());
  CHECK_FALSE(pipeline.work());
  REQUIRE(pipeline.run().test_measures.has_value());
  std::int64_t total = 0;
  for (const std::int64_t count : value_of(pipeline.run().test_measures).confusion.counts) total += count;
  CHECK(total == pipeline.run().test.rows);
  CHECK(figure(pipeline.run().figures[position(Stage::kFinish)], "rows") == 8);
  CHECK(figure(pipeline.run().figures[position(Stage::kFinish)], "f1") == value_of(pipeline.run().test_measures).f1);
}

TEST_CASE("finish without a test part measures nothing") {
  Pipeline pipeline(quick({{"split.test", 0}}));
  run_all(pipeline);
  CHECK(pipeline.is_finished());
  CHECK_FALSE(pipeline.run().test_measures.has_value());
}

TEST_CASE("old events are forgotten, their numbers go on") {
  Pipeline pipeline(quick({{"done.max_epochs", 200}}));
  run_all(pipeline);
  REQUIRE(pipeline.events().size() == Pipeline::kMaxEvents);
  CHECK(pipeline.events().back().index == 4 + 4 * 200 + 2 - 1);
  CHECK(pipeline.events().front().index == pipeline.events().back().index - 511);
}
