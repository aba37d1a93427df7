// What happens to the parameter block beside the optimiser's own rule.
#pragma once

#include <cstdint>
#include <span>

#include "engine/graph/graph.h"

namespace athanor {

/// w = (1 - share) w for every weight matrix: decoupled weight decay (Loshchilov & Hutter 2019), share = learning rate
/// times decay.
void decay_weights(std::span<const Parameter> layout, double share, std::span<Real> parameters);

/// Shrinks the incoming weights of every neuron, a column of its (fan_in, units) matrix, to at most this Euclidean
/// length (Srivastava et al. 2014, section 5.1). Allocates nothing.
void limit_norms(std::span<const Parameter> layout, double limit, std::span<Real> parameters);

/// average = d average + (1 - d) parameters with d = min(decay, (1 + updates) / (10 + updates)), so that the first
/// updates are not dominated by the initial weights (as TensorFlow's ExponentialMovingAverage with num_updates).
/// `updates` counts from 1.
void update_average(std::span<const Real> parameters, double decay, std::uint64_t updates, std::span<Real> average);

}  // namespace athanor
