// Samples of elementwise functions.
#include "tests/ops/samples.h"

namespace athanor::testing {

void add_math_samples(std::vector<OpSample>& samples) {
  const auto positive = [](Builder& graph, NodeId x) { return graph.add(x, graph.constant(1.5)); };
  add_unary(samples, Op::kExp, "exp", [](Builder& graph, NodeId x) { return graph.exp(x); }, 2);
  add_unary(samples, Op::kLog, "log", [=](Builder& graph, NodeId x) { return graph.log(positive(graph, x)); });
  add_unary(samples, Op::kSqrt, "sqrt", [=](Builder& graph, NodeId x) { return graph.sqrt(positive(graph, x)); });
  add_unary(samples, Op::kAbs, "abs", [](Builder& graph, NodeId x) { return graph.abs(x); });
  for (const double exponent : {1.0, 2.0, 3.0}) {
    add_unary(samples, Op::kPower, "power " + std::to_string(exponent),
              [exponent](Builder& graph, NodeId x) { return graph.power(x, exponent); });
  }
  for (const double exponent : {-1.5, 0.5, 2.7}) {
    add_unary(samples, Op::kPower, "power " + std::to_string(exponent),
              [=](Builder& graph, NodeId x) { return graph.power(positive(graph, x), exponent); });
  }
  add_unary(samples, Op::kReciprocal, "reciprocal",
            [=](Builder& graph, NodeId x) { return graph.reciprocal(positive(graph, x)); });
  add_unary(samples, Op::kClip, "clip", [](Builder& graph, NodeId x) { return graph.clip(x, -0.6, 0.7); });
  add_pairwise(samples, Op::kClipGrad, "clip_grad", [](Builder& graph, NodeId x, NodeId dy) {
    return graph.append(Op::kClipGrad, {x, dy}, {.value = -0.6, .limit = 0.7});
  });
}

}  // namespace athanor::testing
