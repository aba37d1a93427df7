// What the curves of a run say, and what could be done about it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/core/json.h"
#include "engine/pipeline/run.h"

namespace athanor {

/// kEarly: too few epochs to say. kOverfitting: the validation loss is past its lowest point while the training loss
/// still falls. kUnderfitting: the training part itself is not learnt, and no longer gets better. kDiverging: the
/// training loss grows beyond what it began with. Three kinds of not learning: the training loss is no better than that
/// of whoever knows the shares of the classes only, or the mean, and there it rests although the network has hidden
/// layers (kChance) or jumps about (kRateHigh); or it falls as slowly as it began to, far from anything learnt
/// (kRateLow). kSound: none of these.
enum class Verdict : std::uint8_t {
  kEarly,
  kSound,
  kOverfitting,
  kUnderfitting,
  kDiverging,
  kChance,
  kRateHigh,
  kRateLow
};
inline constexpr std::array<std::string_view, 8> kVerdictNames{"early",     "sound",  "overfitting", "underfitting",
                                                               "diverging", "chance", "rate_high",   "rate_low"};

enum class CureKind : std::uint8_t {
  kDropout,
  kL2,
  kEarlyStopping,
  kMoreData,
  kMoreNeurons,
  kLessPenalty,
  kLowerRate,
  kClip,
  kRaiseRate
};
inline constexpr std::array<std::string_view, 9> kCureNames{
    "dropout", "l2", "early_stopping", "more_data", "more_neurons", "less_penalty", "lower_rate", "clip", "raise_rate"};

/// Changes of the document that belong together: paths and values as for with_field().
struct Cure {
  CureKind kind;
  std::vector<std::pair<std::string, Json>> changes;
};

struct Diagnosis {
  Verdict verdict = Verdict::kEarly;
  double train_loss = 0;       // mean over the last epochs, as the two below
  double train_score = 0;      // Measures::score
  double validation_loss = 0;  // NaN without a validation part
  int best_epoch = 0;          // with the lowest loss on the part that is steered by
  double best_loss = 0;
  std::vector<Cure> cures;  // what usually helps most comes first; each fits the document
};

/// Looks at the epochs so far; `document` is the run's, complete. The limits are in the source, with their reasons.
[[nodiscard]] Diagnosis diagnose(const Run& run, const Json& document);

}  // namespace athanor
