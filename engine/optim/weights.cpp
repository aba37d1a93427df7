#include "engine/optim/weights.h"

#include <algorithm>
#include <cmath>

namespace athanor {

void decay_weights(std::span<const Parameter> layout, double share, std::span<Real> parameters) {
  const auto kept = static_cast<Real>(1 - share);
  for (const Parameter& parameter : layout) {
    if (!is_weight_matrix(parameter)) continue;
    const auto first = static_cast<std::size_t>(parameter.offset);
    for (Real& weight : parameters.subspan(first, static_cast<std::size_t>(parameter.shape.size()))) weight *= kept;
  }
}

void limit_norms(std::span<const Parameter> layout, double limit, std::span<Real> parameters) {
  for (const Parameter& parameter : layout) {
    if (!is_weight_matrix(parameter)) continue;
    const auto rows = static_cast<std::size_t>(fan_in(parameter));
    const auto units = static_cast<std::size_t>(parameter.shape.last());
    Real* weights = parameters.data() + parameter.offset;
    for (std::size_t unit = 0; unit < units; ++unit) {
      double squares = 0;
      for (std::size_t i = 0; i < rows; ++i) {
        const auto weight = static_cast<double>(weights[i * units + unit]);
        squares += weight * weight;
      }
      const double norm = std::sqrt(squares);
      if (!(norm > limit)) continue;
      const auto factor = static_cast<Real>(limit / norm);
      for (std::size_t i = 0; i < rows; ++i) weights[i * units + unit] *= factor;
    }
  }
}

void update_average(std::span<const Real> parameters, double decay, std::uint64_t updates, std::span<Real> average) {
  const auto count = static_cast<double>(updates);
  const double kept = std::min(decay, (1 + count) / (10 + count));
  const auto share = static_cast<Real>(1 - kept);
  for (std::size_t i = 0; i < average.size(); ++i) average[i] += share * (parameters[i] - average[i]);
}

}  // namespace athanor
