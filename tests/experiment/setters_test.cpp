#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <map>

#include "engine/experiment/fields.h"
#include "tests/support/documents.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

struct Setting {
  Json value;
  std::function<bool(const Experiment&)> arrived;
};

/// For every field a value that is not its default, and where it must arrive.
std::map<std::string, Setting> settings() {
  using E = Experiment;
  return {
      {"seed", {4294967295U, [](const E& e) { return e.seed == 4294967295U; }}},
      {"data.source", {"table", [](const E& e) { return e.source == DataSource::kTable; }}},
      {"data.generator", {"moons", [](const E& e) { return e.generator == Generator::kMoons; }}},
      {"data.samples", {123, [](const E& e) { return e.samples == 123; }}},
      {"data.first_share", {0.25, [](const E& e) { return e.first_share == 0.25; }}},
      {"data.noise", {0.25, [](const E& e) { return e.noise == 0.25; }}},
      {"data.classes", {4, [](const E& e) { return e.classes == 4; }}},
      {"data.table.name", {"n", [](const E& e) { return e.table_name == "n"; }}},
      {"data.table.csv", {"c", [](const E& e) { return e.table_csv == "c"; }}},
      {"data.table.target", {"t", [](const E& e) { return e.table_target == "t"; }}},
      {"data.table.task",
       {"regression", [](const E& e) { return e.has_table_task && e.table_task == Task::kRegression; }}},
      {"data.table.columns",
       {Json::array({Json::object(), Json::object()}), [](const E& e) { return e.table_columns.size() == 2; }}},
      {"data.table.columns[0].name", {"n", [](const E& e) { return e.table_columns[0].name == "n"; }}},
      {"data.table.columns[0].role",
       {"ignored", [](const E& e) { return e.table_columns[0].role == ColumnRole::kIgnored; }}},
      {"data.table.columns[0].kind",
       {"ordinal", [](const E& e) { return e.table_columns[0].kind == ColumnKind::kOrdinal; }}},
      {"data.table.columns[0].order", {"a|b", [](const E& e) { return e.table_columns[0].order == "a|b"; }}},
      {"data.table.columns[0].embedding", {4, [](const E& e) { return e.table_columns[0].embedding == 4; }}},
      {"prepare.scaling", {"none", [](const E& e) { return e.scaling == Scaling::kNone; }}},
      {"clean.missing", {"mean", [](const E& e) { return e.missing == MissingPolicy::kMean; }}},
      {"clean.duplicates", {"keep", [](const E& e) { return e.duplicates == DuplicatePolicy::kKeep; }}},
      {"clean.outliers", {"z_score", [](const E& e) { return e.outliers == OutlierPolicy::kZScore; }}},
      {"clean.outlier_limit", {1.5, [](const E& e) { return e.outlier_limit == 1.5; }}},
      {"clean.labels", {"relabel", [](const E& e) { return e.labels == LabelPolicy::kRelabel; }}},
      {"clean.neighbours", {9, [](const E& e) { return e.label_neighbours == 9; }}},
      {"augment.copies", {3, [](const E& e) { return e.augment_copies == 3; }}},
      {"augment.jitter", {0.5, [](const E& e) { return e.augment_jitter == 0.5; }}},
      {"augment.rotation", {30, [](const E& e) { return e.augment_rotation == 30; }}},
      {"augment.scaling", {0.2, [](const E& e) { return e.augment_scaling == 0.2; }}},
      {"augment.shift", {0.4, [](const E& e) { return e.augment_shift == 0.4; }}},
      {"augment.flip", {"up_down", [](const E& e) { return e.augment_flips && e.augment_flip == Flip::kUpDown; }}},
      {"augment.mixing", {0.3, [](const E& e) { return e.augment_mixing == 0.3; }}},
      {"split.validation", {0.3, [](const E& e) { return e.split.validation == 0.3; }}},
      {"split.test", {0.1, [](const E& e) { return e.split.test == 0.1; }}},
      {"split.stratified", {false, [](const E& e) { return !e.split.stratified; }}},
      {"split.folds", {5, [](const E& e) { return e.split.folds == 5; }}},
      {"split.fold", {3, [](const E& e) { return e.split.fold == 3; }}},
      {"model.layers", {Json::array({Json::object()}), [](const E& e) { return e.layers.size() == 1; }}},
      {"model.initializer",
       {"xavier_normal", [](const E& e) { return e.start.initializer == Initializer::kXavierNormal; }}},
      {"model.initializer_value", {0.3, [](const E& e) { return e.start.value == 0.3; }}},
      {"training.loss", {"squared_error", [](const E& e) { return e.has_loss && e.loss == Loss::kSquaredError; }}},
      {"training.label_smoothing", {0.1, [](const E& e) { return e.label_smoothing == 0.1; }}},
      {"training.class_weights", {"balanced", [](const E& e) { return e.weighs_classes; }}},
      {"training.huber_delta", {2, [](const E& e) { return e.huber_delta == 2; }}},
      {"training.optimizer", {"sgd", [](const E& e) { return e.step.optimizer == Optimizer::kSgd; }}},
      {"training.learning_rate", {0.75, [](const E& e) { return e.step.rule.learning_rate == 0.75; }}},
      {"training.momentum", {0.5, [](const E& e) { return e.step.rule.momentum == 0.5; }}},
      {"training.beta1", {0.6, [](const E& e) { return e.step.rule.beta1 == 0.6; }}},
      {"training.beta2", {0.7, [](const E& e) { return e.step.rule.beta2 == 0.7; }}},
      {"training.epsilon", {0.001, [](const E& e) { return e.step.rule.epsilon == 0.001; }}},
      {"training.rho", {0.8, [](const E& e) { return e.step.rule.rho == 0.8; }}},
      {"training.weight_decay", {0.2, [](const E& e) { return e.step.rule.weight_decay == 0.2; }}},
      {"training.sampling", {"balanced", [](const E& e) { return e.sampling == Sampling::kBalanced; }}},
      {"training.accumulate", {3, [](const E& e) { return e.accumulate == 3; }}},
      {"training.schedule", {"cosine", [](const E& e) { return e.schedule.schedule == Schedule::kCosine; }}},
      {"training.warmup", {2.5, [](const E& e) { return e.schedule.warmup == 2.5; }}},
      {"training.schedule_period", {12, [](const E& e) { return e.schedule.period == 12; }}},
      {"training.schedule_factor", {0.3, [](const E& e) { return e.schedule.factor == 0.3; }}},
      {"training.schedule_power", {2, [](const E& e) { return e.schedule.power == 2; }}},
      {"training.schedule_growth", {1.5, [](const E& e) { return e.schedule.growth == 1.5; }}},
      {"training.schedule_floor", {0.05, [](const E& e) { return e.schedule.floor == 0.05; }}},
      {"training.l1", {0.01, [](const E& e) { return e.step.l1 == 0.01; }}},
      {"training.l2", {0.02, [](const E& e) { return e.step.l2 == 0.02; }}},
      {"training.max_norm", {3, [](const E& e) { return e.step.max_norm == 3; }}},
      {"training.clip_value", {0.4, [](const E& e) { return e.step.clip_value == 0.4; }}},
      {"training.clip_norm", {0.9, [](const E& e) { return e.step.clip_norm == 0.9; }}},
      {"training.average", {0.99, [](const E& e) { return e.step.average_decay == 0.99; }}},
      {"training.batch_size", {33, [](const E& e) { return e.batch_size == 33; }}},
      {"optimise.plateau", {false, [](const E& e) { return !e.plateau; }}},
      {"optimise.patience", {5, [](const E& e) { return e.plateau_patience == 5; }}},
      {"optimise.factor", {0.25, [](const E& e) { return e.plateau_factor == 0.25; }}},
      {"optimise.min_learning_rate", {0.125, [](const E& e) { return e.plateau_min_learning_rate == 0.125; }}},
      {"optimise.threshold", {0.0625, [](const E& e) { return e.plateau_threshold == 0.0625; }}},
      {"done.max_epochs", {42, [](const E& e) { return e.max_epochs == 42 && e.schedule.total == 42; }}},
      {"done.target_score", {0.875, [](const E& e) { return e.target_score == 0.875; }}},
      {"done.restore_best", {true, [](const E& e) { return e.restore_best; }}},
      {"done.patience", {17, [](const E& e) { return e.stop_patience == 17; }}},
      {"model.output_activation", {"sigmoid", [](const E& e) { return e.output_activation == Activation::kSigmoid; }}},
      {"prepare.target_scaling", {"robust", [](const E& e) { return e.target_scaling == Scaling::kRobust; }}},
      {"model.layers[0].units", {31, [](const E& e) { return e.layers[0].units == 31; }}},
      {"model.layers[1].activation",
       {"sigmoid", [](const E& e) { return e.layers[1].activation == Activation::kSigmoid; }}},
      {"model.layers[0].name", {"first", [](const E& e) { return e.layers[0].name == "first"; }}},
      {"model.layers[0].norm", {"batch", [](const E& e) { return e.layers[0].norm == Norm::kBatch; }}},
      {"model.layers[1].initializer",
       {"zeros",
        [](const E& e) { return e.layers[1].has_initializer && e.layers[1].initializer == Initializer::kZeros; }}},
      {"model.layers[1].initializer_value", {0.3, [](const E& e) { return e.layers[1].initializer_value == 0.3; }}},
      {"model.layers[1].residual", {"1", [](const E& e) { return e.layers[1].residual == "1"; }}},
      {"model.layers[1].dropout", {0.5, [](const E& e) { return e.layers[1].dropout == 0.5; }}},
  };
}

}  // namespace

TEST_CASE("every field of the document arrives in its member of the experiment, and in no other") {
  const std::map<std::string, Setting> all = settings();
  CHECK(all.size() == fields().size() + layer_fields().size() + column_fields().size());
  for (const Field& field : fields()) CHECK(all.count(std::string(field.path)) == 1);
  Json start = default_document();
  start["data"]["table"]["csv"] = "x";  // so that the source may become a table
  start = with_field(start, "data.table.columns", Json::array({Json::object()}));
  for (const auto& [path, setting] : all) {
    INFO(path);
    REQUIRE_FALSE(setting.arrived(read_experiment(start)));
    const Json document = with_field(start, path, setting.value);
    const Experiment changed = read_experiment(document);
    CHECK(setting.arrived(changed));
    for (const auto& [other_path, other] : all) {
      const bool is_related = other_path == path || path == "model.layers" || path == "data.table.columns";
      if (!is_related) CHECK_FALSE(other.arrived(changed));
    }
  }
}

TEST_CASE("with_field leaves the document it was given untouched and changes that field alone") {
  const Json original = default_document();
  const Json changed = with_field(original, "model.layers[1].units", 99);
  CHECK(original == default_document());
  CHECK(changed.at("model").at("layers")[1].at("units") == 99);
  CHECK(changed.at("model").at("layers")[0] == original.at("model").at("layers")[0]);
  Json restored = changed;
  restored["model"]["layers"][1]["units"] = original.at("model").at("layers")[1].at("units");
  CHECK(restored == original);
}

TEST_CASE("with_field refuses paths that lead to no field") {
  for (const char* path : {"", "seed.x", "training", "training.", ".seed", "training.speed", "data.table", "athanor",
                           "model.layers[2].units", "model.layers[0]", "model.layers[0].width", "model.layers[].units",
                           "model.layers[-1].units", "model.layers[0x].units", "model.layers[0].units.x",
                           "model.layers[99999999999999999999].units", "model.layers[0.units",
                           "data.table.columns[0].name", "data.table.columns[0]"}) {
    INFO(path);
    const Error error = error_of([&] { (void)with_field(default_document(), path, 1); });
    CHECK(error.code() == ErrorCode::kUnknownField);
    CHECK(error.place() == path);
  }
}
