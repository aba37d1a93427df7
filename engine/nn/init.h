// Initial values of parameters.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/core/random.h"
#include "engine/graph/graph.h"

namespace athanor {

enum class Initializer : std::uint8_t { kXavierUniform, kXavierNormal, kHeUniform, kHeNormal };
inline constexpr std::array<std::string_view, 4> kInitializerNames{"xavier_uniform", "xavier_normal", "he_uniform",
                                                                   "he_normal"};

/// Fills one (fan_in, fan_out) matrix.
/// Xavier: variance 2 / (fan_in + fan_out) (Glorot & Bengio 2010). He: variance 2 / fan_in (He et al. 2015).
/// The uniform forms draw from ±sqrt(3 * variance).
void fill_weights(Initializer initializer, Index fan_in, Index fan_out, Random& random, std::span<Real> weights);

/// Fills the whole parameter block of `graph`: matrices by the initializer, each from its own stream, vectors (biases)
/// with zeros. The same seed gives the same block.
void initialize(const Graph& graph, Initializer initializer, std::uint32_t seed, std::span<Real> block);

}  // namespace athanor
