#include "engine/pipeline/data_stages.h"

#include <algorithm>
#include <cmath>

#include "engine/data/augment.h"
#include "engine/data/clean.h"
#include "engine/data/encoding.h"
#include "engine/data/labels.h"
#include "engine/data/outliers.h"

namespace athanor::stages {
namespace {

/// The kinds of copies, by what says how far they go.
constexpr std::array kAugmentKinds{&Experiment::augment_jitter, &Experiment::augment_rotation,
                                   &Experiment::augment_scaling, &Experiment::augment_shift,
                                   &Experiment::augment_mixing};

double number(Index count) { return static_cast<double>(count); }

Dataset read(Run& run) {
  run.table = read_table(run.experiment.table_csv, table_choices(run.experiment));
  if (run.table.error) throw Error(*run.table.error);
  return std::move(run.table.data);
}

Dataset draw(const Experiment& experiment) {
  const bool is_uneven = experiment.first_share > 0;
  return generate({.generator = experiment.generator,
                   .samples = experiment.samples,
                   .noise = experiment.noise,
                   .classes = experiment.classes,
                   .seed = experiment.seed,
                   .first_share = is_uneven ? std::optional(experiment.first_share) : std::nullopt});
}

/// Keeps what a person may want to see of the rows at these positions.
void remember(Run& run, std::span<const std::int32_t> rows, CleanReason reason) {
  const Dataset& data = run.data;
  for (const std::int32_t row : rows.first(std::min(rows.size(), kMaxCleanedRows))) {
    const auto at = static_cast<std::size_t>(row);
    const std::span<const Real> values = data.row(row);
    run.cleaned.push_back(
        {.origin = data.origins[at],
         .reason = reason,
         .values = {values.begin(), values.end()},
         .target = data.task == Task::kRegression ? data.values[at] : static_cast<Real>(data.labels[at])});
  }
}

Index drop(Run& run, const std::vector<std::int32_t>& rows, CleanReason reason) {
  remember(run, rows, reason);
  return drop_rows(run.data, rows);
}

Index drop_outliers(Run& run) {
  if (run.experiment.outliers == OutlierPolicy::kKeep) return 0;
  const bool is_z_score = run.experiment.outliers == OutlierPolicy::kZScore;
  std::vector<std::int32_t> all(run.data.labels.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::int32_t>(i);
  const OutlierRule rule = is_z_score ? OutlierRule::kZScore : OutlierRule::kInterquartile;
  return drop(run, find_outliers(run.data, rule, run.experiment.outlier_limit, all).rows, CleanReason::kOutlier);
}

/// Real values have no labels to doubt; the setting stays for data with classes.
bool doubts_labels(const Run& run) {
  return run.experiment.labels != LabelPolicy::kKeep && run.data.task == Task::kClassification;
}

Index treat(Run& run, const std::vector<LabelSuspect>& suspects) {
  std::vector<std::int32_t> rows;
  for (const LabelSuspect& suspect : suspects) rows.push_back(suspect.row);
  if (run.experiment.labels == LabelPolicy::kDrop) return drop(run, rows, CleanReason::kLabel);
  remember(run, rows, CleanReason::kRelabelled);
  for (const LabelSuspect& suspect : suspects) {
    run.data.labels[static_cast<std::size_t>(suspect.row)] = suspect.suggested;
  }
  return static_cast<Index>(suspects.size());
}

/// Throws kMemoryLimit when so many copies would make more numbers than kMaxAugmentedNumbers.
void check_size(const Run& run) {
  const Experiment& experiment = run.experiment;
  const auto kinds = std::count_if(kAugmentKinds.begin(), kAugmentKinds.end(),
                                   [&](double Experiment::* amount) { return experiment.*amount > 0; });
  const Index copies = experiment.augment_copies * kinds + (experiment.augment_flips ? 1 : 0);
  // Features stand in the data and in the part that is trained on; with them go targets, labels, origins, an order.
  const Index per_row = 2 * run.data.width() + static_cast<Index>(run.data.classes.size()) + 4;
  const Index numbers = run.data.rows() * (1 + copies) * per_row;
  if (numbers <= kMaxAugmentedNumbers) return;
  constexpr double kMegabyte = 1024.0 * 1024.0;
  const auto megabytes = [](Index reals) {
    return number_text(std::ceil(static_cast<double>(reals) * sizeof(Real) / kMegabyte));
  };
  throw Error(ErrorCode::kMemoryLimit, "augment.copies",
              {{"value", megabytes(numbers)}, {"max", megabytes(kMaxAugmentedNumbers)}});
}

}  // namespace

bool prepare(Run& run) {
  run.data = run.experiment.source == DataSource::kTable ? read(run) : draw(run.experiment);
  require_enough(run.data, Stage::kPrepare);
  run.figures[position(Stage::kPrepare)] = {{"rows", number(run.data.rows())},
                                            {"columns", number(run.data.width())},
                                            {"classes", static_cast<double>(run.data.classes.size())}};
  return true;
}

bool clean(Run& run) {
  const Experiment& experiment = run.experiment;
  Figures& figures = run.figures[position(Stage::kClean)];
  if (!run.label_search) {
    const bool drops_missing = experiment.missing == MissingPolicy::kDrop;
    const bool drops_duplicates = experiment.duplicates == DuplicatePolicy::kDrop;
    figures = {{"broken", static_cast<double>(run.table.problems.size())}};
    figures.emplace_back("missing",
                         drops_missing ? number(drop(run, find_missing(run.data), CleanReason::kMissing)) : 0);
    figures.emplace_back("duplicates",
                         drops_duplicates ? number(drop(run, find_duplicates(run.data), CleanReason::kDuplicate)) : 0);
    figures.emplace_back("outliers", number(drop_outliers(run)));
    if (doubts_labels(run)) run.label_search.emplace(run.data, experiment.label_neighbours);
  }
  Index labels = 0;
  if (run.label_search) {
    if (!run.label_search->advance()) return false;
    labels = treat(run, run.label_search->suspects());
    run.label_search.reset();
  }
  require_enough(run.data, Stage::kClean);
  figures.emplace_back("labels", number(labels));
  figures.emplace_back("kept", number(run.data.rows()));
  return true;
}

bool is_augment_off(const Experiment& experiment) {
  const bool makes_copies =
      std::ranges::any_of(kAugmentKinds, [&](double Experiment::* amount) { return experiment.*amount > 0; });
  return !experiment.augment_flips && (experiment.augment_copies == 0 || !makes_copies);
}

bool augment(Run& run) {
  const Experiment& experiment = run.experiment;
  const Index before = run.data.rows();
  const Index copies = experiment.augment_copies;
  check_size(run);
  // What copies are measured by, and made of where two rows make one, is the training part alone. Which rows those will
  // be depends on the originals, not on their copies.
  const bool is_on = copies > 0 || experiment.augment_flips;
  const std::vector<std::int32_t> training =
      is_on ? athanor::split(run.data, experiment.split).train : std::vector<std::int32_t>{};
  const std::uint32_t seed = experiment.seed;
  if (copies > 0) {
    if (experiment.augment_jitter > 0) {
      add_jittered_copies(run.data, copies, experiment.augment_jitter, seed, training);
    }
    if (experiment.augment_rotation > 0) {
      add_rotated_copies(run.data, copies, experiment.augment_rotation, seed, training);
    }
    if (experiment.augment_scaling > 0) {
      add_scaled_copies(run.data, copies, experiment.augment_scaling, seed, training);
    }
    if (experiment.augment_shift > 0) add_shifted_copies(run.data, copies, experiment.augment_shift, seed, training);
  }
  if (experiment.augment_flips) add_flipped_copies(run.data, experiment.augment_flip, training);
  if (copies > 0 && experiment.augment_mixing > 0) {
    add_mixed_copies(run.data, training, copies, experiment.augment_mixing, seed);
  }
  run.figures[position(Stage::kAugment)] = {{"added", number(run.data.rows() - before)}};
  return true;
}

bool split(Run& run) {
  const Experiment& experiment = run.experiment;
  run.parts = athanor::split(run.data, experiment.split);
  hide_unseen_levels(run.data, run.parts.train);
  run.scaler = fit_scaler(experiment.scaling, run.data, run.parts.train);
  run.target_scaler = fit_target_scaler(experiment.target_scaling, run.data, run.parts.train);
  run.spec =
      spec_of(experiment, run.data.width(), static_cast<Index>(run.data.classes.size()), embeddings_of(run.data));
  check_layers(run.spec.layers, input_width(run.spec));  // only now is the number of inputs known
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
