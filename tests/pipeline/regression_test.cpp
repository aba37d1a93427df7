// Learning real values: targets, losses, measures and views of a run whose data has no classes.
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/pipeline/pipeline.h"
#include "tests/support/documents.h"
#include "tests/support/goldens.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

Experiment surface(const Json& values = Json::object()) {
  Json document = document_with({{"training.batch_size", 20}, {"done.max_epochs", 60}});
  for (const auto& [path, value] : values.items()) document = with_field(document, path, value);
  Experiment experiment = read_experiment(document);
  experiment.generator = Generator::kSaddle;
  return experiment;
}

void run_all(Pipeline& pipeline) {
  while (pipeline.work()) {
  }
}

}  // namespace

TEST_CASE("real values train as in PyTorch: ten losses, then the predictions in units of the data") {
  const double tolerance = sizeof(Real) == 8 ? 1e-10 : 5e-5;
  const Json goldens = read_golden("torch_networks.json").at("regressions");
  REQUIRE(goldens.size() == 5);
  for (const Json& golden : goldens) {
    INFO(golden.at("loss") << " " << golden.at("output_activation"));
    const Experiment experiment =
        read_experiment(document_with({{"training.loss", golden.at("loss")},
                                       {"training.huber_delta", 0.4},
                                       {"training.optimizer", golden.at("optimizer")},
                                       {"training.learning_rate", 0.02},
                                       {"training.batch_size", 100},
                                       {"model.output_activation", golden.at("output_activation")},
                                       {"model.layers", Json::array({{{"units", 6}, {"activation", "tanh"}}})}}));
    Dataset data{.columns = {"a", "b", "c"}, .task = Task::kRegression};
    const auto features = golden.at("features").at("values").get<std::vector<Real>>();
    const auto values = golden.at("values").get<std::vector<Real>>();
    std::vector<std::int32_t> rows;
    for (std::size_t i = 0; i < values.size(); ++i) {
      data.append_value(std::span(features).subspan(3 * i, 3), values[i]);
      rows.push_back(static_cast<std::int32_t>(i));
    }
    const MlpSpec spec = spec_of(experiment, 3, 0);
    const PartMatrix part = make_part(data, rows, spec, fit_scaler(Scaling::kNone, data, rows),
                                      fit_target_scaler(Scaling::kStandard, data, rows));
    Trainer trainer(spec, experiment, part);
    const auto parameters = golden.at("parameters").get<std::vector<Real>>();
    TrainerBlocks blocks = trainer.blocks();
    blocks.parameters = parameters;
    REQUIRE(trainer.restore(trainer.progress(), blocks));
    for (std::size_t step = 0; step < 10; ++step) {
      trainer.train_batch();
      CHECK(close(static_cast<double>(trainer.progress().last_loss), golden.at("losses")[step], tolerance, tolerance));
    }
    const std::vector<Real> predictions = trainer.predict(part);
    double error = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double expected = golden.at("predictions")[i];
      CHECK(close(static_cast<double>(predictions[i]), expected, 10 * tolerance, tolerance));
      error += std::abs(expected - static_cast<double>(values[i])) / static_cast<double>(values.size());
    }
    const Measures measures = trainer.evaluate(part);
    CHECK(close(value_of(measures.regression).mae, error, 10 * tolerance, tolerance));
  }
}

TEST_CASE("a surface is learnt through the whole flowchart and measured as one") {
  Pipeline pipeline(surface());
  run_all(pipeline);
  REQUIRE(pipeline.is_finished());
  const Run& run = pipeline.run();
  CHECK(run.spec.classes == 0);
  CHECK(run.spec.loss == Loss::kSquaredError);
  CHECK(output_count(run.spec) == 1);
  const Measures& test = value_of(run.test_measures);
  const double r2 = value_of(value_of(test.regression).r2);
  CHECK(r2 > 0.95);
  CHECK(test.score() == r2);
  CHECK(run.history.back().validation_score == value_of(run.validation_measures).score());
  // The scale of the targets is that of the training part.
  double sum = 0;
  for (const Real target : run.train.targets) sum += static_cast<double>(target);
  CHECK(std::abs(sum / static_cast<double>(run.train.rows)) < 1e-5);
}

TEST_CASE("training of values ends when R squared is reached") {
  Pipeline pipeline(surface({{"done.target_score", 0.8}, {"done.max_epochs", 1000}}));
  run_all(pipeline);
  CHECK(pipeline.run().stop_reason == StopReason::kScore);
  CHECK(pipeline.run().history.back().validation_score >= 0.8);
}

TEST_CASE("a loss for classes is refused where values are learnt, with the ones that suit") {
  Pipeline pipeline(surface({{"training.loss", "hinge"}}));
  const Error error = error_of([&] { run_all(pipeline); });
  CHECK(error.code() == ErrorCode::kNotAChoice);
  CHECK(error.place() == "training.loss");
  CHECK(param(error, "value") == "hinge");
  CHECK(param(error, "choices") == "auto, squared_error, absolute_error, huber, log_cosh");
}

TEST_CASE("the loss changes under the run where the network keeps its shapes, targets included") {
  Pipeline pipeline(surface({{"done.max_epochs", 5}}));
  while (pipeline.stage() != Stage::kTrain || !pipeline.run().trainer) REQUIRE(pipeline.work());
  const Experiment absolute = surface({{"done.max_epochs", 5}, {"training.loss", "absolute_error"}});
  REQUIRE(pipeline.keeps_shapes(absolute));
  pipeline.update(absolute);
  CHECK(pipeline.run().spec.loss == Loss::kAbsoluteError);
  run_all(pipeline);
  const Run& run = pipeline.run();
  // In units of the learnt targets, so that the two agree but for the scale.
  const auto scale = static_cast<double>(run.train.target_scale);
  const Measures& test = value_of(run.test_measures);
  CHECK(test.loss * scale == Catch::Approx(value_of(test.regression).mae));
}

TEST_CASE("hinge targets are -1 and 1, and a change to and from them re-writes them") {
  Experiment experiment = read_experiment(document_with({{"data.generator", "xor"}, {"done.max_epochs", 2}}));
  Pipeline pipeline(experiment);
  while (!pipeline.run().trainer) REQUIRE(pipeline.work());
  const auto count = [&](Real wanted) {
    const auto& targets = pipeline.run().train.targets;
    return std::count(targets.begin(), targets.end(), wanted);
  };
  CHECK(count(0) == pipeline.run().train.rows);
  experiment.has_loss = true;
  experiment.loss = Loss::kHinge;
  REQUIRE(pipeline.keeps_shapes(experiment));
  pipeline.update(experiment);
  CHECK(count(0) == 0);
  CHECK(count(-1) == pipeline.run().train.rows);
  experiment.loss = Loss::kBinaryCrossEntropy;  // one output neuron instead of two
  CHECK(!pipeline.keeps_shapes(experiment));
}
