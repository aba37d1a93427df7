#include "engine/optim/gradients.h"

#include <cmath>

namespace athanor {

void add_penalties(std::span<const Parameter> layout, std::span<const Real> parameters, double l1, double l2,
                   std::span<Real> gradients) {
  const auto lasso = static_cast<Real>(l1);
  const auto ridge = static_cast<Real>(l2);
  for (const Parameter& parameter : layout) {
    if (!is_weight_matrix(parameter)) continue;
    const auto first = static_cast<std::size_t>(parameter.offset);
    const auto end = first + static_cast<std::size_t>(parameter.shape.size());
    for (std::size_t i = first; i < end; ++i) {
      const Real weight = parameters[i];
      const Real sign = weight > 0 ? Real{1} : (weight < 0 ? Real{-1} : weight);
      gradients[i] += lasso * sign + ridge * weight;
    }
  }
}

void clip_by_value(std::span<Real> gradients, double limit) {
  const auto most = static_cast<Real>(limit);
  for (Real& gradient : gradients) gradient = gradient > most ? most : (gradient < -most ? -most : gradient);
}

double global_norm(std::span<const Real> gradients) {
  double squares = 0;
  for (const Real gradient : gradients) squares += static_cast<double>(gradient) * static_cast<double>(gradient);
  return std::sqrt(squares);
}

void clip_by_norm(std::span<Real> gradients, double limit) {
  const double norm = global_norm(gradients);
  const double share = limit / (norm + 1e-6);
  if (share >= 1) return;
  const auto factor = static_cast<Real>(share);
  for (Real& gradient : gradients) gradient *= factor;
}

void accumulate(std::span<const Real> gradients, double share, std::span<Real> sum) {
  const auto factor = static_cast<Real>(share);
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += factor * gradients[i];
}

}  // namespace athanor
