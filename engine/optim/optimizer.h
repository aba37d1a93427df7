// Optimisers: one row each, one fused pass over the flat parameter block per step.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/graph/graph.h"

namespace athanor {

enum class Optimizer : std::uint8_t {
  kSgd,
  kNesterov,
  kAdaGrad,
  kAdaDelta,
  kRmsProp,
  kAdam,
  kAdamW,
  kLion,
  kMuon,
  kRAdam,
};
inline constexpr std::array<std::string_view, 10> kOptimizerNames{"sgd",  "nesterov", "adagrad", "adadelta", "rmsprop",
                                                                  "adam", "adamw",    "lion",    "muon",     "radam"};

/// Settings of all optimisers; each reads its own.
struct OptimizerSettings {
  double learning_rate = 0.01;
  double momentum = 0;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double rho = 0.9;
  double epsilon = 1e-8;
  double weight_decay = 0;  // decoupled; read where OptimizerRow::decays
};

/// One step's blocks, or a stretch of each. Parameters, gradients and each of the row's state blocks have one layout;
/// the state blocks start as zeros.
struct UpdateBlocks {
  std::span<const Parameter> layout;
  std::span<Real> parameters;
  std::span<const Real> gradients;
  std::span<Real> slots;
  std::size_t slot_size = 0;  // from one state block to the next
  std::span<Real> scratch;    // as many Reals as OptimizerRow::scratch says; holds nothing between steps

  /// `count` parameters from `first` on, with what belongs to them.
  [[nodiscard]] UpdateBlocks stretch(std::size_t first, std::size_t count) const {
    UpdateBlocks part = *this;
    part.parameters = parameters.subspan(first, count);
    part.gradients = gradients.subspan(first, count);
    part.slots = slots.subspan(first);
    return part;
  }
};

struct OptimizerRow {
  Optimizer optimizer;
  int slots;
  /// True when the step shrinks the weight matrices by learning_rate * weight_decay, apart from the gradient.
  bool decays;
  /// True when every parameter is updated from what belongs to it alone, so that stretches can be updated apart.
  bool is_elementwise;
  /// `step` counts from 1. Allocates nothing.
  void (*update)(const UpdateBlocks& blocks, const OptimizerSettings& settings, std::uint64_t step);
  /// Reals of scratch for parameters of this layout.
  Index (*scratch)(std::span<const Parameter> layout);
  std::string_view meaning;

  [[nodiscard]] std::string_view name() const { return kOptimizerNames[static_cast<std::size_t>(optimizer)]; }
};

[[nodiscard]] const OptimizerRow& row(Optimizer optimizer);

/// The most state blocks any row takes: with so many a change of optimiser while training has room.
[[nodiscard]] int most_optimizer_slots();

}  // namespace athanor
