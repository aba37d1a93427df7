#include "engine/optim/optimizer.h"

#include <cmath>

namespace athanor {
namespace {

/// Momentum as PyTorch does it (Sutskever et al. 2013 without dampening): v = momentum v + g, p = p - lr v.
void update_sgd(const UpdateBlocks& blocks, const OptimizerSettings& settings, std::uint64_t /*step*/) {
  const auto momentum = static_cast<Real>(settings.momentum);
  const auto learning_rate = static_cast<Real>(settings.learning_rate);
  Real* velocity = blocks.slots.data();
  for (std::size_t i = 0; i < blocks.parameters.size(); ++i) {
    velocity[i] = momentum * velocity[i] + blocks.gradients[i];
    blocks.parameters[i] -= learning_rate * velocity[i];
  }
}

/// Adam with bias correction (Kingma & Ba 2015), in the form of PyTorch: epsilon is added after the correction.
void update_adam(const UpdateBlocks& blocks, const OptimizerSettings& settings, std::uint64_t step) {
  const double correction1 = 1 - std::pow(settings.beta1, static_cast<double>(step));
  const double correction2 = 1 - std::pow(settings.beta2, static_cast<double>(step));
  const auto step_size = static_cast<Real>(settings.learning_rate / correction1);
  const auto root_correction = static_cast<Real>(1 / std::sqrt(correction2));
  const auto beta1 = static_cast<Real>(settings.beta1);
  const auto beta2 = static_cast<Real>(settings.beta2);
  const auto rest1 = static_cast<Real>(1 - settings.beta1);
  const auto rest2 = static_cast<Real>(1 - settings.beta2);
  const auto epsilon = static_cast<Real>(settings.epsilon);
  const std::size_t n = blocks.parameters.size();
  Real* first = blocks.slots.data();
  Real* second = first + n;
  for (std::size_t i = 0; i < n; ++i) {
    const Real gradient = blocks.gradients[i];
    first[i] = beta1 * first[i] + rest1 * gradient;
    second[i] = beta2 * second[i] + rest2 * gradient * gradient;
    blocks.parameters[i] -= step_size * first[i] / (std::sqrt(second[i]) * root_correction + epsilon);
  }
}

constexpr std::array<OptimizerRow, kOptimizerNames.size()> kRows{{
    {.name = kOptimizerNames[0],
     .slots = 1,
     .update = update_sgd,
     .meaning = "stochastic gradient descent with momentum"},
    {.name = kOptimizerNames[1],
     .slots = 2,
     .update = update_adam,
     .meaning = "Adam: steps scaled by running estimates of the gradient's mean and size"},
}};

}  // namespace

const OptimizerRow& row(Optimizer optimizer) { return kRows[static_cast<std::size_t>(optimizer)]; }

}  // namespace athanor
