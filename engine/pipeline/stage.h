// The stages a flowchart is made of.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace athanor {

enum class Stage : std::uint8_t {
  kPrepare,
  kClean,
  kAugment,
  kSplit,
  kDone,
  kTrain,
  kEvaluate,
  kOptimise,
  kFinish,
};
inline constexpr std::array<std::string_view, 9> kStageNames{"prepare", "clean",    "augment",  "split", "done",
                                                             "train",   "evaluate", "optimise", "finish"};
inline constexpr std::size_t kStageCount = kStageNames.size();

[[nodiscard]] constexpr std::size_t position(Stage stage) { return static_cast<std::size_t>(stage); }
[[nodiscard]] constexpr std::string_view stage_name(Stage stage) { return kStageNames[position(stage)]; }

}  // namespace athanor
