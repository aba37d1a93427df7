// Everything a run carries from stage to stage, and the stages themselves as rows of a table.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/data/labels.h"
#include "engine/data/scaler.h"
#include "engine/data/split.h"
#include "engine/data/table.h"
#include "engine/experiment/experiment.h"
#include "engine/metrics/tracked.h"
#include "engine/optim/plateau.h"
#include "engine/pipeline/parts.h"
#include "engine/pipeline/stage.h"
#include "engine/pipeline/trainer.h"

namespace athanor {

/// One line of the training curves.
struct EpochRecord {
  int epoch = 0;
  double train_loss = 0;
  double validation_loss = 0;   // NaN when there is no validation part
  double train_score = 0;       // Measures::score
  double validation_score = 0;  // NaN likewise
  double learning_rate = 0;
  TrackedValues train{};
  TrackedValues validation{};  // NaN likewise
};

enum class StopReason : std::uint8_t { kNone, kEpochs, kScore, kPatience };
inline constexpr std::array<std::string_view, 4> kStopReasonNames{"", "epochs", "score", "patience"};

/// Named numbers a stage shows: ("rows", 400), …
using Figures = std::vector<std::pair<std::string_view, double>>;

/// Why Clean took a row out, or what it did to it.
enum class CleanReason : std::uint8_t { kMissing, kDuplicate, kOutlier, kLabel, kRelabelled };
inline constexpr std::array<std::string_view, 5> kCleanReasonNames{"missing", "duplicate", "outlier", "label",
                                                                   "relabelled"};

/// A row that Clean did not leave as it was.
struct CleanedRow {
  std::int32_t origin = 0;  // Dataset::origins: its position among the rows that could be read or were drawn
  CleanReason reason = CleanReason::kMissing;
  std::vector<Real> values;  // (columns)
  Real target = 0;           // its label, or its value
};

/// Of each reason so many rows are kept to be shown.
inline constexpr std::size_t kMaxCleanedRows = 200;

/// The most numbers that augmentation may make of the data: rows times what each takes, targets included.
inline constexpr Index kMaxAugmentedNumbers = 64'000'000;

struct Run {
  Experiment experiment;

  // Prepare … Split
  Table table;  // its report; the rows move on to `data`
  Dataset data;
  std::optional<LabelSearch> label_search;  // while Clean is looking
  std::vector<CleanedRow> cleaned;          // by reason, at most kMaxCleanedRows of each
  Split parts;
  Scaler scaler;
  Scaler target_scaler;  // of the one column of regression targets
  MlpSpec spec;
  PartMatrix train;
  PartMatrix validation;
  PartMatrix test;

  // The loop
  std::unique_ptr<Trainer> trainer;
  std::optional<Measures> train_measures;
  std::optional<Measures> validation_measures;
  std::optional<Measures> test_measures;  // opened by Finish
  std::vector<EpochRecord> history;
  PlateauCounter plateau;
  PlateauCounter stopping;
  int reductions = 0;
  StopReason stop_reason = StopReason::kNone;

  /// What each stage last showed.
  std::array<Figures, kStageCount> figures;
};

struct StageRow {
  Stage stage;
  /// Does one unit of the stage's work (for Train a batch, for Clean a share of the label search, for the others all)
  /// and returns true when the stage is finished. Throws what the person has to know.
  bool (*work)(Run& run);
  std::string_view meaning;
  /// Whether the settings leave it nothing to do; null for a stage that always has something.
  bool (*is_off)(const Experiment& experiment) = nullptr;
};

[[nodiscard]] const StageRow& row(Stage stage);

/// Whether these settings leave a stage nothing to do.
[[nodiscard]] bool is_off(Stage stage, const Experiment& experiment);

/// The answer a decision gave when it last worked.
[[nodiscard]] bool is_done(const Run& run);

}  // namespace athanor
