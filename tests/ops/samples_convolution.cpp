// Samples of convolutions and pooling: strides, padding, holes, groups, patches longer than fit at once.
#include "tests/ops/samples.h"

namespace athanor::testing {
namespace {

struct ConvolutionCase {
  Shape x;
  Shape filters;
  Window window;
};

std::vector<ConvolutionCase> convolutions() {
  const WindowAxis same{.before = 1, .after = 1};
  return {
      {{1, 3, 3, 1}, {2, 2, 1, 1}, {}},
      {{2, 4, 5, 3}, {3, 2, 3, 4}, {}},
      {{2, 4, 4, 2}, {3, 3, 2, 3}, {.rows = same, .columns = same}},
      {{1, 5, 6, 2}, {2, 3, 2, 2}, {.rows = {.stride = 2}, .columns = {.stride = 2, .before = 1, .after = 1}}},
      {{1, 7, 7, 1}, {3, 3, 1, 2}, {.rows = {.dilation = 2}, .columns = {.dilation = 3, .before = 2, .after = 1}}},
      {{1, 4, 4, 4}, {2, 2, 2, 6}, {.groups = 2}},
      {{1, 4, 3, 3}, {3, 3, 1, 3}, {.rows = same, .columns = same, .groups = 3}},
      {{2, 1, 8, 2}, {1, 3, 2, 3}, {.columns = {.stride = 3}}},
      {{2, 3, 2, 3}, {1, 1, 3, 4}, {}},
      {{1, 8, 3, 1}, {3, 1, 1, 2}, {.rows = {.stride = 3, .before = 2}}},
  };
}

std::vector<std::pair<Shape, Window>> pools() {
  return {
      {{1, 4, 4, 1}, {.rows = {.size = 2, .stride = 2}, .columns = {.size = 2, .stride = 2}}},
      {{2, 3, 5, 5}, {.rows = {.size = 2}, .columns = {.size = 3, .stride = 2}}},
      {{1, 5, 5, 2},
       {.rows = {.size = 3, .stride = 2, .before = 1, .after = 1}, .columns = {.size = 2, .dilation = 2, .after = 1}}},
      {{1, 1, 7, 3}, {.columns = {.size = 3, .stride = 1, .before = 1, .after = 1}}},
      {{2, 2, 2, 4}, {.rows = {.size = 2}, .columns = {.size = 2}}},
      {{1, 3, 3, 2}, {}},
      {{2, 5, 7, 6}, {.rows = {.size = 2, .stride = 2}, .columns = {.size = 2, .stride = 2}}},
      {{1, 6, 4, 1}, {.rows = {.size = 4, .stride = 3, .before = 1}, .columns = {.size = 2, .stride = 3}}},
  };
}

template <typename Build>
void add(std::vector<OpSample>& samples, Op op, const std::string& name, const std::vector<Shape>& inputs,
         Build build) {
  std::string full = name;
  for (const Shape& shape : inputs) full += " " + shape.text();
  samples.push_back({op, {.name = full, .inputs = inputs, .build = build}});
}

}  // namespace

void add_convolution_samples(std::vector<OpSample>& samples) {
  for (const auto& [x, filters, given] : convolutions()) {
    Graph graph;  // for the shape of the outputs and the window as it moves over x
    Builder probe(graph);
    const NodeId made = probe.convolution(probe.input(x), probe.input(filters), given);
    const Shape y = probe.shape(made);
    const Window window = graph[made].attributes.window;
    add(samples, Op::kConvolution, "convolution", {x, filters},
        [=](Builder& b, const Nodes& n) { return b.convolution(n[0], n[1], window); });
    add(samples, Op::kTransposedConvolution, "transposed_convolution", {y, filters},
        [=](Builder& b, const Nodes& n) { return b.transposed_convolution(n[0], n[1], window); });
    add(samples, Op::kConvolutionWeightGrad, "convolution_weight_grad", {x, y}, [=](Builder& b, const Nodes& n) {
      return b.append(Op::kConvolutionWeightGrad, {n[0], n[1]}, {.window = window});
    });
  }
  for (const auto& [x, given] : pools()) {
    Graph graph;
    Builder probe(graph);
    const NodeId made = probe.max_pool(probe.input(x), given);
    const Shape y = probe.shape(made);
    const Window window = graph[made].attributes.window;
    add(samples, Op::kMaxPool, "max_pool", {x}, [=](Builder& b, const Nodes& n) { return b.max_pool(n[0], window); });
    add(samples, Op::kMaxPoolGrad, "max_pool_grad", {x, y},
        [=](Builder& b, const Nodes& n) { return b.append(Op::kMaxPoolGrad, {n[0], n[1]}, {.window = window}); });
    add(samples, Op::kMaxPoolPick, "max_pool_pick", {x, x},
        [=](Builder& b, const Nodes& n) { return b.append(Op::kMaxPoolPick, {n[0], n[1]}, {.window = window}); });
    add(samples, Op::kAveragePool, "average_pool", {x},
        [=](Builder& b, const Nodes& n) { return b.average_pool(n[0], window); });
    add(samples, Op::kAveragePoolGrad, "average_pool_grad", {y},
        [=](Builder& b, const Nodes& n) { return b.append(Op::kAveragePoolGrad, {n[0]}, {.window = window}); });
  }
}

}  // namespace athanor::testing
