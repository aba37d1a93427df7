#include "engine/graph/fuse.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <limits>

#include "engine/core/random.h"
#include "engine/graph/autodiff.h"
#include "engine/graph/builder.h"
#include "engine/graph/op_row.h"
#include "engine/graph/simplify.h"
#include "engine/runtime/executor.h"

using namespace athanor;

namespace {

/// What simplifying makes of `graph` for `outputs`.
std::string simplified(const Graph& graph, const std::vector<NodeId>& outputs) {
  const Simplified result = simplify(graph, outputs);
  verify(result.graph);
  return print(result.graph);
}

bool has_fused(const Graph& graph, const std::vector<NodeId>& outputs) {
  return simplified(graph, outputs).find("bias_activation") != std::string::npos;
}

NodeId activate(Builder& builder, NodeId x, Op activation, double value = 0.25) {
  const bool has_value = activation == Op::kLeakyRelu || activation == Op::kElu;
  return builder.append(activation, {x}, {.value = has_value ? value : 0});
}

}  // namespace

TEST_CASE("an activation of a sum with a bias becomes one op, and its gradient stays as it is") {
  Graph graph;
  Builder builder(graph);
  const NodeId x = builder.input({3, 2});
  const NodeId bias = builder.parameter("bias", {2});
  const NodeId y = builder.relu(builder.add(x, bias));
  std::vector<NodeId> outputs = differentiate(graph, builder.sum(builder.square(y)), std::vector<NodeId>{bias});
  CHECK(print(graph) ==
        "%0 (3, 2) = input()\n"
        "%1 (2) = parameter(bias)\n"
        "%2 (3, 2) = add(%0, %1)\n"
        "%3 (3, 2) = relu(%2)\n"
        "%4 (3, 2) = square(%3)\n"
        "%5 () = sum(%4, axes 0 1)\n"
        "%6 () = constant(1)  [gradient]\n"
        "%7 (1, 1) = reshape(%6)  [gradient]\n"
        "%8 (3, 2) = broadcast(%7)  [gradient]\n"
        "%9 (3, 2) = multiply(%8, %3)  [gradient]\n"
        "%10 (3, 2) = scale(%9, 2)  [gradient]\n"
        "%11 (3, 2) = relu_grad(%3, %10)  [gradient]\n"
        "%12 (2) = sum(%11, axes 0)  [gradient]\n");
  outputs.push_back(5);
  CHECK(simplified(graph, outputs) ==
        "%0 (3, 2) = input()\n"
        "%1 (2) = parameter(bias)\n"
        "%2 (3, 2) = bias_activation(%0, %1, relu)\n"
        "%3 (3, 2) = square(%2)\n"
        "%4 () = sum(%3, axes 0 1)\n"
        "%5 (3, 2) = scale(%2, 2)  [gradient]\n"
        "%6 (3, 2) = relu_grad(%2, %5)  [gradient]\n"
        "%7 (2) = sum(%6, axes 0)  [gradient]\n");
}

TEST_CASE("the bias may stand on either side and repeat along several axes; slope and alpha go with the activation") {
  const auto becomes = [](auto build, const std::string& call) {
    Graph graph;
    Builder builder(graph);
    const NodeId output = build(builder, builder.input({2, 3, 4}));
    INFO(call);
    CHECK(simplified(graph, {output}).find(call) != std::string::npos);
  };
  becomes([](Builder& b, NodeId x) { return b.tanh(b.add(b.input({4}), x)); }, "= bias_activation(%0, %1, tanh)\n");
  becomes([](Builder& b, NodeId x) { return b.sigmoid(b.add(x, b.input({3, 4}))); },
          "= bias_activation(%0, %1, sigmoid)\n");
  becomes([](Builder& b, NodeId x) { return b.relu(b.add(x, b.input({2, 3, 4}))); },
          "= bias_activation(%0, %1, relu)\n");
  becomes([](Builder& b, NodeId x) { return b.leaky_relu(b.add(x, b.input({4})), 0.3); },
          "= bias_activation(%0, %1, leaky_relu, 0.3)\n");
  becomes([](Builder& b, NodeId x) { return b.elu(b.add(x, b.constant(2)), 0.7); },
          "= bias_activation(%0, %1, elu, 0.7)\n");
}

TEST_CASE("a sum that somebody else needs stays") {
  for (const Op activation : kActivationsOfOutput) {
    INFO(row(activation).name);
    Graph graph;
    Builder builder(graph);
    const NodeId sum = builder.add(builder.input({3, 2}), builder.input({2}));
    const NodeId output = activate(builder, sum, activation);
    CHECK(has_fused(graph, {output}));
    CHECK_FALSE(has_fused(graph, {output, sum}));
    const NodeId reader = builder.exp(sum);
    CHECK(has_fused(graph, {output}));  // a reader that is dead itself is none
    CHECK_FALSE(has_fused(graph, {output, reader}));
  }
}

TEST_CASE("what bias_activation cannot do stays two ops") {
  const auto stays = [](auto build) {
    Graph graph;
    Builder builder(graph);
    const NodeId output = build(builder, builder.input({3, 2}));
    CHECK_FALSE(has_fused(graph, {output}));
  };
  stays([](Builder& b, NodeId x) { return b.gelu(b.add(x, b.input({2}))); });
  stays([](Builder& b, NodeId x) { return b.leaky_relu(b.add(x, b.input({2})), -0.1); });
  stays([](Builder& b, NodeId x) { return b.tanh(b.subtract(x, b.input({2}))); });
  stays([](Builder& b, NodeId x) { return b.tanh(b.add(x, b.input({3, 1}))); });
  stays([](Builder& b, NodeId x) { return b.tanh(b.add(x, b.input({4, 1, 1}))); });
}

TEST_CASE("a product and its bias become one op where nobody else needs the product") {
  const auto becomes = [](auto build, const std::string& text) {
    Graph graph;
    Builder builder(graph);
    const std::vector<NodeId> outputs = build(builder, builder.input({3, 2}));
    CHECK(simplified(graph, outputs).find(text) != std::string::npos);
  };
  using Nodes = std::vector<NodeId>;
  const auto joined = [&](const std::string& text, bool is_bias_first, bool is_transposed, bool is_activated) {
    becomes(
        [=](Builder& b, NodeId x) {
          const NodeId weights = b.input(is_transposed ? Shape{4, 2} : Shape{2, 4});
          const NodeId bias = b.input({4});
          const NodeId product = b.matmul(x, weights, false, is_transposed);
          const NodeId sum = is_bias_first ? b.add(bias, product) : b.add(product, bias);
          return Nodes{is_activated ? b.tanh(sum) : sum};
        },
        text);
  };
  joined("%3 (3, 4) = linear(%0, %1, %2)\n", false, false, false);
  joined("%3 (3, 4) = linear(%0, %1, %2, transpose_b)\n", true, true, false);
  // An activation after it stays beside it, and writes where the sums are.
  joined("%3 (3, 4) = linear(%0, %1, %2)\n%4 (3, 4) = tanh(%3)\n", false, false, true);
  const auto stays = [&](auto build) { becomes(build, "= add("); };
  stays([](Builder& b, NodeId x) {
    const NodeId product = b.matmul(x, b.input({2, 4}));
    return Nodes{b.add(product, b.input({4})), b.exp(product)};
  });
  stays([](Builder& b, NodeId x) {
    const NodeId product = b.matmul(x, b.input({2, 4}));
    return Nodes{b.add(product, b.input({4})), product};
  });
  stays([](Builder& b, NodeId x) { return Nodes{b.add(b.matmul(x, b.input({2, 4})), b.input({3, 4}))}; });
  stays([](Builder& b, NodeId x) { return Nodes{b.add(b.matmul(x, b.input({2, 4})), b.input({1}))}; });
  stays([](Builder& b, NodeId x) { return Nodes{b.add(b.matmul(x, b.input({5, 2, 4})), b.input({4}))}; });
  stays([](Builder& b, NodeId) {
    return Nodes{b.add(b.matmul(b.input({5, 2, 3}), b.input({2, 4}), true), b.input({4}))};
  });
}

TEST_CASE("a product with its bias has the bits of the two ops") {
  // Small and large, columns that fill vectors and not, a single one, sums of several blocks.
  const std::vector<std::array<Index, 3>> sizes{{10, 8, 2}, {10, 1, 8},   {3, 1, 1},    {7, 5, 3},     {1, 9, 4},
                                                {20, 3, 9}, {70, 37, 64}, {33, 1, 300}, {12, 40, 600}, {600, 16, 5}};
  for (const auto& [rows, columns, depth] : sizes) {
    for (const bool is_transposed : {false, true}) {
      INFO(rows << " x " << columns << " x " << depth << ", " << is_transposed);
      Graph graph;
      Builder builder(graph);
      const NodeId x = builder.input(is_transposed ? Shape{depth, rows} : Shape{rows, depth});
      const NodeId weights = builder.input(is_transposed ? Shape{columns, depth} : Shape{depth, columns});
      const NodeId bias = builder.input({columns});
      const NodeId apart = builder.add(builder.matmul(x, weights, is_transposed, is_transposed), bias);
      const NodeId joined = builder.linear(x, weights, bias, is_transposed, is_transposed);
      const std::array<NodeId, 2> kept{apart, joined};
      Executor executor(graph, nullptr, kept);
      Random random(7, Stream::kInit);
      for (const NodeId input : {x, weights, bias}) {
        for (Real& value : executor.input(input)) value = random.uniform(-2, 2);
      }
      executor.run({});
      const std::span<const Real> expected = executor.value(apart);
      CHECK(std::equal(expected.begin(), expected.end(), executor.value(joined).begin()));
    }
  }
}

TEST_CASE("values and gradients keep their bits, whatever is fused") {
  constexpr auto kNan = std::numeric_limits<Real>::quiet_NaN();
  constexpr auto kInfinity = std::numeric_limits<Real>::infinity();
  // Few and many columns, odd ones, more rows than are activated in one go, and a bias of numbers of rows.
  const std::vector<std::pair<Shape, Shape>> shapes{{{10, 8}, {8}},     {{37, 7}, {7}},    {{33, 67}, {67}},
                                                    {{300, 5}, {5}},    {{2000, 1}, {1}},  {{3, 1500}, {1500}},
                                                    {{1, 9}, {9}},      {{11, 13}, {}},    {{2, 21, 3, 5}, {3, 5}},
                                                    {{19, 3}, {19, 3}}, {{1, 17, 1}, {1}}, {{40, 130}, {130}}};
  for (const Op activation : kActivationsOfOutput) {
    for (const auto& [x_shape, bias_shape] : shapes) {
      INFO(row(activation).name << " of " << x_shape.text() << " and " << bias_shape.text());
      Graph graph;
      Builder builder(graph);
      const NodeId x = builder.input(x_shape);
      const NodeId bias = builder.input(bias_shape);
      const NodeId product = builder.scale(x, 1.5);  // like a layer's product: memory that the next op may take over
      const NodeId y = activate(builder, builder.add(product, bias), activation);
      std::vector<NodeId> kept = differentiate(graph, builder.sum(builder.square(y)), std::vector<NodeId>{x, bias});
      for (const bool keeps_output : {false, true}) {
        if (keeps_output) kept.push_back(y);
        const auto [simple, node_of] = simplify(graph, kept);
        REQUIRE(print(simple).find("bias_activation") != std::string::npos);
        const auto renamed = [&map = node_of](NodeId id) { return map[static_cast<std::size_t>(id)]; };
        std::vector<NodeId> kept_simple(kept.size());
        std::transform(kept.begin(), kept.end(), kept_simple.begin(), renamed);
        Executor before(graph, nullptr, kept);
        Executor after(simple, nullptr, kept_simple);
        CHECK(after.calls().size() < before.calls().size());
        Random random(5, Stream::kInit);
        for (const NodeId input : {x, bias}) {
          const std::span<Real> values = before.input(input);
          for (Real& value : values) value = random.uniform(-12, 12);
          if (input == x) {
            values[0] = kNan;
            values[values.size() / 2] = kInfinity;
            values[values.size() - 1] = -kInfinity;
          }
          std::copy(values.begin(), values.end(), after.input(renamed(input)).begin());
        }
        before.run({});
        after.run({});
        for (std::size_t i = 0; i < kept.size(); ++i) {
          const std::span<const Real> expected = before.value(kept[i]);
          const std::span<const Real> values = after.value(kept_simple[i]);
          REQUIRE(std::equal(values.begin(), values.end(), expected.begin(), expected.end(), [](Real a, Real b) {
            return a == b || (a != a && b != b);  // NaN is equal to nothing
          }));
        }
      }
    }
  }
}
