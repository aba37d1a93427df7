// One optimiser step from the gradient of the loss to the new parameters, with everything that may be asked for on the
// way.
#pragma once

#include <span>

#include "engine/optim/optimizer.h"

namespace athanor {

/// A limit or strength of 0 switches the thing off.
struct StepSettings {
  Optimizer optimizer = Optimizer::kAdam;
  OptimizerSettings rule;
  double l1 = 0;
  double l2 = 0;
  double clip_value = 0;
  double clip_norm = 0;
  double max_norm = 0;
  double average_decay = 0;  // of the moving average of the weights
};

struct StepBlocks {
  std::span<const Parameter> layout;
  std::span<Real> parameters;
  std::span<Real> gradients;  // changed on the way
  std::span<Real> slots;
  std::span<Real> scratch;
};

/// In this order: penalties join the gradient; it is clipped by value, then by norm; weights decay; the optimiser
/// steps; norms are limited. `step` counts from 1. Allocates nothing.
void apply_step(const StepBlocks& blocks, const StepSettings& settings, std::uint64_t step);

}  // namespace athanor
