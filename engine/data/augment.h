// Augmentation: more training rows made from the ones there are.
#pragma once

#include <cstdint>
#include <span>

#include "engine/data/dataset.h"

namespace athanor {

/// Appends `copies` jittered copies of every row: each value moves by a normal deviate of `jitter` times its column's
/// standard deviation among the rows `fitted_on` (none named: among all), which should be the training part; levels of
/// categorical features stay. Copies carry the origin of their row, so that the split can keep them out of the held-out
/// parts. Returns how many rows were added.
Index add_jittered_copies(Dataset& data, Index copies, double jitter, std::uint32_t seed,
                          std::span<const std::int32_t> fitted_on = {});

}  // namespace athanor
