#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/graph/builder.h"
#include "engine/graph/op_row.h"
#include "engine/runtime/executor.h"
#include "tests/support/goldens.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

Op op_named(const std::string& name) {
  for (int i = 0; i < kOpCount; ++i) {
    if (row(static_cast<Op>(i)).name == name) return static_cast<Op>(i);
  }
  FAIL("no op is called " << name);
  return Op::kInput;
}

/// Either axis as [size, stride, dilation, before, after], and the groups.
Window golden_window(const Json& golden) {
  const auto axis = [](const Json& numbers) {
    return WindowAxis{
        .size = numbers[0], .stride = numbers[1], .dilation = numbers[2], .before = numbers[3], .after = numbers[4]};
  };
  return {.rows = axis(golden.at("rows")), .columns = axis(golden.at("columns")), .groups = golden.at("groups")};
}

NodeId append(Builder& builder, const Json& golden, const std::vector<NodeId>& inputs) {
  const std::string name = golden.at("op");
  if (name == "selu") return builder.selu(inputs[0]);
  if (name == "hard_tanh") return builder.hard_tanh(inputs[0]);
  if (name == "variance") {  // over the last axis
    const int last = builder.shape(inputs[0]).rank - 1;
    return builder.variance(inputs[0], {last}, golden.at("keep_axes"), golden.at("unbiased"));
  }
  const Op op = op_named(name);
  if (op == Op::kBroadcast) return builder.broadcast(inputs[0], golden_shape(golden.at("output")));
  if (op == Op::kReshape) return builder.reshape(inputs[0], golden_shape(golden.at("output")));
  Attributes attributes{.value = golden.value("value", 0.0),
                        .limit = golden.value("limit", 0.0),
                        .keep_axes = golden.value("keep_axes", false),
                        .transpose_a = golden.value("transpose_a", false),
                        .transpose_b = golden.value("transpose_b", false),
                        .causal = golden.value("causal", false),
                        .axis = golden.value("axis", std::uint8_t{0}),
                        .start = golden.value("start", Index{0}),
                        .length = golden.value("length", Index{0})};
  if (golden.contains("window")) attributes.window = golden_window(golden.at("window"));
  if (golden.contains("activation")) attributes.activation = op_named(golden.at("activation"));
  if (golden.contains("order")) {
    std::size_t position = 0;
    for (const Json& axis : golden.at("order")) attributes.order[position++] = axis.get<std::uint8_t>();
  }
  if (golden.contains("axes")) {
    for (const Json& axis : golden.at("axes")) attributes.axes |= static_cast<std::uint8_t>(1U << axis.get<unsigned>());
  }
  if (inputs.size() == 1) return builder.append(op, {inputs[0]}, attributes);
  if (inputs.size() == 2) return builder.append(op, {inputs[0], inputs[1]}, attributes);
  return builder.append(op, {inputs[0], inputs[1], inputs[2]}, attributes);
}

bool agrees(double value, double expected, double relative, double absolute) {
  if (std::isnan(expected)) return std::isnan(value);
  if (std::isinf(expected)) return value == expected;
  return close(value, expected, relative, absolute);
}

}  // namespace

TEST_CASE("every op gives the values of PyTorch") {
  const bool is_double = sizeof(Real) == 8;
  const Json goldens = read_golden("torch_ops.json");
  std::vector<bool> seen(kOpCount, false);
  for (const Json& golden : goldens.at("ops")) {
    Graph graph;
    Builder builder(graph);
    std::vector<NodeId> inputs;
    for (const Json& input : golden.at("inputs")) inputs.push_back(builder.input(golden_shape(input)));
    const NodeId output = append(builder, golden, inputs);
    const Op op = graph[output].op;  // some names stand for several ops
    seen[static_cast<std::size_t>(op)] = true;
    INFO(print(graph));
    REQUIRE(builder.shape(output) == golden_shape(golden.at("output")));
    const std::array<NodeId, 1> kept{output};
    Executor executor(graph, nullptr, kept);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const std::vector<double> values = golden_values(golden.at("inputs")[i].at("values"));
      std::transform(values.begin(), values.end(), executor.input(inputs[i]).begin(),
                     [](double x) { return static_cast<Real>(x); });
    }
    executor.run({});
    const std::vector<double> expected = golden_values(golden.at("output").at("values"));
    const bool convolves =
        op == Op::kConvolution || op == Op::kTransposedConvolution || op == Op::kConvolutionWeightGrad;
    const bool sums = convolves || op == Op::kMatmul || op == Op::kLinear || op == Op::kSum || op == Op::kMean ||
                      golden.at("op") == "variance";
    // In float, the tolerances of torch.testing.assert_close for what is computed value by value; sums of many terms
    // may round once per term, hence a larger share of their size.
    const double relative = is_double ? 1e-12 : (sums ? 1e-4 : 1.3e-6);
    const double absolute = is_double ? 1e-12 : 1e-5;
    for (std::size_t k = 0; k < expected.size(); ++k) {
      INFO("element " << k << ": " << executor.value(output)[k] << " for " << expected[k]);
      REQUIRE(agrees(static_cast<double>(executor.value(output)[k]), expected[k], relative, absolute));
    }
  }
  for (int i = 0; i < kOpCount; ++i) {
    const Op op = static_cast<Op>(i);
    const bool has_no_values = row(op).arity == 0;
    INFO(row(op).name);
    CHECK((seen[static_cast<std::size_t>(i)] || has_no_values));
  }
}
