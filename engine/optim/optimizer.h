// Optimisers: one row each, one fused pass over the flat parameter block per step.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/core/real.h"

namespace athanor {

enum class Optimizer : std::uint8_t { kSgd, kAdam };
inline constexpr std::array<std::string_view, 2> kOptimizerNames{"sgd", "adam"};

/// Settings of all optimisers; each reads its own.
struct OptimizerSettings {
  double learning_rate = 0.01;
  double momentum = 0;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
};

/// One step's blocks, all of the same length and layout. `slots` holds the row's number of state blocks one after
/// another; they start as zeros.
struct UpdateBlocks {
  std::span<Real> parameters;
  std::span<const Real> gradients;
  std::span<Real> slots;
};

struct OptimizerRow {
  std::string_view name;
  int slots;
  /// `step` counts from 1.
  void (*update)(const UpdateBlocks& blocks, const OptimizerSettings& settings, std::uint64_t step);
  std::string_view meaning;
};

[[nodiscard]] const OptimizerRow& row(Optimizer optimizer);

}  // namespace athanor
