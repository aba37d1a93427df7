// Augmentation of two-dimensional points by moving them as a whole, and of any rows by mixing two of them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/data/dataset.h"

namespace athanor {

inline constexpr Index kMaxCopies = 10;
inline constexpr double kLeastMixing = 0.05;

/// What a function below did. Distances are in units of the data.
struct AugmentReport {
  Index added = 0;
  double mean_move = 0;  // how far copies lie from the row they were made from
  double largest_move = 0;
};

enum class Flip : std::uint8_t { kLeftRight, kUpDown, kBoth };
inline constexpr std::array<std::string_view, 3> kFlipNames{"left_right", "up_down", "both"};

// The four below append `copies` copies of every original row of a table of two columns; copies carry the class or
// value and the origin of their row, missing values stay missing. The middle is the mean of the rows
// `fitted_on` (none named: of all originals), which should be the training part. Draws depend
// on the seed alone. kBadInput at "augment" unless there are two columns, none of levels; kOutOfRange at "augment.…"
// for copies outside 0 to kMaxCopies and for a setting outside its range.

/// Turned around the middle by an angle drawn evenly between -degrees and degrees, 0 to 180. A missing value leaves no
/// point to turn: such copies equal their row.
AugmentReport add_rotated_copies(Dataset& data, Index copies, double degrees, std::uint32_t seed,
                                 std::span<const std::int32_t> fitted_on = {});

/// Stretched away from the middle or shrunk towards it by a factor drawn evenly between 1 - share and 1 + share, 0 to
/// 0.9.
AugmentReport add_scaled_copies(Dataset& data, Index copies, double share, std::uint32_t seed,
                                std::span<const std::int32_t> fitted_on = {});

/// Each column shifted by up to `deviations` of its standard deviations among `fitted_on`, drawn evenly to both sides,
/// 0 to 3.
AugmentReport add_shifted_copies(Dataset& data, Index copies, double deviations, std::uint32_t seed,
                                 std::span<const std::int32_t> fitted_on = {});

/// One mirrored copy of every original row.
AugmentReport add_flipped_copies(Dataset& data, Flip flip, std::span<const std::int32_t> fitted_on = {});

/// A mixed row: `share` of the row at `row` and the rest of the row at `partner`.
struct Mix {
  std::int32_t row = 0;
  std::int32_t partner = 0;
  double share = 1;  // at least one half
};

struct MixReport {
  AugmentReport moves;
  std::vector<Mix> mixes;  // (added), for losses that take soft labels
};

/// Mixup (Zhang, Cissé, Dauphin, Lopez-Paz: "mixup: beyond empirical risk minimization", ICLR 2018) of any number of
/// columns: `copies` times each of `rows` is mixed with a partner from `rows`, the share drawn from Beta(alpha, alpha),
/// 0.05 <= alpha <= 1, and folded to at least one half. A regression value is mixed as well; a class is that of the
/// larger share, for a data set has one class per row. Both rows must come from the training part, which is why the
/// caller names them: the split knows a copy by one origin only. A value missing in either row is missing.
MixReport add_mixed_copies(Dataset& data, std::span<const std::int32_t> rows, Index copies, double alpha,
                           std::uint32_t seed);

}  // namespace athanor
