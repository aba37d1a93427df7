// An experiment as typed values: what the document says, after validation. Whatever a run depends on is in here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/data/batches.h"
#include "engine/data/generators.h"
#include "engine/data/scaler.h"
#include "engine/models/mlp.h"
#include "engine/nn/init.h"
#include "engine/optim/schedule.h"
#include "engine/optim/step.h"

namespace athanor {

inline constexpr int kDocumentVersion = 1;

enum class DataSource : std::uint8_t { kGenerator, kTable };
enum class MissingPolicy : std::uint8_t { kDrop, kMean };
enum class DuplicatePolicy : std::uint8_t { kDrop, kKeep };

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

  Scaling scaling = Scaling::kStandard;
  Scaling target_scaling = Scaling::kStandard;  // of regression
  MissingPolicy missing = MissingPolicy::kDrop;
  DuplicatePolicy duplicates = DuplicatePolicy::kDrop;
  Index augment_copies = 0;
  double augment_jitter = 0;
  double split_validation = 0;
  double split_test = 0;
  bool split_stratified = true;

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

}  // namespace athanor
