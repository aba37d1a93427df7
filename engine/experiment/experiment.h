// An experiment as typed values: what the document says, after validation. Whatever a run depends on is in here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/data/augment_points.h"
#include "engine/data/batches.h"
#include "engine/data/generators.h"
#include "engine/data/scaler.h"
#include "engine/data/schema.h"
#include "engine/data/split.h"
#include "engine/data/table.h"
#include "engine/models/mlp.h"
#include "engine/nn/init.h"
#include "engine/optim/schedule.h"
#include "engine/optim/step.h"

namespace athanor {

inline constexpr int kDocumentVersion = 1;

enum class DataSource : std::uint8_t { kGenerator, kTable };
enum class MissingPolicy : std::uint8_t { kDrop, kMean };
enum class DuplicatePolicy : std::uint8_t { kDrop, kKeep };

/// What happens to values far out. The names after "keep" are those of OutlierRule.
enum class OutlierPolicy : std::uint8_t { kKeep, kZScore, kInterquartile };
/// What happens to labels that disagree with those of their neighbours.
enum class LabelPolicy : std::uint8_t { kKeep, kDrop, kRelabel };

struct Experiment {
  std::uint32_t seed = 0;

  DataSource source = DataSource::kGenerator;
  Generator generator = Generator::kSpirals;
  Index samples = 0;
  double noise = 0;
  Index classes = 0;
  double first_share = 0;  // 0: all classes are equally frequent
  std::string table_name;
  std::string table_csv;
  std::string table_target;
  bool has_table_task = false;  // else found out
  Task table_task = Task::kClassification;
  std::vector<ColumnChoice> table_columns;

  Scaling scaling = Scaling::kStandard;
  Scaling target_scaling = Scaling::kStandard;  // of regression
  MissingPolicy missing = MissingPolicy::kDrop;
  DuplicatePolicy duplicates = DuplicatePolicy::kDrop;
  OutlierPolicy outliers = OutlierPolicy::kKeep;
  double outlier_limit = 3;
  LabelPolicy labels = LabelPolicy::kKeep;
  Index label_neighbours = 7;
  Index augment_copies = 0;  // of each kind below that is switched on, each by a number above 0
  double augment_jitter = 0;
  double augment_rotation = 0;
  double augment_scaling = 0;
  double augment_shift = 0;
  double augment_mixing = 0;
  bool augment_flips = false;  // one copy, whatever augment_copies says
  Flip augment_flip = Flip::kLeftRight;
  SplitSettings split;  // its seed is `seed`

  std::vector<LayerSpec> layers;
  Start start;  // of the weights
  Activation output_activation = Activation::kLinear;

  bool has_loss = false;  // else the one that suits the data
  Loss loss = Loss::kCrossEntropy;
  double huber_delta = 1;
  double label_smoothing = 0;
  bool weighs_classes = false;
  StepSettings step;
  ScheduleSettings schedule;  // its total is max_epochs
  Index batch_size = 0;
  int accumulate = 1;  // batches per optimiser step
  Sampling sampling = Sampling::kShuffle;

  bool plateau = true;
  int plateau_patience = 0;
  double plateau_factor = 0;
  double plateau_min_learning_rate = 0;
  double plateau_threshold = 0;

  int max_epochs = 0;
  double target_score = 0;
  int stop_patience = 0;
  bool restore_best = false;
};

/// What an experiment says of its table; refers to the experiment.
[[nodiscard]] inline TableChoices table_choices(const Experiment& experiment) {
  return {.target = experiment.table_target,
          .task = experiment.has_table_task ? std::optional(experiment.table_task) : std::nullopt,
          .columns = experiment.table_columns};
}

}  // namespace athanor
