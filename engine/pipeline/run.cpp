#include "engine/pipeline/run.h"

#include "engine/pipeline/data_stages.h"
#include "engine/pipeline/training_stages.h"

namespace athanor {
namespace {

constexpr std::array<StageRow, kStageCount> kStages{{
    {.stage = Stage::kPrepare, .work = stages::prepare, .meaning = "draw or read the rows, choose the scaling"},
    {.stage = Stage::kClean, .work = stages::clean, .meaning = "drop broken, incomplete and repeated rows"},
    {.stage = Stage::kAugment,
     .work = stages::augment,
     .meaning = "add jittered copies of training rows",
     .is_off = stages::is_augment_off},
    {.stage = Stage::kSplit, .work = stages::split, .meaning = "divide into training, validation and test part"},
    {.stage = Stage::kDone, .work = stages::done, .meaning = "ask whether training should end"},
    {.stage = Stage::kTrain, .work = stages::train, .meaning = "one epoch: every training row once, batch by batch"},
    {.stage = Stage::kEvaluate, .work = stages::evaluate, .meaning = "measure the training and validation parts"},
    {.stage = Stage::kOptimise,
     .work = stages::optimise,
     .meaning = "reduce the learning rate on a plateau",
     .is_off = stages::is_optimise_off},
    {.stage = Stage::kFinish, .work = stages::finish, .meaning = "open the sealed test part, once"},
}};

constexpr bool in_enum_order() {
  for (std::size_t i = 0; i < kStages.size(); ++i) {
    if (position(kStages[i].stage) != i || kStages[i].work == nullptr) return false;
  }
  return true;
}
static_assert(in_enum_order(), "every stage needs its row, in the order of the enum");

}  // namespace

const StageRow& row(Stage stage) { return kStages[position(stage)]; }

bool is_off(Stage stage, const Experiment& experiment) {
  const auto asked = row(stage).is_off;
  return asked != nullptr && asked(experiment);
}

bool is_done(const Run& run) { return run.stop_reason != StopReason::kNone; }

}  // namespace athanor
