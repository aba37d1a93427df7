// What the rows say an op costs: floating-point operations, and bytes read and written.
#include <catch2/catch_test_macros.hpp>

#include "engine/graph/builder.h"
#include "engine/graph/op_row.h"
#include "tests/ops/samples.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

Cost cost_of(const Graph& graph, NodeId id) {
  const Node& node = graph[id];
  std::vector<Shape> inputs;
  for (const NodeId input : inputs_of(node)) inputs.push_back(graph[input].shape);
  return row(node.op).cost(inputs, node.shape);
}

/// The cost of the last node that `build` appends, its bytes in numbers.
template <typename Build>
std::pair<double, double> flops_and_numbers(Build build) {
  Graph graph;
  Builder builder(graph);
  const NodeId node = build(builder);
  const Cost cost = cost_of(graph, node);
  return {cost.flops, cost.bytes / sizeof(Real)};
}

using Figures = std::pair<double, double>;

}  // namespace

TEST_CASE("a matrix product costs a multiplication and an addition per pair, however its operands are stored") {
  // (2, 3) x (3, 4): eight sums of three products.
  const Figures expected{2 * 2 * 3 * 4, 6 + 12 + 8};
  CHECK(flops_and_numbers([](Builder& b) { return b.matmul(b.input({2, 3}), b.input({3, 4})); }) == expected);
  CHECK(flops_and_numbers([](Builder& b) { return b.matmul(b.input({3, 2}), b.input({3, 4}), true, false); }) ==
        expected);
  CHECK(flops_and_numbers([](Builder& b) { return b.matmul(b.input({2, 3}), b.input({4, 3}), false, true); }) ==
        expected);
  CHECK(flops_and_numbers([](Builder& b) { return b.matmul(b.input({3, 2}), b.input({4, 3}), true, true); }) ==
        expected);
  // A stack of five, the right side shared: as many products, and the right side is read once.
  CHECK(flops_and_numbers([](Builder& b) { return b.matmul(b.input({5, 2, 3}), b.input({3, 4})); }) ==
        Figures{5 * 48, 30 + 12 + 40});
}

TEST_CASE("costs count what is read and written once, and the work per element") {
  CHECK(flops_and_numbers([](Builder& b) { return b.add(b.input({6}), b.input({6})); }) == Figures{6, 18});
  CHECK(flops_and_numbers([](Builder& b) { return b.sum(b.input({2, 3}), {1}); }) == Figures{6, 6 + 2});
  CHECK(flops_and_numbers([](Builder& b) { return b.softmax(b.input({2, 3})); }) == Figures{8 * 6, 12});
  CHECK(flops_and_numbers([](Builder& b) { return b.softmax_cross_entropy(b.input({2, 3}), b.input({2, 3})); }) ==
        Figures{8 * 6, 2 * 6 + 2});
  // Of what is not needed nothing is read: a slice of a large axis, some rows of a large table.
  CHECK(flops_and_numbers([](Builder& b) { return b.slice(b.input({100}), 0, 10, 4); }) == Figures{0, 8});
  CHECK(flops_and_numbers([](Builder& b) { return b.gather(b.input({100, 5}), b.input({3})); }) ==
        Figures{0, 3 + 2 * 15});
  // Its gradient clears the table, then adds: read the gradient, read and write the row.
  CHECK(flops_and_numbers([](Builder& b) {
          return b.append(Op::kGatherGrad, {b.input({3}), b.input({3, 5})}, {.length = 100});
        }) == Figures{15, 3 + 500 + 3 * 15});
  CHECK(flops_and_numbers([](Builder& b) { return b.input({7}); }) == Figures{0, 0});
  CHECK(flops_and_numbers([](Builder& b) { return b.parameter("w", {7}); }) == Figures{0, 0});
}

TEST_CASE("every op is said to write its output at least") {
  for (const OpSample& sample : op_samples()) {
    INFO(sample.sample.name);
    Graph graph;
    const NodeId last = built(sample, graph);
    const Cost cost = cost_of(graph, last);
    CHECK(cost.bytes >= static_cast<double>(graph[last].shape.size()) * sizeof(Real));
    CHECK(cost.flops >= 0);
  }
}
