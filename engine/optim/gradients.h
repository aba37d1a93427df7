// What happens to the gradient block before the optimiser sees it. Penalties and decay concern weight matrices alone:
// pulling biases and gains towards zero only hurts.
#pragma once

#include <span>

#include "engine/graph/graph.h"

namespace athanor {

/// g += l1 sign(w) + l2 w for every weight matrix: the gradient of l1 sum |w| + l2 / 2 sum w^2. The loss that is shown
/// stays the loss on the data, so that training and validation can be compared.
void add_penalties(std::span<const Parameter> layout, std::span<const Real> parameters, double l1, double l2,
                   std::span<Real> gradients);

/// Every element into [-limit, limit]. NaN stays NaN.
void clip_by_value(std::span<Real> gradients, double limit);

/// The Euclidean length of the whole block, summed in double.
[[nodiscard]] double global_norm(std::span<const Real> gradients);

/// Shortens the whole block to `limit` when it is longer, keeping its direction (Pascanu et al. 2013; in PyTorch's
/// form, factor limit / (norm + 1e-6)).
void clip_by_norm(std::span<Real> gradients, double limit);

/// sum += share * gradients: accumulation of the gradients of several batches.
void accumulate(std::span<const Real> gradients, double share, std::span<Real> sum);

}  // namespace athanor
