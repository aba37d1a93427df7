// Muon: momentum whose matrices are made orthogonal before the step (Jordan et al., "Muon: an optimizer for hidden
// layers in neural networks", 2024).
#pragma once

#include "engine/optim/optimizer.h"

namespace athanor {

/// Weight matrices (fan_in, units): v = momentum v + (1 - momentum) g, u = (1 - momentum) g + momentum v, then
/// p = p - lr sqrt(max(1, units / fan_in)) orthogonal(u). Everything else (biases, gains) takes Adam's step with the
/// same learning rate. Slots: v and nothing for matrices, Adam's two moments elsewhere.
void update_muon(const UpdateBlocks& blocks, const OptimizerSettings& settings, std::uint64_t step);

[[nodiscard]] Index muon_scratch(std::span<const Parameter> layout);

/// Five steps of the quintic Newton–Schulz iteration with Jordan's coefficients: x (rows, columns) goes to a matrix of
/// the same singular vectors whose singular values lie between about 0.7 and 1.2, unless x is zero. `scratch` holds
/// newton_schulz_scratch Reals.
void orthogonalize(std::span<Real> x, Index rows, Index columns, std::span<Real> scratch);

[[nodiscard]] Index newton_schulz_scratch(Index rows, Index columns);

}  // namespace athanor
