// One or more sample graphs for every op that has a gradient: the gradient tests and the tests of the table walk these.
#pragma once

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/graph/op.h"
#include "tests/support/gradient_check.h"

namespace athanor::testing {

struct OpSample {
  Op op = Op::kInput;  // the last op that `sample` builds
  Sample sample;
};

/// Builds a sample in a graph: its last op.
[[nodiscard]] inline NodeId built(const OpSample& op_sample, Graph& graph) {
  const Sample& sample = op_sample.sample;
  Builder builder(graph);
  std::vector<NodeId> inputs;
  for (const Shape& shape : sample.inputs) inputs.push_back(builder.input(shape));
  for (const Shape& shape : sample.distributions) inputs.push_back(builder.input(shape));
  for (const WholeNumbers& numbers : sample.whole_numbers) inputs.push_back(builder.input(numbers.shape));
  return sample.build(builder, inputs);
}

/// All of them.
[[nodiscard]] const std::vector<OpSample>& op_samples();

// By family.
void add_elementwise_samples(std::vector<OpSample>& samples);
void add_math_samples(std::vector<OpSample>& samples);
void add_activation_samples(std::vector<OpSample>& samples);
void add_matmul_samples(std::vector<OpSample>& samples);
void add_convolution_samples(std::vector<OpSample>& samples);
void add_attention_samples(std::vector<OpSample>& samples);
void add_reduce_samples(std::vector<OpSample>& samples);
void add_movement_samples(std::vector<OpSample>& samples);
void add_loss_samples(std::vector<OpSample>& samples);

using Nodes = std::vector<NodeId>;

/// Shapes that find mistakes: a number, a single element, odd sizes, axes of size 1, up to four axes.
inline std::vector<Shape> telling_shapes() { return {{}, {1}, {7}, {3, 4}, {1, 5}, {2, 1, 3}, {2, 3, 1, 5}}; }

/// One sample per telling shape of an op with one input.
template <typename Build>
void add_unary(std::vector<OpSample>& samples, Op op, const std::string& name, Build build, Real range = 1) {
  for (const Shape& shape : telling_shapes()) {
    samples.push_back({op,
                       {.name = name + " of " + shape.text(),
                        .inputs = {shape},
                        .build = [build](Builder& graph, const Nodes& x) { return build(graph, x[0]); },
                        .range = range}});
  }
}

/// One sample per telling shape of an op with two inputs of one shape.
template <typename Build>
void add_pairwise(std::vector<OpSample>& samples, Op op, const std::string& name, Build build, Real range = 1) {
  for (const Shape& shape : telling_shapes()) {
    samples.push_back({op,
                       {.name = name + " of " + shape.text(),
                        .inputs = {shape, shape},
                        .build = [build](Builder& graph, const Nodes& x) { return build(graph, x[0], x[1]); },
                        .range = range}});
  }
}

/// One sample per way in which two shapes broadcast.
template <typename Build>
void add_broadcasting(std::vector<OpSample>& samples, Op op, const std::string& name, Build build) {
  const std::vector<std::pair<Shape, Shape>> pairs{{{3, 4}, {3, 4}},         {{3, 4}, {4}}, {{4}, {3, 4}},
                                                   {{3, 4}, {3, 1}},         {{3, 4}, {}},  {{3, 1}, {1, 4}},
                                                   {{2, 1, 3, 2}, {4, 1, 2}}};
  for (const auto& [a, b] : pairs) {
    samples.push_back({op,
                       {.name = name + " of " + a.text() + " and " + b.text(),
                        .inputs = {a, b},
                        .build = [build](Builder& graph, const Nodes& x) { return build(graph, x[0], x[1]); }}});
  }
}

}  // namespace athanor::testing
