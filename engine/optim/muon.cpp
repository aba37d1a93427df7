#include "engine/optim/muon.h"

#include <algorithm>
#include <cmath>

#include "engine/kernels/gemm.h"
#include "engine/optim/updates.h"

namespace athanor {
namespace {

constexpr int kIterations = 5;
constexpr auto kA = static_cast<Real>(3.4445);
constexpr auto kB = static_cast<Real>(-4.7750);
constexpr auto kC = static_cast<Real>(2.0315);

}  // namespace

Index newton_schulz_scratch(Index rows, Index columns) {
  const Index side = std::min(rows, columns);
  return rows * columns + 2 * side * side;
}

void orthogonalize(std::span<Real> x, Index rows, Index columns, std::span<Real> scratch) {
  double squares = 0;
  for (const Real value : x) squares += static_cast<double>(value) * static_cast<double>(value);
  const auto factor = static_cast<Real>(1 / (std::sqrt(squares) + 1e-7));
  for (Real& value : x) value *= factor;

  // The square matrix is taken on the shorter side: x x^T from the left, or x^T x from the right.
  const bool is_wide = rows <= columns;
  const Index side = std::min(rows, columns);
  const auto area = static_cast<std::size_t>(side * side);
  Real* next = scratch.data();
  Real* gram = next + x.size();
  Real* gram_squared = gram + area;
  for (int i = 0; i < kIterations; ++i) {
    kernels::gemm(
        {.m = side, .n = side, .k = is_wide ? columns : rows, .transpose_a = !is_wide, .transpose_b = is_wide},
        x.data(), x.data(), gram);
    kernels::gemm({.m = side, .n = side, .k = side}, gram, gram, gram_squared);
    for (std::size_t k = 0; k < area; ++k) gram[k] = kB * gram[k] + kC * gram_squared[k];
    if (is_wide) {
      kernels::gemm({.m = rows, .n = columns, .k = side}, gram, x.data(), next);
    } else {
      kernels::gemm({.m = rows, .n = columns, .k = side}, x.data(), gram, next);
    }
    for (std::size_t k = 0; k < x.size(); ++k) x[k] = kA * x[k] + next[k];
  }
}

Index muon_scratch(std::span<const Parameter> layout) {
  Index most = 0;
  for (const Parameter& parameter : layout) {
    if (!is_weight_matrix(parameter)) continue;
    const Index rows = fan_in(parameter);
    const Index columns = parameter.shape.last();
    most = std::max(most, rows * columns + newton_schulz_scratch(rows, columns));
  }
  return most;
}

void update_muon(const UpdateBlocks& blocks, const OptimizerSettings& settings, std::uint64_t step) {
  const auto momentum = static_cast<Real>(settings.momentum);
  const auto rest = static_cast<Real>(1 - settings.momentum);
  for (const Parameter& parameter : blocks.layout) {
    const auto first = static_cast<std::size_t>(parameter.offset);
    const auto count = static_cast<std::size_t>(parameter.shape.size());
    if (!is_weight_matrix(parameter)) {
      updates::adam(blocks.stretch(first, count), settings, step);
      continue;
    }
    const std::span<Real> direction = blocks.scratch.first(count);
    const std::span<Real> velocity = blocks.slots.subspan(first, count);
    for (std::size_t i = 0; i < count; ++i) {
      const Real gradient = blocks.gradients[first + i];
      velocity[i] = momentum * velocity[i] + rest * gradient;
      direction[i] = rest * gradient + momentum * velocity[i];
    }
    const Index rows = fan_in(parameter);
    const Index columns = parameter.shape.last();
    orthogonalize(direction, rows, columns, blocks.scratch.subspan(count));
    const double aspect = std::max(1.0, static_cast<double>(columns) / static_cast<double>(rows));
    const auto step_size = static_cast<Real>(settings.learning_rate * std::sqrt(aspect));
    for (std::size_t i = 0; i < count; ++i) blocks.parameters[first + i] -= step_size * direction[i];
  }
}

}  // namespace athanor
