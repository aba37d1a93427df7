#include "engine/pipeline/data_stages.h"

#include <algorithm>

#include "engine/data/augment.h"
#include "engine/data/clean.h"

namespace athanor::stages {
namespace {

double number(Index count) { return static_cast<double>(count); }

void require_enough(const Dataset& data, Stage stage) {
  if (data.rows() < kMinRows) {
    throw Error(ErrorCode::kTooFewRows, std::string(stage_name(stage)),
                {{"value", std::to_string(data.rows())}, {"min", std::to_string(kMinRows)}});
  }
  std::vector<bool> present(data.classes.size(), false);
  for (const std::int32_t label : data.labels) present[static_cast<std::size_t>(label)] = true;
  const auto count = std::count(present.begin(), present.end(), true);
  if (count < 2) {
    throw Error(ErrorCode::kTooFewClasses, std::string(stage_name(stage)), {{"value", std::to_string(count)}});
  }
}

PartMatrix make_part(const Run& run, const std::vector<std::int32_t>& rows) {
  PartMatrix part{.rows = static_cast<Index>(rows.size())};
  const auto columns = static_cast<std::size_t>(run.spec.columns);
  const auto outputs = static_cast<std::size_t>(output_count(run.spec));
  part.features.resize(rows.size() * columns);
  part.targets.resize(rows.size() * outputs);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::int32_t label = run.data.labels[static_cast<std::size_t>(rows[i])];
    run.scaler.apply(run.data.row(rows[i]), std::span(part.features).subspan(i * columns, columns));
    encode_target(run.spec, label, std::span(part.targets).subspan(i * outputs, outputs));
    part.labels.push_back(label);
  }
  return part;
}

}  // namespace

bool prepare(Run& run) {
  const Experiment& experiment = run.experiment;
  if (experiment.source == DataSource::kTable) {
    run.table = read_table(experiment.table_csv, experiment.table_target);
    if (run.table.error) throw Error(*run.table.error);
    run.data = std::move(run.table.data);
  } else {
    run.data = generate({.generator = experiment.generator,
                         .samples = experiment.samples,
                         .noise = experiment.noise,
                         .classes = experiment.classes,
                         .seed = experiment.seed});
  }
  require_enough(run.data, Stage::kPrepare);
  run.figures[position(Stage::kPrepare)] = {{"rows", number(run.data.rows())},
                                            {"columns", number(run.data.width())},
                                            {"classes", static_cast<double>(run.data.classes.size())}};
  return true;
}

bool clean(Run& run) {
  const Index missing = run.experiment.missing == MissingPolicy::kDrop ? drop_missing(run.data) : 0;
  const Index duplicates = run.experiment.duplicates == DuplicatePolicy::kDrop ? drop_duplicates(run.data) : 0;
  require_enough(run.data, Stage::kClean);
  run.figures[position(Stage::kClean)] = {{"broken", static_cast<double>(run.table.problems.size())},
                                          {"missing", number(missing)},
                                          {"duplicates", number(duplicates)},
                                          {"kept", number(run.data.rows())}};
  return true;
}

bool augment(Run& run) {
  const Index added =
      add_jittered_copies(run.data, run.experiment.augment_copies, run.experiment.augment_jitter, run.experiment.seed);
  run.figures[position(Stage::kAugment)] = {{"added", number(added)}};
  return true;
}

bool split(Run& run) {
  const Experiment& experiment = run.experiment;
  run.parts = athanor::split(run.data, {.validation = experiment.split_validation,
                                        .test = experiment.split_test,
                                        .stratified = experiment.split_stratified,
                                        .seed = experiment.seed});
  run.scaler = fit_scaler(experiment.scaling, run.data, run.parts.train);
  run.spec = spec_of(experiment, run.data.width(), static_cast<Index>(run.data.classes.size()));
  check_layers(run.spec.layers, run.spec.columns);  // only now is the number of inputs known
  run.train = make_part(run, run.parts.train);
  run.validation = make_part(run, run.parts.validation);
  run.test = make_part(run, run.parts.test);
  run.figures[position(Stage::kSplit)] = {{"train", number(run.train.rows)},
                                          {"validation", number(run.validation.rows)},
                                          {"test", number(run.test.rows)},
                                          {"copies_dropped", number(run.parts.copies_dropped)}};
  run.figures[position(Stage::kPrepare)].emplace_back("fitted_on", number(run.train.rows));
  return true;
}

}  // namespace athanor::stages
