#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "engine/graph/autodiff.h"
#include "engine/nn/layers.h"
#include "engine/nn/losses.h"
#include "engine/runtime/executor.h"
#include "tests/support/goldens.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

using Nodes = std::vector<NodeId>;

Nodes build(Builder& graph, const Json& golden, const Nodes& x) {
  const std::string layer = golden.at("layer");
  const double epsilon = golden.value("epsilon", 0.0);
  if (layer == "layer_norm") return {layer_norm(graph, x[0], x[1], x[2], epsilon)};
  if (layer == "rms_norm") return {rms_norm(graph, x[0], x[1], epsilon)};
  if (layer == "group_norm") return {group_norm(graph, x[0], golden.at("groups"), x[1], x[2], epsilon)};
  if (layer == "batch_norm_inference") return {batch_norm_inference(graph, x[0], x[1], x[2], x[3], x[4], epsilon)};
  if (layer == "batch_norm_training") {
    const auto [output, mean, variance] = batch_norm_training(graph, x[0], x[1], x[2], epsilon);
    return {output, mean, variance};
  }
  REQUIRE(layer == "cross_entropy");
  const NodeId weights = x.size() > 2 ? x[2] : kNoNode;
  return {
      softmax_cross_entropy(graph, x[0], x[1], {.label_smoothing = golden.at("smoothing"), .class_weights = weights})};
}

void fill(Executor& executor, NodeId node, const Json& tensor) {
  const auto values = tensor.at("values").get<std::vector<double>>();
  std::transform(values.begin(), values.end(), executor.input(node).begin(),
                 [](double value) { return static_cast<Real>(value); });
}

void compare(std::span<const Real> values, const Json& tensor) {
  const double relative = sizeof(Real) == 8 ? 1e-11 : 1e-4;
  const double absolute = sizeof(Real) == 8 ? 1e-11 : 1e-5;
  const auto expected = tensor.at("values").get<std::vector<double>>();
  REQUIRE(values.size() == expected.size());
  for (std::size_t k = 0; k < expected.size(); ++k) {
    INFO("element " << k << ": " << values[k] << " for " << expected[k]);
    CHECK(close(static_cast<double>(values[k]), expected[k], relative, absolute));
  }
}

}  // namespace

TEST_CASE("composed layers and losses give the values and gradients of PyTorch") {
  const Json goldens = read_golden("torch_layers.json");
  for (const Json& golden : goldens.at("layers")) {
    Graph graph;
    Builder builder(graph);
    Nodes inputs;
    for (const Json& input : golden.at("inputs")) inputs.push_back(builder.input(golden_shape(input)));
    const Nodes outputs = build(builder, golden, inputs);
    const NodeId weights = builder.input(builder.shape(outputs[0]));
    const NodeId loss = builder.sum(builder.multiply(outputs[0], weights));
    const std::size_t count = golden.at("gradients").size();
    const Nodes gradients =
        differentiate(graph, loss, Nodes(inputs.begin(), inputs.begin() + static_cast<std::ptrdiff_t>(count)));
    Nodes kept = outputs;
    kept.insert(kept.end(), gradients.begin(), gradients.end());
    verify(graph);
    Executor executor(graph, nullptr, kept);
    for (std::size_t k = 0; k < inputs.size(); ++k) fill(executor, inputs[k], golden.at("inputs")[k]);
    fill(executor, weights, golden.at("weights"));
    executor.run({});
    INFO(golden.at("layer") << " of " << golden_shape(golden.at("inputs")[0]).text());
    for (std::size_t k = 0; k < outputs.size(); ++k) {
      REQUIRE(builder.shape(outputs[k]) == golden_shape(golden.at("outputs")[k]));
      compare(executor.value(outputs[k]), golden.at("outputs")[k]);
    }
    for (std::size_t k = 0; k < count; ++k) compare(executor.value(gradients[k]), golden.at("gradients")[k]);
  }
}
