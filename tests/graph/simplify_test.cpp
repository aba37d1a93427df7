#include "engine/graph/simplify.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/core/random.h"
#include "engine/graph/autodiff.h"
#include "engine/nn/layers.h"
#include "engine/runtime/executor.h"
#include "tests/ops/samples.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// What simplifying makes of the graph that `build` returns the output of.
template <typename Build>
std::string simplified(Build build, const char* before) {
  Graph graph;
  Builder builder(graph);
  const NodeId output = build(builder);
  CHECK(print(graph) == before);
  const Simplified result = simplify(graph, std::vector<NodeId>{output});
  verify(result.graph);
  return print(result.graph);
}

}  // namespace

TEST_CASE("nodes that no output needs are removed, inputs and parameters stay") {
  CHECK(simplified(
            [](Builder& b) {
              const NodeId x = b.input({2});
              const NodeId w = b.parameter("w", {2});
              b.parameter("unused", {3});
              b.input({4});
              b.exp(b.multiply(x, w));
              return b.add(x, w);
            },
            "%0 (2) = input()\n"
            "%1 (2) = parameter(w)\n"
            "%2 (3) = parameter(unused)\n"
            "%3 (4) = input()\n"
            "%4 (2) = multiply(%0, %1)\n"
            "%5 (2) = exp(%4)\n"
            "%6 (2) = add(%0, %1)\n") ==
        "%0 (2) = input()\n"
        "%1 (2) = parameter(w)\n"
        "%2 (3) = parameter(unused)\n"
        "%3 (4) = input()\n"
        "%4 (2) = add(%0, %1)\n");
}

TEST_CASE("ops on constants become a constant where one value holds the result") {
  CHECK(simplified(
            [](Builder& b) {
              const NodeId x = b.input({2, 4});
              const NodeId ones = b.broadcast(b.constant(1), {2, 4});
              const NodeId four = b.sum(ones, {1}, true);
              return b.divide(x, b.add(four, b.sqrt(b.constant(9))));
            },
            "%0 (2, 4) = input()\n"
            "%1 () = constant(1)\n"
            "%2 (2, 4) = broadcast(%1)\n"
            "%3 (2, 1) = sum(%2, axes 1, keep_axes)\n"
            "%4 () = constant(9)\n"
            "%5 () = sqrt(%4)\n"
            "%6 (2, 1) = add(%3, %5)\n"
            "%7 (2, 4) = divide(%0, %6)\n") ==
        "%0 (2, 4) = input()\n"
        "%1 () = constant(7)\n"
        "%2 (2, 4) = divide(%0, %1)\n");
}

TEST_CASE("a result that needs more than one value is no constant") {
  const char* padded =
      "%0 (2) = constant(1)\n"
      "%1 (3) = pad(%0, axis 0, start 0, length 3)\n"
      "%2 (3) = negate(%1)\n";
  CHECK(simplified([](Builder& b) { return b.negate(b.pad(b.constant(1, {2}), 0, 0, 1)); }, padded) == padded);
}

TEST_CASE("an index outside its table is not met while simplifying") {
  const char* outside =
      "%0 (2, 3) = constant(1)\n"
      "%1 () = constant(5)\n"
      "%2 (3) = gather(%0, %1)\n";
  CHECK(simplified(
            [](Builder& b) {
              const NodeId table = b.constant(1, {2, 3});
              return b.gather(table, b.constant(5));
            },
            outside) == outside);
}

TEST_CASE("nodes that compute the same are merged, whichever way round they add") {
  CHECK(simplified(
            [](Builder& b) {
              const NodeId x = b.input({2});
              const NodeId y = b.input({2});
              const NodeId sum = b.add(x, y);
              const NodeId none = b.subtract(sum, b.add(y, x));
              const NodeId difference = b.subtract(x, y);
              return b.add(none, b.subtract(difference, b.subtract(y, x)));
            },
            "%0 (2) = input()\n"
            "%1 (2) = input()\n"
            "%2 (2) = add(%0, %1)\n"
            "%3 (2) = add(%1, %0)\n"
            "%4 (2) = subtract(%2, %3)\n"
            "%5 (2) = subtract(%0, %1)\n"
            "%6 (2) = subtract(%1, %0)\n"
            "%7 (2) = subtract(%5, %6)\n"
            "%8 (2) = add(%4, %7)\n") ==
        "%0 (2) = input()\n"
        "%1 (2) = input()\n"
        "%2 (2) = add(%0, %1)\n"
        "%3 (2) = subtract(%2, %2)\n"
        "%4 (2) = subtract(%0, %1)\n"
        "%5 (2) = subtract(%1, %0)\n"
        "%6 (2) = subtract(%4, %5)\n"
        "%7 (2) = add(%3, %6)\n");
}

TEST_CASE("inputs, parameters and different dropout masks are never merged") {
  Graph graph;
  Builder builder(graph);
  const NodeId inputs = builder.add(builder.input({2}), builder.input({2}));
  const NodeId parameters = builder.add(builder.parameter("a", {2}), builder.parameter("b", {2}));
  const NodeId masks = builder.add(builder.dropout_mask({2}, 0.5, 1), builder.dropout_mask({2}, 0.5, 2));
  const NodeId rates = builder.add(builder.dropout_mask({2}, 0.5, 1), builder.dropout_mask({2}, 0.25, 1));
  const std::vector<NodeId> outputs{inputs, parameters, masks, rates};
  const Simplified result = simplify(graph, outputs);
  for (const NodeId output : outputs) {
    const std::span<const NodeId> operands = inputs_of(result.graph[result.node_of[static_cast<std::size_t>(output)]]);
    CHECK(operands[0] != operands[1]);
  }
  CHECK(result.graph.size() == graph.size() - 1);  // one mask was there twice
}

TEST_CASE("zero and minus zero are two constants") {
  Graph graph;
  Builder builder(graph);
  const NodeId x = builder.input({});
  const NodeId plus = builder.divide(x, builder.constant(0));
  const NodeId minus = builder.divide(x, builder.constant(-0.0));
  const Simplified result = simplify(graph, std::vector<NodeId>{plus, minus});
  CHECK(result.graph.size() == graph.size());
}

TEST_CASE("what repeats an operand is removed") {
  const auto becomes_exp = [](auto rewrite, const char* before) {
    CHECK(simplified([rewrite](Builder& b) { return b.exp(rewrite(b, b.input({2, 3}))); }, before) ==
          "%0 (2, 3) = input()\n"
          "%1 (2, 3) = exp(%0)\n");
  };
  const auto with_constant = [&](Op op, double value, bool first, const std::string& call) {
    const std::string before = "%0 (2, 3) = input()\n%1 () = constant(" + number_text(value) +
                               ")\n%2 (2, 3) = " + std::string(call) + "\n%3 (2, 3) = exp(%2)\n";
    becomes_exp(
        [=](Builder& b, NodeId x) {
          const NodeId c = b.constant(value);
          return first ? b.append(op, {c, x}) : b.append(op, {x, c});
        },
        before.c_str());
  };
  with_constant(Op::kAdd, 0, false, "add(%0, %1)");
  with_constant(Op::kAdd, 0, true, "add(%1, %0)");
  with_constant(Op::kSubtract, 0, false, "subtract(%0, %1)");
  with_constant(Op::kMultiply, 1, false, "multiply(%0, %1)");
  with_constant(Op::kMultiply, 1, true, "multiply(%1, %0)");
  with_constant(Op::kDivide, 1, false, "divide(%0, %1)");
  const auto alone = [&](auto rewrite, const std::string& call) {
    const std::string before = "%0 (2, 3) = input()\n%1 (2, 3) = " + call + "\n%2 (2, 3) = exp(%1)\n";
    becomes_exp(rewrite, before.c_str());
  };
  alone([](Builder& b, NodeId x) { return b.scale(x, 1); }, "scale(%0, 1)");
  alone([](Builder& b, NodeId x) { return b.power(x, 1); }, "power(%0, 1)");
  alone([](Builder& b, NodeId x) { return b.reshape(x, {2, 3}); }, "reshape(%0)");
  alone([](Builder& b, NodeId x) { return b.permute(x, {0, 1}); }, "permute(%0, order 0 1)");
  alone([](Builder& b, NodeId x) { return b.slice(x, 1, 0, 3); }, "slice(%0, axis 1, start 0, length 3)");
  alone([](Builder& b, NodeId x) { return b.pad(x, 1, 0, 0); }, "pad(%0, axis 1, start 0, length 3)");
  becomes_exp([](Builder& b, NodeId x) { return b.negate(b.negate(x)); },
              "%0 (2, 3) = input()\n"
              "%1 (2, 3) = negate(%0)\n"
              "%2 (2, 3) = negate(%1)\n"
              "%3 (2, 3) = exp(%2)\n");
  becomes_exp([](Builder& b, NodeId x) { return b.reshape(b.reshape(b.reshape(x, {6}), {3, 2}), {2, 3}); },
              "%0 (2, 3) = input()\n"
              "%1 (6) = reshape(%0)\n"
              "%2 (3, 2) = reshape(%1)\n"
              "%3 (2, 3) = reshape(%2)\n"
              "%4 (2, 3) = exp(%3)\n");
}

TEST_CASE("a reshape of a reshape is one") {
  CHECK(simplified([](Builder& b) { return b.reshape(b.reshape(b.input({2, 3}), {6}), {3, 2}); },
                   "%0 (2, 3) = input()\n"
                   "%1 (6) = reshape(%0)\n"
                   "%2 (3, 2) = reshape(%1)\n") ==
        "%0 (2, 3) = input()\n"
        "%1 (3, 2) = reshape(%0)\n");
}

TEST_CASE("a product with a constant is a scale, which reads one tensor") {
  CHECK(simplified(
            [](Builder& b) {
              const NodeId half = b.constant(0.5, {2, 3});
              return b.multiply(half, b.input({2, 3}));
            },
            "%0 (2, 3) = constant(0.5)\n"
            "%1 (2, 3) = input()\n"
            "%2 (2, 3) = multiply(%0, %1)\n") ==
        "%0 (2, 3) = input()\n"
        "%1 (2, 3) = scale(%0, 0.5)\n");
}

TEST_CASE("two scales are one where one of them only moves the exponent") {
  const auto scales = [](double first, double second) {
    const std::string before = "%0 (3) = input()\n%1 (3) = scale(%0, " + number_text(first) + ")\n%2 (3) = scale(%1, " +
                               number_text(second) + ")\n";
    return simplified([=](Builder& b) { return b.scale(b.scale(b.input({3}), first), second); }, before.c_str());
  };
  CHECK(scales(0.75, -4) == "%0 (3) = input()\n%1 (3) = scale(%0, -3)\n");
  CHECK(scales(0.5, 3) == "%0 (3) = input()\n%1 (3) = scale(%0, 1.5)\n");
  // Rounded once instead of twice it would be another number.
  CHECK(scales(0.75, 3) == "%0 (3) = input()\n%1 (3) = scale(%0, 0.75)\n%2 (3) = scale(%1, 3)\n");
  CHECK(scales(0.75, 0) == "%0 (3) = input()\n%1 (3) = scale(%0, 0.75)\n%2 (3) = scale(%1, 0)\n");
}

TEST_CASE("sums and means of one element each only change the shape") {
  CHECK(simplified([](Builder& b) { return b.exp(b.sum(b.input({3, 1}), {1})); },
                   "%0 (3, 1) = input()\n%1 (3) = sum(%0, axes 1)\n%2 (3) = exp(%1)\n") ==
        "%0 (3, 1) = input()\n%1 (3) = reshape(%0)\n%2 (3) = exp(%1)\n");
  CHECK(simplified([](Builder& b) { return b.exp(b.mean(b.input({3, 1}), {1}, true)); },
                   "%0 (3, 1) = input()\n%1 (3, 1) = mean(%0, axes 1, keep_axes)\n%2 (3, 1) = exp(%1)\n") ==
        "%0 (3, 1) = input()\n%1 (3, 1) = exp(%0)\n");
}

TEST_CASE("what looks like a no-op but changes the shape or hides NaN stays") {
  const char* grows =
      "%0 (3) = input()\n"
      "%1 (2, 3) = constant(0)\n"
      "%2 (2, 3) = add(%0, %1)\n";
  CHECK(simplified(
            [](Builder& b) {
              const NodeId x = b.input({3});
              return b.add(x, b.constant(0, {2, 3}));
            },
            grows) == grows);
  const char* zeroed =
      "%0 (3) = input()\n"
      "%1 (3) = scale(%0, 0)\n";
  CHECK(simplified([](Builder& b) { return b.scale(b.input({3}), 0); }, zeroed) == zeroed);
}

TEST_CASE("outputs stay nodes of their own") {
  Graph graph;
  Builder builder(graph);
  const NodeId x = builder.input({3});
  const NodeId same = builder.scale(x, 1);  // would become the leaf
  const NodeId a = builder.exp(x);
  const NodeId b = builder.exp(x);  // would become a
  const NodeId c = builder.negate(builder.constant(2, {3}));
  const std::vector<NodeId> outputs{same, a, b, c, a};
  const auto [simple, node_of] = simplify(graph, outputs);
  verify(simple);
  CHECK(print(simple) ==
        "%0 (3) = input()\n"
        "%1 (3) = exp(%0)\n"
        "%2 (3) = constant(-2)\n"
        "%3 (3) = reshape(%0)\n"
        "%4 (3) = reshape(%1)\n"
        "%5 (3) = reshape(%2)\n");
  const std::vector<NodeId> expected{0, 3, 1, 4, kNoNode, 5};
  CHECK(node_of == expected);
}

TEST_CASE("every op and its gradients give the same numbers after simplifying") {
  for (const OpSample& sample : op_samples()) {
    INFO(sample.sample.name);
    Graph graph;
    Builder builder(graph);
    std::vector<NodeId> inputs;
    for (const Shape& shape : sample.sample.inputs) inputs.push_back(builder.input(shape));
    const std::vector<NodeId> wrt = inputs;
    for (const Shape& shape : sample.sample.distributions) inputs.push_back(builder.input(shape));
    for (const WholeNumbers& numbers : sample.sample.whole_numbers) inputs.push_back(builder.input(numbers.shape));
    const NodeId output = sample.sample.build(builder, inputs);
    std::vector<NodeId> kept = differentiate(graph, builder.mean(builder.square(output)), wrt);
    kept.push_back(output);
    kept.insert(kept.end(), inputs.begin(), inputs.end());
    const auto [simple, node_of] = simplify(graph, kept);
    verify(simple);
    CHECK(simple.size() < graph.size());
    const auto renamed = [&map = node_of](NodeId id) { return map[static_cast<std::size_t>(id)]; };
    std::vector<NodeId> kept_simple;
    for (const NodeId id : kept) kept_simple.push_back(renamed(id));

    Executor before(graph, nullptr, kept);
    Executor after(simple, nullptr, kept_simple);
    Random random(7, Stream::kInit);
    fill_inputs(sample.sample, inputs, before, random);
    for (const NodeId input : inputs) {
      const std::span<const Real> values = before.value(input);
      std::copy(values.begin(), values.end(), after.input(renamed(input)).begin());
    }
    before.run({});
    after.run({});
    for (std::size_t i = 0; i < kept.size(); ++i) {
      const std::span<const Real> expected = before.value(kept[i]);
      const std::span<const Real> values = after.value(kept_simple[i]);
      REQUIRE(values.size() == expected.size());
      for (std::size_t k = 0; k < values.size(); ++k) {
        REQUIRE(std::isfinite(expected[k]));  // two NaN would agree whatever they were made from
        CHECK(values[k] == expected[k]);
      }
    }
  }
}

TEST_CASE("a network with norms and dropout trains on the same gradients after simplifying") {
  Graph graph;
  Builder builder(graph);
  const NodeId x = builder.input({5, 4});
  NodeId h = dense(builder, x, 6, "hidden");
  h = layer_norm(builder, h, builder.parameter("gain", {6}), builder.parameter("bias", {6}));
  h = dropout(builder, builder.gelu(h), 0.3, 1);
  const NodeId loss = builder.mean(builder.square(dense(builder, h, 2, "output")));
  std::vector<NodeId> wrt;
  for (const Parameter& parameter : graph.parameters) wrt.push_back(parameter.node);
  std::vector<NodeId> kept = differentiate(graph, loss, wrt);
  kept.push_back(loss);
  const auto [simple, node_of] = simplify(graph, kept);
  verify(simple);
  CHECK(simple.size() < graph.size());
  CHECK(simple.parameter_count == graph.parameter_count);

  std::vector<Real> parameters(static_cast<std::size_t>(graph.parameter_count));
  Random random(3, Stream::kInit);
  for (Real& value : parameters) value = random.uniform(-1, 1);
  std::vector<NodeId> kept_simple;
  for (const NodeId id : kept) kept_simple.push_back(node_of[static_cast<std::size_t>(id)]);
  Executor before(graph, parameters.data(), kept);
  Executor after(simple, parameters.data(), kept_simple);
  CHECK(after.calls().size() < before.calls().size());
  for (Real& value : before.input(x)) value = random.uniform(-1, 1);
  std::copy(before.value(x).begin(), before.value(x).end(), after.input(node_of[static_cast<std::size_t>(x)]).begin());
  before.run({.seed = 2, .step = 4});
  after.run({.seed = 2, .step = 4});
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const std::span<const Real> expected = before.value(kept[i]);
    const std::span<const Real> values = after.value(kept_simple[i]);
    CHECK(std::equal(values.begin(), values.end(), expected.begin(), expected.end()));
  }
}
