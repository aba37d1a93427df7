// Initial values of parameters.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/core/random.h"
#include "engine/graph/graph.h"

namespace athanor {

enum class Initializer : std::uint8_t {
  kXavierUniform,
  kXavierNormal,
  kHeUniform,
  kHeNormal,
  kLecunUniform,
  kLecunNormal,
  kOrthogonal,
  kUniform,
  kNormal,
  kTruncatedNormal,
  kConstant,
  kZeros,
};
inline constexpr std::array<std::string_view, 12> kInitializerNames{
    "xavier_uniform", "xavier_normal", "he_uniform", "he_normal",        "lecun_uniform", "lecun_normal",
    "orthogonal",     "uniform",       "normal",     "truncated_normal", "constant",      "zeros"};

/// How one parameter begins. `value` is the half width of uniform, the deviation of the normal ones, the constant.
struct Start {
  Initializer initializer = Initializer::kZeros;
  double value = 0;
  bool operator==(const Start&) const = default;
};

/// Fills one (fan_in, fan_out) matrix, the filters (KH, KW, C, F) of a convolution, whose fans are KH KW C and KH KW F,
/// or any tensor for the initializers that ask for no fans.
///
/// Xavier: variance 2 / (fan_in + fan_out) (Glorot & Bengio 2010). He: variance 2 / fan_in (He et al. 2015). LeCun:
/// variance 1 / fan_in (LeCun et al. 1998). Their uniform forms draw from ±sqrt(3 * variance). Orthogonal: orthonormal
/// columns, or rows where there are fewer of them (Saxe et al. 2014). Truncated normal draws again beyond two
/// deviations, which leaves 0.88 of `value` as the deviation of what is kept.
void fill_weights(const Start& start, Index fan_in, Index fan_out, Random& random, std::span<Real> weights);

/// Fills the whole parameter block of `graph`, one start per parameter, each from a random stream of its own. The same
/// seed gives the same block.
void initialize(const Graph& graph, std::span<const Start> starts, std::uint32_t seed, std::span<Real> block);

/// The same start for all matrices, zeros for vectors.
void initialize(const Graph& graph, Initializer initializer, std::uint32_t seed, std::span<Real> block);

}  // namespace athanor
