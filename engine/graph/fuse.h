// Puts ops that follow one another together where one kernel can do the work of both in a single pass.
#pragma once

#include <array>
#include <span>

#include "engine/graph/graph.h"

namespace athanor {

/// Turns a sum of a matrix product and a bias into one linear where nobody else needs the product. Like
/// fuse_bias_activations(), which it comes before.
void fuse_biases(Graph& graph, std::span<const NodeId> outputs);

/// Activations whose gradient is made of their output, so that nobody has to keep the sum they are applied to.
inline constexpr std::array kActivationsOfOutput{Op::kRelu, Op::kLeakyRelu, Op::kElu, Op::kSigmoid, Op::kTanh};

/// Whether bias_activation can apply this activation; `value` is the slope or alpha. Under a negative slope an output's
/// sign does not tell the sum's.
[[nodiscard]] bool can_follow_bias(Op activation, double value);

/// Turns an activation of a sum into one bias_activation where nobody else needs the sum: it is no output and has one
/// user, so that this is for after differentiate(). Values stay the same to the last bit. No node changes its place:
/// sums that nobody needs any more stay as dead nodes, which simplify() removes.
void fuse_bias_activations(Graph& graph, std::span<const NodeId> outputs);

}  // namespace athanor
