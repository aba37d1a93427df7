// Appends nodes to a graph; shapes are computed and checked on the way. Functions are named after the ops.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "engine/graph/graph.h"

namespace athanor {

class Builder {
 public:
  explicit Builder(Graph& graph) : graph_(graph) {}

  [[nodiscard]] const Graph& graph() const { return graph_; }
  [[nodiscard]] const Shape& shape(NodeId id) const { return graph_[id].shape; }

  /// Nodes appended from here on belong to this layer ("hidden 1"), which error messages name.
  void scope(std::string name);

  // Leaves
  NodeId input(Shape shape);
  NodeId parameter(std::string name, Shape shape);
  /// A parameter that is updated by other means than its gradient: running means and variances.
  NodeId statistic(std::string name, Shape shape);
  NodeId constant(double value, Shape shape = {});

  // Arithmetic; shapes broadcast as in numpy (aligned at the last axis, sizes equal or 1)
  NodeId add(NodeId a, NodeId b) { return append(Op::kAdd, {a, b}); }
  NodeId subtract(NodeId a, NodeId b) { return append(Op::kSubtract, {a, b}); }
  NodeId multiply(NodeId a, NodeId b) { return append(Op::kMultiply, {a, b}); }
  NodeId divide(NodeId a, NodeId b) { return append(Op::kDivide, {a, b}); }
  NodeId negate(NodeId x) { return append(Op::kNegate, {x}); }
  NodeId square(NodeId x) { return append(Op::kSquare, {x}); }
  NodeId scale(NodeId x, double factor) { return append(Op::kScale, {x}, {.value = factor}); }
  NodeId exp(NodeId x) { return append(Op::kExp, {x}); }
  NodeId log(NodeId x) { return append(Op::kLog, {x}); }
  NodeId sqrt(NodeId x) { return append(Op::kSqrt, {x}); }
  NodeId abs(NodeId x) { return append(Op::kAbs, {x}); }
  NodeId sign(NodeId x) { return append(Op::kSign, {x}); }
  NodeId power(NodeId x, double exponent) { return append(Op::kPower, {x}, {.value = exponent}); }
  NodeId reciprocal(NodeId x) { return append(Op::kReciprocal, {x}); }
  NodeId maximum(NodeId a, NodeId b) { return append(Op::kMaximum, {a, b}); }
  NodeId minimum(NodeId a, NodeId b) { return append(Op::kMinimum, {a, b}); }
  NodeId clip(NodeId x, double smallest, double largest) {
    return append(Op::kClip, {x}, {.value = smallest, .limit = largest});
  }

  // Comparisons give 1 where they hold, else 0, also against NaN; nothing flows back through them
  NodeId equal(NodeId a, NodeId b) { return append(Op::kEqual, {a, b}); }
  NodeId greater(NodeId a, NodeId b) { return append(Op::kGreater, {a, b}); }
  NodeId greater_equal(NodeId a, NodeId b) { return append(Op::kGreaterEqual, {a, b}); }
  NodeId less(NodeId a, NodeId b) { return append(Op::kLess, {a, b}); }
  /// `a` where the condition is not 0, else `b`; all three broadcast.
  NodeId where(NodeId condition, NodeId a, NodeId b) { return append(Op::kWhere, {condition, a, b}); }

  // Activations
  NodeId sigmoid(NodeId x) { return append(Op::kSigmoid, {x}); }
  NodeId tanh(NodeId x) { return append(Op::kTanh, {x}); }
  NodeId relu(NodeId x) { return append(Op::kRelu, {x}); }
  NodeId softmax(NodeId x) { return append(Op::kSoftmax, {x}); }
  NodeId log_softmax(NodeId x) { return append(Op::kLogSoftmax, {x}); }
  NodeId leaky_relu(NodeId x, double slope = 0.01) { return append(Op::kLeakyRelu, {x}, {.value = slope}); }
  NodeId elu(NodeId x, double alpha = 1) { return append(Op::kElu, {x}, {.value = alpha}); }
  NodeId hard_sigmoid(NodeId x) { return append(Op::kHardSigmoid, {x}); }
  NodeId hard_swish(NodeId x) { return append(Op::kHardSwish, {x}); }
  NodeId hard_tanh(NodeId x) { return clip(x, -1, 1); }
  NodeId gelu(NodeId x) { return append(Op::kGelu, {x}); }
  NodeId gelu_tanh(NodeId x) { return append(Op::kGeluTanh, {x}); }
  NodeId silu(NodeId x) { return append(Op::kSilu, {x}); }
  NodeId softplus(NodeId x) { return append(Op::kSoftplus, {x}); }
  NodeId softsign(NodeId x) { return append(Op::kSoftsign, {x}); }
  /// activation(x + bias), see ops/fused.h; `value` is a leaky_relu's slope or an elu's alpha.
  NodeId bias_activation(NodeId x, NodeId bias, Op activation, double value = 0) {
    return append(Op::kBiasActivation, {x, bias}, {.value = value, .activation = activation});
  }
  /// elu with the constants that keep mean 0 and variance 1 from layer to layer (Klambauer et al. 2017).
  NodeId selu(NodeId x) { return scale(elu(x, 1.6732632423543772), 1.0507009873554805); }

  /// (..., M, K) x (..., K, N) -> (..., M, N); a transposed operand is stored as (..., K, M) or (..., N, K). Leading
  /// axes broadcast: they are equal, 1 or missing.
  NodeId matmul(NodeId a, NodeId b, bool transpose_a = false, bool transpose_b = false) {
    return append(Op::kMatmul, {a, b}, {.transpose_a = transpose_a, .transpose_b = transpose_b});
  }

  /// x (..., M, K) weights (K, N) + bias (N), see ops/matmul.h.
  NodeId linear(NodeId x, NodeId weights, NodeId bias, bool transpose_x = false, bool transpose_weights = false) {
    return append(Op::kLinear, {x, weights, bias}, {.transpose_a = transpose_x, .transpose_b = transpose_weights});
  }

  /// Images (B, H, W, C) with filters (KH, KW, C / groups, F) -> (B, OH, OW, F). The window's sizes are the filters';
  /// its rows at the end that no window reaches are given up.
  NodeId convolution(NodeId x, NodeId filters, Window window = {});
  /// The other way: images (B, OH, OW, F) -> (B, H, W, C), the smallest that such a convolution would make them of.
  NodeId transposed_convolution(NodeId x, NodeId filters, Window window = {});
  /// The largest value and the mean under a window, channel by channel.
  NodeId max_pool(NodeId x, Window window);
  NodeId average_pool(NodeId x, Window window);

  /// (x - mean) / sqrt(variance + epsilon) over the last axis.
  NodeId normalize(NodeId x, double epsilon = 1e-5) { return append(Op::kNormalize, {x}, {.value = epsilon}); }
  /// Queries (B, Q, D) look at keys and values that lie side by side (B, K, 2D) -> (B, Q, D). `causal`: each at the
  /// keys up to its own place, counted from the end.
  NodeId attention(NodeId q, NodeId kv, Index heads, bool causal = false) {
    return append(Op::kAttention, {q, kv}, {.causal = causal, .length = heads});
  }

  // Reductions over the axes given (all when none is) and movement
  NodeId sum(NodeId x, std::initializer_list<int> axes = {}, bool keep_axes = false);
  NodeId mean(NodeId x, std::initializer_list<int> axes = {}, bool keep_axes = false);
  NodeId max(NodeId x, std::initializer_list<int> axes = {}, bool keep_axes = false);
  NodeId min(NodeId x, std::initializer_list<int> axes = {}, bool keep_axes = false);
  /// The mean squared distance from the mean; unbiased: divided by n - 1 instead of n, which takes two values or more.
  NodeId variance(NodeId x, std::initializer_list<int> axes = {}, bool keep_axes = false, bool unbiased = false);
  NodeId argmax(NodeId x, int axis, bool keep_axes = false);
  /// Axis k of the result is axis order[k] of x.
  NodeId permute(NodeId x, std::initializer_list<int> order);
  /// Swaps the last two axes.
  NodeId transpose(NodeId x);
  NodeId slice(NodeId x, int axis, Index start, Index length);
  /// Zeros before and after along an axis.
  NodeId pad(NodeId x, int axis, Index before, Index after);
  NodeId concat(NodeId a, NodeId b, int axis);
  NodeId concat(std::span<const NodeId> parts, int axis);
  /// Rows of a table (V, D) by indices (N...), which are whole numbers below V -> (N..., D).
  NodeId gather(NodeId table, NodeId indices) { return append(Op::kGather, {table, indices}); }
  NodeId broadcast(NodeId x, const Shape& target);
  NodeId reshape(NodeId x, const Shape& target);
  /// The gradient of broadcasting: sums over the axes that were repeated, back to `target`.
  NodeId sum_to(NodeId x, const Shape& target);

  // Losses per element or per row; take the mean to train on them
  NodeId squared_error(NodeId prediction, NodeId target) { return append(Op::kSquaredError, {prediction, target}); }
  NodeId absolute_error(NodeId prediction, NodeId target) { return append(Op::kAbsoluteError, {prediction, target}); }
  NodeId huber(NodeId prediction, NodeId target, double delta = 1) {
    return append(Op::kHuber, {prediction, target}, {.value = delta});
  }
  NodeId log_cosh(NodeId prediction, NodeId target) { return append(Op::kLogCosh, {prediction, target}); }
  /// Targets are -1 and 1.
  NodeId hinge(NodeId prediction, NodeId target) { return append(Op::kHinge, {prediction, target}); }
  /// Targets are rows that sum to 1, as for softmax_cross_entropy.
  NodeId kl_divergence(NodeId logits, NodeId target) { return append(Op::kKlDivergence, {logits, target}); }
  NodeId sigmoid_cross_entropy(NodeId logits, NodeId target) {
    return append(Op::kSigmoidCrossEntropy, {logits, target});
  }
  NodeId softmax_cross_entropy(NodeId logits, NodeId target) {
    return append(Op::kSoftmaxCrossEntropy, {logits, target});
  }

  /// Entries 1/(1-rate) with probability 1-rate, else 0; a new mask every step. `index` tells masks of one graph apart.
  NodeId dropout_mask(const Shape& shape, double rate, std::uint32_t index);

  /// The gradients of a single number towards each of `wrt` (autodiff.h).
  std::vector<NodeId> differentiate(NodeId loss, std::span<const NodeId> wrt);

  /// Any op by its enum, for tables and tests. Leaves, broadcast, reshape and masks have their own functions above.
  NodeId append(Op op, std::initializer_list<NodeId> inputs, const Attributes& attributes = {});

 private:
  NodeId push(Op op, std::initializer_list<NodeId> inputs, const Attributes& attributes, const Shape& shape);
  /// The window as it moves over x: what no window reaches at the end is left out.
  [[nodiscard]] Window cut(Window window, NodeId x) const;
  NodeId reduce(Op op, NodeId x, std::initializer_list<int> axes, bool keep_axes);

  Graph& graph_;
  std::int32_t scope_ = 0;
};

}  // namespace athanor
