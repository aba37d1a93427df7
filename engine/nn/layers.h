// Layers as functions that append ops to a graph.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/graph/builder.h"

namespace athanor {

enum class Activation : std::uint8_t { kLinear, kSigmoid, kTanh, kRelu };
inline constexpr std::array<std::string_view, 4> kActivationNames{"linear", "sigmoid", "tanh", "relu"};

/// y (B, units) = x (B, inputs) W + b with W (inputs, units) and b (units).
NodeId dense(Builder& graph, NodeId x, Index units, const std::string& name);

/// The activation, element by element; linear returns x itself.
NodeId activate(Builder& graph, NodeId x, Activation activation);

/// Inverted dropout (Srivastava et al. 2014): zeroes with probability `rate` and scales the rest by 1 / (1 - rate), so
/// that evaluation needs no change. `index` tells the masks of one graph apart. A rate of 0 returns x itself.
NodeId dropout(Builder& graph, NodeId x, double rate, std::uint32_t index);

}  // namespace athanor
