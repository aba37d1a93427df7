// Two-dimensional toy data: each generator is one row of a table.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/data/dataset.h"

namespace athanor {

enum class Generator : std::uint8_t { kBlobs, kXor, kCircles, kMoons, kSpirals, kCheckerboard };
inline constexpr std::array<std::string_view, 6> kGeneratorNames{"blobs", "xor",     "circles",
                                                                 "moons", "spirals", "checkerboard"};

struct GeneratorSettings {
  Generator generator = Generator::kSpirals;
  Index samples = 400;
  double noise = 0.1;  // 0 to 1: each point moves by a normal deviate of 0.2 times this
  Index classes = 2;   // blobs and spirals; the other shapes have two
  std::uint32_t seed = 0;
};

/// Points in about [-1, 1] x [-1, 1], columns "x1" and "x2", classes "0", "1", … in turn, so that they are balanced.
[[nodiscard]] Dataset generate(const GeneratorSettings& settings);

}  // namespace athanor
