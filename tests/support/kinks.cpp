#include "tests/support/kinks.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace athanor::testing {
namespace {

using Nodes = std::vector<NodeId>;

/// Of ops that are made from the output of another, which is exactly 0 (or two equal numbers) on the flat side of that
/// one's kink: there it does not move, and how far the kink is the other op tells.
NodeId unless_zero(Builder& graph, NodeId x) {
  return graph.where(graph.equal(x, graph.constant(0)), graph.constant(1), x);
}

/// The largest (smallest) entry and the one after it: 0 where two entries share the place.
NodeId lead_of_extreme(Builder& graph, const Node& reduction) {
  const NodeId x = reduction.op == Op::kMax ? reduction.inputs[0] : graph.negate(reduction.inputs[0]);
  const Attributes kept{.axes = reduction.attributes.axes, .keep_axes = true};
  const NodeId largest = graph.append(Op::kMax, {x}, kept);
  const NodeId is_largest = graph.equal(x, largest);
  constexpr double kNever = -1e9;
  const NodeId second = graph.append(Op::kMax, {graph.where(is_largest, graph.constant(kNever), x)}, kept);
  const NodeId is_shared = graph.greater(graph.append(Op::kSum, {is_largest}, kept), graph.constant(1));
  return graph.where(is_shared, graph.constant(0), graph.subtract(largest, second));
}

/// Under every window, how far each entry is from each other one: a convolution with 1 at one place and -1 at another.
/// Entries in the padding are both 0, or 0 and a value, which keeps that one away from 0 and hurts nobody.
Nodes leads_under_windows(Builder& graph, NodeId x, Window window) {
  window.groups = graph.shape(x)[3];
  const Index rows = window.rows.size;
  const Index columns = window.columns.size;
  const auto one_at = [&](Index entry) {
    const NodeId one = graph.constant(1, {1, 1, 1, window.groups});
    const NodeId in_row = graph.pad(one, 1, entry % columns, columns - 1 - entry % columns);
    return graph.pad(in_row, 0, entry / columns, rows - 1 - entry / columns);
  };
  Nodes leads;
  for (Index first = 0; first < rows * columns; ++first) {
    for (Index second = 0; second < first; ++second) {
      const NodeId filters = graph.subtract(one_at(first), one_at(second));
      leads.push_back(unless_zero(graph, graph.append(Op::kConvolution, {x, filters}, {.window = window})));
    }
  }
  return leads;
}

/// The signed distances from the kinks of one op. Every op is named, so that a new one must be put to one side.
Nodes distances_of(Builder& graph, const Node& node) {
  const auto [a, b, c] = node.inputs;
  const auto from = [&graph](NodeId x, double kink) { return graph.subtract(x, graph.constant(kink)); };
  const double value = node.attributes.value;
  switch (node.op) {
    case Op::kAbs:
    case Op::kSign:
    case Op::kRelu:
    case Op::kLeakyRelu:
    case Op::kElu:
      return {graph.scale(a, 1)};
    case Op::kReluGrad:
    case Op::kLeakyReluGrad:
    case Op::kEluGrad:
      return {unless_zero(graph, a)};
    case Op::kClip:
    case Op::kClipGrad:
      return {from(a, value), from(a, node.attributes.limit)};
    case Op::kHardSigmoid:
    case Op::kHardSwish:
      return {from(a, -3), from(a, 3)};
    case Op::kMaximum:
    case Op::kMinimum:
    case Op::kAbsoluteError:
      return {graph.subtract(a, b)};
    case Op::kEqual:
    case Op::kGreater:
    case Op::kGreaterEqual:
    case Op::kLess:
      return {unless_zero(graph, graph.subtract(a, b))};
    case Op::kHuber:
      return {from(graph.subtract(a, b), -value), from(graph.subtract(a, b), value)};
    case Op::kHinge:
      return {from(graph.multiply(a, b), 1)};
    case Op::kBiasActivation:
      return {graph.add(a, b)};  // smooth ones are kept away too, which hurts nobody
    case Op::kMax:
    case Op::kMin:
      return {lead_of_extreme(graph, node)};
    case Op::kMaxPool:
    case Op::kMaxPoolGrad:
    case Op::kMaxPoolPick:
      return leads_under_windows(graph, a, node.attributes.window);
    case Op::kInput:
    case Op::kParameter:
    case Op::kConstant:
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
    case Op::kNegate:
    case Op::kSquare:
    case Op::kScale:
    case Op::kExp:
    case Op::kLog:
    case Op::kSqrt:
    case Op::kPower:
    case Op::kReciprocal:
    case Op::kWhere:   // its condition is a comparison, or data
    case Op::kArgmax:  // has no gradient
    case Op::kSigmoid:
    case Op::kSigmoidGrad:
    case Op::kTanh:
    case Op::kTanhGrad:
    case Op::kSoftmax:
    case Op::kLogSoftmax:
    case Op::kGelu:
    case Op::kGeluGrad:
    case Op::kGeluTanh:
    case Op::kGeluTanhGrad:
    case Op::kSilu:
    case Op::kSiluGrad:
    case Op::kSoftplus:
    case Op::kSoftsign:  // its derivative has a kink at 0 that is found in the abs it is made of
    case Op::kMatmul:
    case Op::kLinear:
    case Op::kNormalize:
    case Op::kNormalizeGrad:
    case Op::kAttention:
    case Op::kAttentionQueryGrad:
    case Op::kAttentionKeyGrad:
    case Op::kConvolution:
    case Op::kTransposedConvolution:
    case Op::kConvolutionWeightGrad:
    case Op::kAveragePool:
    case Op::kAveragePoolGrad:
    case Op::kSum:
    case Op::kMean:
    case Op::kBroadcast:
    case Op::kReshape:
    case Op::kPermute:
    case Op::kSlice:
    case Op::kPad:
    case Op::kConcat:
    case Op::kGather:
    case Op::kGatherGrad:
    case Op::kSquaredError:
    case Op::kSigmoidCrossEntropy:
    case Op::kSoftmaxCrossEntropy:
    case Op::kLogCosh:
    case Op::kKlDivergence:
    case Op::kDropoutMask:
      return {};
  }
  return {};
}

}  // namespace

std::vector<NodeId> append_kink_distances(Builder& graph, std::span<const NodeId> outputs) {
  Nodes distances;
  for (const NodeId id : reachable(graph.graph(), outputs)) {
    const Node node = graph.graph()[id];  // a copy: appending moves the nodes
    for (const NodeId distance : distances_of(graph, node)) distances.push_back(distance);
  }
  return distances;
}

double nearest_kink(const Executor& executor, std::span<const NodeId> distances) {
  double nearest = std::numeric_limits<double>::infinity();
  for (const NodeId id : distances) {
    for (const Real distance : executor.value(id)) nearest = std::min(nearest, std::abs(static_cast<double>(distance)));
  }
  return nearest;
}

}  // namespace athanor::testing
