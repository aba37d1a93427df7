// Samples of losses.
#include "engine/nn/losses.h"
#include "tests/ops/samples.h"

namespace athanor::testing {
namespace {

/// Losses against rows of targets that sum to 1.
template <typename Build>
void add_by_rows(std::vector<OpSample>& samples, Op op, const std::string& name, Build build) {
  for (const Shape& shape : std::vector<Shape>{{3, 4}, {1, 2}, {1, 5}, {7, 3}}) {
    samples.push_back({op,
                       {.name = name + " of " + shape.text(),
                        .inputs = {shape},
                        .build = [build](Builder& graph, const Nodes& x) { return build(graph, x[0], x[1]); },
                        .range = 4,
                        .distributions = {shape}}});
  }
}

}  // namespace

void add_loss_samples(std::vector<OpSample>& samples) {
  for (const auto& [op, name, range] :
       std::initializer_list<std::tuple<Op, const char*, Real>>{{Op::kSquaredError, "squared_error", Real{1}},
                                                                {Op::kAbsoluteError, "absolute_error", Real{1}},
                                                                {Op::kLogCosh, "log_cosh", Real{2}}}) {
    add_pairwise(
        samples, op, name, [kind = op](Builder& graph, NodeId a, NodeId b) { return graph.append(kind, {a, b}); },
        range);
  }
  for (const double delta : {1.0, 0.4}) {
    add_pairwise(
        samples, Op::kHuber, "huber", [delta](Builder& graph, NodeId a, NodeId b) { return graph.huber(a, b, delta); },
        2);
  }
  for (const Shape& shape : telling_shapes()) {
    samples.push_back({Op::kHinge,
                       {.name = "hinge of " + shape.text(),
                        .inputs = {shape},
                        .build =
                            [](Builder& graph, const Nodes& x) {
                              // 0 and 1 become -1 and 1.
                              return graph.hinge(x[0], graph.subtract(graph.scale(x[1], 2), graph.constant(1)));
                            },
                        .range = 3,
                        .whole_numbers = {{.shape = shape, .below = 2}}}});
  }
  add_by_rows(samples, Op::kSigmoidCrossEntropy, "sigmoid_cross_entropy",
              [](Builder& graph, NodeId x, NodeId t) { return graph.sigmoid_cross_entropy(x, t); });
  add_by_rows(samples, Op::kSoftmaxCrossEntropy, "softmax_cross_entropy",
              [](Builder& graph, NodeId x, NodeId t) { return graph.softmax_cross_entropy(x, t); });
  add_by_rows(samples, Op::kKlDivergence, "kl_divergence",
              [](Builder& graph, NodeId x, NodeId t) { return graph.kl_divergence(x, t); });
  add_by_rows(samples, Op::kSoftmaxCrossEntropy, "smoothed cross-entropy", [](Builder& graph, NodeId x, NodeId t) {
    return softmax_cross_entropy(graph, x, t, {.label_smoothing = 0.1});
  });
  add_by_rows(samples, Op::kNegate, "weighted cross-entropy", [](Builder& graph, NodeId x, NodeId t) {
    const NodeId first_row = graph.slice(t, 0, 0, 1);
    return softmax_cross_entropy(graph, x, t, {.label_smoothing = 0.2, .class_weights = first_row});
  });
}

}  // namespace athanor::testing
