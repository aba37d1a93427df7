#include "engine/optim/updates.h"

#include <cmath>

namespace athanor::updates {
namespace {

/// 1 - beta^step, to the bit. beta^step <= exp(-step (1 - beta)), which from 42 on is nothing beside 1.
double bias_correction(double beta, std::uint64_t step) {
  constexpr double kGone = 42;
  const auto t = static_cast<double>(step);
  return t * (1 - beta) > kGone ? 1 : 1 - std::pow(beta, t);
}

}  // namespace

void sgd(const UpdateBlocks& blocks, const OptimizerSettings& settings, std::uint64_t /*step*/) {
  const auto momentum = static_cast<Real>(settings.momentum);
  const auto learning_rate = static_cast<Real>(settings.learning_rate);
  Real* velocity = blocks.slots.data();
  for (std::size_t i = 0; i < blocks.parameters.size(); ++i) {
    velocity[i] = momentum * velocity[i] + blocks.gradients[i];
    blocks.parameters[i] -= learning_rate * velocity[i];
  }
}

void nesterov(const UpdateBlocks& blocks, const OptimizerSettings& settings, std::uint64_t /*step*/) {
  const auto momentum = static_cast<Real>(settings.momentum);
  const auto learning_rate = static_cast<Real>(settings.learning_rate);
  Real* velocity = blocks.slots.data();
  for (std::size_t i = 0; i < blocks.parameters.size(); ++i) {
    const Real gradient = blocks.gradients[i];
    velocity[i] = momentum * velocity[i] + gradient;
    blocks.parameters[i] -= learning_rate * (gradient + momentum * velocity[i]);
  }
}

void adagrad(const UpdateBlocks& blocks, const OptimizerSettings& settings, std::uint64_t /*step*/) {
  const auto learning_rate = static_cast<Real>(settings.learning_rate);
  const auto epsilon = static_cast<Real>(settings.epsilon);
  Real* sum = blocks.slots.data();
  for (std::size_t i = 0; i < blocks.parameters.size(); ++i) {
    const Real gradient = blocks.gradients[i];
    sum[i] += gradient * gradient;
    blocks.parameters[i] -= learning_rate * gradient / (std::sqrt(sum[i]) + epsilon);
  }
}

void adadelta(const UpdateBlocks& blocks, const OptimizerSettings& settings, std::uint64_t /*step*/) {
  const auto learning_rate = static_cast<Real>(settings.learning_rate);
  const auto rho = static_cast<Real>(settings.rho);
  const auto rest = static_cast<Real>(1 - settings.rho);
  const auto epsilon = static_cast<Real>(settings.epsilon);
  Real* gradients = blocks.slots.data();
  Real* steps = gradients + blocks.slot_size;
  for (std::size_t i = 0; i < blocks.parameters.size(); ++i) {
    const Real gradient = blocks.gradients[i];
    gradients[i] = rho * gradients[i] + rest * gradient * gradient;
    const Real change = std::sqrt(steps[i] + epsilon) / std::sqrt(gradients[i] + epsilon) * gradient;
    steps[i] = rho * steps[i] + rest * change * change;
    blocks.parameters[i] -= learning_rate * change;
  }
}

void rmsprop(const UpdateBlocks& blocks, const OptimizerSettings& settings, std::uint64_t /*step*/) {
  const auto learning_rate = static_cast<Real>(settings.learning_rate);
  const auto rho = static_cast<Real>(settings.rho);
  const auto rest = static_cast<Real>(1 - settings.rho);
  const auto epsilon = static_cast<Real>(settings.epsilon);
  Real* squares = blocks.slots.data();
  for (std::size_t i = 0; i < blocks.parameters.size(); ++i) {
    const Real gradient = blocks.gradients[i];
    squares[i] = rho * squares[i] + rest * gradient * gradient;
    blocks.parameters[i] -= learning_rate * gradient / (std::sqrt(squares[i]) + epsilon);
  }
}

void adam(const UpdateBlocks& blocks, const OptimizerSettings& settings, std::uint64_t step) {
  const auto step_size = static_cast<Real>(settings.learning_rate / bias_correction(settings.beta1, step));
  const auto root_correction = static_cast<Real>(1 / std::sqrt(bias_correction(settings.beta2, step)));
  const auto beta1 = static_cast<Real>(settings.beta1);
  const auto beta2 = static_cast<Real>(settings.beta2);
  const auto rest1 = static_cast<Real>(1 - settings.beta1);
  const auto rest2 = static_cast<Real>(1 - settings.beta2);
  const auto epsilon = static_cast<Real>(settings.epsilon);
  Real* parameters = blocks.parameters.data();
  const Real* gradients = blocks.gradients.data();
  Real* mean = blocks.slots.data();
  Real* square = mean + blocks.slot_size;
  for (std::size_t i = 0; i < blocks.parameters.size(); ++i) {
    const Real gradient = gradients[i];
    mean[i] = beta1 * mean[i] + rest1 * gradient;
    square[i] = beta2 * square[i] + rest2 * gradient * gradient;
    parameters[i] -= step_size * mean[i] / (std::sqrt(square[i]) * root_correction + epsilon);
  }
}

void radam(const UpdateBlocks& blocks, const OptimizerSettings& settings, std::uint64_t step) {
  const auto t = static_cast<double>(step);
  const double power2 = std::pow(settings.beta2, t);
  // Lengths of the moving average of squares, as the paper counts them: in the long run, and by now.
  const double longest = 2 / (1 - settings.beta2) - 1;
  const double length = longest - 2 * t * power2 / (1 - power2);
  const bool is_reliable = length > 5;
  const double variance_ratio = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length);
  const double rectification = is_reliable ? std::sqrt(variance_ratio * (1 - power2)) : 1;
  const auto step_size = static_cast<Real>(settings.learning_rate * rectification / (1 - std::pow(settings.beta1, t)));
  const auto beta1 = static_cast<Real>(settings.beta1);
  const auto beta2 = static_cast<Real>(settings.beta2);
  const auto rest1 = static_cast<Real>(1 - settings.beta1);
  const auto rest2 = static_cast<Real>(1 - settings.beta2);
  const auto epsilon = static_cast<Real>(settings.epsilon);
  Real* mean = blocks.slots.data();
  Real* square = mean + blocks.slot_size;
  for (std::size_t i = 0; i < blocks.parameters.size(); ++i) {
    const Real gradient = blocks.gradients[i];
    mean[i] = beta1 * mean[i] + rest1 * gradient;
    square[i] = beta2 * square[i] + rest2 * gradient * gradient;
    blocks.parameters[i] -= step_size * mean[i] / (is_reliable ? std::sqrt(square[i]) + epsilon : Real{1});
  }
}

void lion(const UpdateBlocks& blocks, const OptimizerSettings& settings, std::uint64_t /*step*/) {
  const auto learning_rate = static_cast<Real>(settings.learning_rate);
  const auto beta1 = static_cast<Real>(settings.beta1);
  const auto beta2 = static_cast<Real>(settings.beta2);
  const auto rest1 = static_cast<Real>(1 - settings.beta1);
  const auto rest2 = static_cast<Real>(1 - settings.beta2);
  Real* mean = blocks.slots.data();
  for (std::size_t i = 0; i < blocks.parameters.size(); ++i) {
    const Real gradient = blocks.gradients[i];
    const Real direction = beta1 * mean[i] + rest1 * gradient;
    // Neither sign: zero stays zero, and NaN stays NaN so that a diverged run is seen.
    const Real sign = direction > 0 ? Real{1} : (direction < 0 ? Real{-1} : direction);
    blocks.parameters[i] -= learning_rate * sign;
    mean[i] = beta2 * mean[i] + rest2 * gradient;
  }
}

}  // namespace athanor::updates
