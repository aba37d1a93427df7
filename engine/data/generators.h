// Toy data of one and two dimensions: each generator is one row of a table.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/data/dataset.h"

namespace athanor {

enum class Generator : std::uint8_t {
  kBlobs,
  kXor,
  kCircles,
  kMoons,
  kSpirals,
  kCheckerboard,
  kHalves,
  kOverlap,
  kStretched,
  kRings,
  kQuantiles,
  kPinwheel,
  kStripes,
  kRoll,
  kSquares,
  kFlower,
  kHeart,
  kSmile,
  kYinYang,
  kPlane,
  kSaddle,
  kBowl,
  kRipple,
  kBumps,
  kCliff,
  kTerraces,
  kWaves,
  kLine,
  kKink,
  kStep,
  kSine,
  kCubic,
  kSinc,
  kChirp,
  kChance,
};
inline constexpr std::array<std::string_view, 35> kGeneratorNames{
    "blobs",    "xor",       "circles",  "moons",   "spirals", "checkerboard", "halves", "overlap",  "stretched",
    "rings",    "quantiles", "pinwheel", "stripes", "roll",    "squares",      "flower", "heart",    "smile",
    "yin_yang", "plane",     "saddle",   "bowl",    "ripple",  "bumps",        "cliff",  "terraces", "waves",
    "line",     "kink",      "step",     "sine",    "cubic",   "sinc",         "chirp",  "chance"};
inline constexpr std::size_t kGeneratorCount = kGeneratorNames.size();

/// What a form or a reference page needs to know about a generator.
struct GeneratorInfo {
  std::string_view name;
  Task task;
  Index dimensions;     // 1 or 2
  Index least_classes;  // 0 for regression
  Index most_classes;
  std::string_view meaning;  // what it looks like, and what can be learnt from it
};

[[nodiscard]] const GeneratorInfo& generator_info(Generator generator);

inline constexpr double kLeastFirstShare = 0.05;
inline constexpr double kMostFirstShare = 0.95;

struct GeneratorSettings {
  Generator generator = Generator::kSpirals;
  Index samples = 400;
  double noise = 0.1;  // 0 to 1: each point, in regression each value, moves by a normal deviate of 0.2 times this
  Index classes = 2;   // for generators of any number of classes; the others have their own
  std::uint32_t seed = 0;
  std::optional<double> first_share;  // of the rows, for the first class; the others share the rest. Unset: all equal
};

/// Classification: points in about [-1, 1] x [-1, 1], columns "x1" and "x2", classes "0", "1", … in turn, so that they
/// are balanced, or the first one spread evenly over the rows at the share asked for (at least one row of it).
/// Regression: points uniform on [-1, 1] or [-1, 1] x [-1, 1], column "x" or columns "x1" and "x2", values in about
/// [-1, 1]; of kChance both the points and the values are uniform on [0, 1], and noise is added to the values as
/// everywhere. kOutOfRange at "data.samples" (1 to kMaxRows), "data.noise", "data.classes", "data.first_share".
[[nodiscard]] Dataset generate(const GeneratorSettings& settings);

}  // namespace athanor
