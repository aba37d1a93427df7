#include "engine/nn/losses.h"

namespace athanor {

NodeId softmax_cross_entropy(Builder& graph, NodeId logits, NodeId target, const CrossEntropyOptions& options) {
  const double smoothing = options.label_smoothing;
  ensure(smoothing >= 0 && smoothing <= 1, "label smoothing is a share from 0 to 1");
  NodeId smoothed = target;
  if (smoothing > 0) {
    const auto classes = static_cast<double>(graph.shape(logits).last());
    smoothed = graph.add(graph.scale(target, 1 - smoothing), graph.constant(smoothing / classes));
  }
  if (options.class_weights == kNoNode) return graph.softmax_cross_entropy(logits, smoothed);
  // Weighted rows do not sum to 1, which the gradient of the op above relies on.
  const NodeId weighted = graph.multiply(smoothed, options.class_weights);
  return graph.negate(graph.sum(graph.multiply(weighted, graph.log_softmax(logits)), {1}));
}

}  // namespace athanor
