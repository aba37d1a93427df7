// Losses composed of several ops, as functions that append them to a graph.
#pragma once

#include "engine/graph/builder.h"

namespace athanor {

struct CrossEntropyOptions {
  /// Every target becomes (1 - label_smoothing) * target + label_smoothing / classes (Szegedy et al. 2016).
  double label_smoothing = 0;
  /// (classes): how much each class counts; kNoNode counts all alike.
  NodeId class_weights = kNoNode;
};

/// -sum_c w_c target_c log_softmax(logits)_c per row, for logits and targets (rows, classes) where every row of targets
/// sums to 1. As PyTorch's cross_entropy with reduction "none". Its weighted mean divides the sum over rows not by
/// their number but by the sum of the weights of the targets' classes: that is left to the caller.
NodeId softmax_cross_entropy(Builder& graph, NodeId logits, NodeId target, const CrossEntropyOptions& options);

}  // namespace athanor
