// The measures of a part that every epoch keeps for the curves, beside its loss.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "engine/metrics/measures.h"

namespace athanor {

/// Only what is measured after every epoch anyway: what costs more, such as areas under curves, is not among them.
struct TrackedMeasure {
  std::string_view name;
  double (*of)(const Measures& measures);  // NaN where it has no value
};

inline constexpr std::size_t kMostTracked = 7;

/// One for each row of tracked_measures(), in its order; NaN beyond them and where there is none. Checkpoints keep them
/// by their places: a new row goes to the end of its table.
using TrackedValues = std::array<double, kMostTracked>;

/// Of classes, or of real values; the first one is Measures::score.
[[nodiscard]] std::span<const TrackedMeasure> tracked_measures(bool are_values);

/// All NaN without measures.
[[nodiscard]] TrackedValues track(const std::optional<Measures>& measures);

}  // namespace athanor
