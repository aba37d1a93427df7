// Samples of elementwise arithmetic and of the choice between tensors.
#include "tests/ops/samples.h"

namespace athanor::testing {

void add_elementwise_samples(std::vector<OpSample>& samples) {
  for (const auto& [op, name] : std::initializer_list<std::pair<Op, const char*>>{{Op::kAdd, "add"},
                                                                                  {Op::kSubtract, "subtract"},
                                                                                  {Op::kMultiply, "multiply"},
                                                                                  {Op::kMaximum, "maximum"},
                                                                                  {Op::kMinimum, "minimum"}}) {
    add_broadcasting(samples, op, name, [op](Builder& graph, NodeId a, NodeId b) { return graph.append(op, {a, b}); });
  }
  add_broadcasting(samples, Op::kDivide, "divide",
                   [](Builder& graph, NodeId a, NodeId b) { return graph.divide(a, graph.add(b, graph.constant(2))); });
  add_unary(samples, Op::kNegate, "negate", [](Builder& graph, NodeId x) { return graph.negate(x); });
  add_unary(samples, Op::kSquare, "square", [](Builder& graph, NodeId x) { return graph.square(x); });
  add_unary(samples, Op::kScale, "scale", [](Builder& graph, NodeId x) { return graph.scale(x, -2.5); });

  // Condition, a, b.
  const std::vector<std::array<Shape, 3>> choices{{Shape{3, 4}, {3, 4}, {3, 4}},
                                                  {Shape{3, 1}, {4}, {3, 4}},
                                                  {Shape{1}, {1}, {1}},
                                                  {Shape{}, {2, 3}, {}},
                                                  {Shape{5, 1}, {2, 1, 1, 3}, {2, 5, 1}}};
  for (const auto& [condition, a, b] : choices) {
    samples.push_back({Op::kWhere,
                       {.name = "where of " + condition.text() + ", " + a.text() + ", " + b.text(),
                        .inputs = {a, b},
                        .build = [](Builder& graph, const Nodes& x) { return graph.where(x[2], x[0], x[1]); },
                        .whole_numbers = {{.shape = condition, .below = 2}}}});
  }
}

}  // namespace athanor::testing
