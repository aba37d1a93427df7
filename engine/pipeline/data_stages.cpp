#include "engine/pipeline/data_stages.h"

#include <algorithm>

#include "engine/data/augment.h"
#include "engine/data/clean.h"

namespace athanor::stages {
namespace {

double number(Index count) { return static_cast<double>(count); }

}  // namespace

bool prepare(Run& run) {
  const Experiment& experiment = run.experiment;
  if (experiment.source == DataSource::kTable) {
    run.table = read_table(experiment.table_csv, experiment.table_target);
    if (run.table.error) throw Error(*run.table.error);
    run.data = std::move(run.table.data);
  } else {
    run.data =
        generate({.generator = experiment.generator,
                  .samples = experiment.samples,
                  .noise = experiment.noise,
                  .classes = experiment.classes,
                  .seed = experiment.seed,
                  .first_share = experiment.first_share > 0 ? std::optional(experiment.first_share) : std::nullopt});
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
  run.target_scaler = fit_target_scaler(experiment.target_scaling, run.data, run.parts.train);
  run.spec = spec_of(experiment, run.data.width(), static_cast<Index>(run.data.classes.size()));
  check_layers(run.spec.layers, run.spec.columns);  // only now is the number of inputs known
  const auto part = [&run](const std::vector<std::int32_t>& rows) {
    return make_part(run.data, rows, run.spec, run.scaler, run.target_scaler);
  };
  run.train = part(run.parts.train);
  run.validation = part(run.parts.validation);
  run.test = part(run.parts.test);
  run.figures[position(Stage::kSplit)] = {{"train", number(run.train.rows)},
                                          {"validation", number(run.validation.rows)},
                                          {"test", number(run.test.rows)},
                                          {"copies_dropped", number(run.parts.copies_dropped)}};
  run.figures[position(Stage::kPrepare)].emplace_back("fitted_on", number(run.train.rows));
  return true;
}

}  // namespace athanor::stages
