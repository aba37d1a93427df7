// Samples of activations.
#include "engine/graph/op_row.h"
#include "tests/ops/samples.h"

namespace athanor::testing {
namespace {

/// Softmax of a single value is flat, so its shapes have more than one along the last axis.
void add_along_rows(std::vector<OpSample>& samples, Op op, const std::string& name) {
  for (const Shape& shape : std::vector<Shape>{{7}, {3, 4}, {1, 5}, {2, 1, 3}, {2, 3, 1, 5}}) {
    samples.push_back({op,
                       {.name = name + " of " + shape.text(),
                        .inputs = {shape},
                        .build = [op](Builder& graph, const Nodes& x) { return graph.append(op, {x[0]}); },
                        .range = 3}});
  }
}

void add_bias_activation(std::vector<OpSample>& samples, Op activation, double value) {
  const std::vector<std::pair<Shape, Shape>> pairs{
      {{3, 4}, {4}}, {{1, 5}, {5}}, {{2, 1, 3}, {3}}, {{2, 3, 1, 5}, {1, 5}},
      {{7}, {7}},    {{7}, {}},     {{}, {}},         {{40, 3}, {3}}};
  for (const auto& [x, bias] : pairs) {
    samples.push_back({Op::kBiasActivation,
                       {.name = "bias_activation of " + x.text() + " and " + bias.text() + " with " +
                                std::string(row(activation).name),
                        .inputs = {x, bias},
                        .build =
                            [activation, value](Builder& graph, const Nodes& in) {
                              return graph.bias_activation(in[0], in[1], activation, value);
                            },
                        .range = 2}});
  }
}

}  // namespace

void add_activation_samples(std::vector<OpSample>& samples) {
  const auto plain = [](Op op, const Attributes& attributes = {}) {
    return [=](Builder& graph, NodeId x) { return graph.append(op, {x}, attributes); };
  };
  const auto grad = [](Op op, const Attributes& attributes = {}) {
    return [=](Builder& graph, NodeId x, NodeId dy) { return graph.append(op, {x, dy}, attributes); };
  };
  add_unary(samples, Op::kSigmoid, "sigmoid", plain(Op::kSigmoid), 3);
  add_pairwise(samples, Op::kSigmoidGrad, "sigmoid_grad", grad(Op::kSigmoidGrad));
  add_unary(samples, Op::kTanh, "tanh", plain(Op::kTanh), 3);
  add_pairwise(samples, Op::kTanhGrad, "tanh_grad", grad(Op::kTanhGrad));
  add_unary(samples, Op::kRelu, "relu", plain(Op::kRelu));
  add_pairwise(samples, Op::kReluGrad, "relu_grad", grad(Op::kReluGrad));
  for (const double slope : {0.01, -0.2}) {
    const Attributes attributes{.value = slope};
    add_unary(samples, Op::kLeakyRelu, "leaky_relu", plain(Op::kLeakyRelu, attributes));
    add_pairwise(samples, Op::kLeakyReluGrad, "leaky_relu_grad", grad(Op::kLeakyReluGrad, attributes));
  }
  add_unary(samples, Op::kElu, "elu", plain(Op::kElu, {.value = 1}), 3);
  add_unary(samples, Op::kElu, "elu, alpha 0.7", plain(Op::kElu, {.value = 0.7}), 3);
  add_pairwise(samples, Op::kEluGrad, "elu_grad", grad(Op::kEluGrad, {.value = 1.5}));
  add_unary(samples, Op::kScale, "selu", [](Builder& graph, NodeId x) { return graph.selu(x); }, 3);
  add_unary(samples, Op::kClip, "hard_tanh", [](Builder& graph, NodeId x) { return graph.hard_tanh(x); }, 2);
  add_unary(samples, Op::kHardSigmoid, "hard_sigmoid", plain(Op::kHardSigmoid), 5);
  add_unary(samples, Op::kHardSwish, "hard_swish", plain(Op::kHardSwish), 5);
  add_unary(samples, Op::kGelu, "gelu", plain(Op::kGelu), 3);
  add_pairwise(samples, Op::kGeluGrad, "gelu_grad", grad(Op::kGeluGrad), 3);
  add_unary(samples, Op::kGeluTanh, "gelu_tanh", plain(Op::kGeluTanh), 3);
  add_pairwise(samples, Op::kGeluTanhGrad, "gelu_tanh_grad", grad(Op::kGeluTanhGrad), 3);
  add_unary(samples, Op::kSilu, "silu", plain(Op::kSilu), 4);
  add_pairwise(samples, Op::kSiluGrad, "silu_grad", grad(Op::kSiluGrad), 4);
  add_unary(samples, Op::kSoftplus, "softplus", plain(Op::kSoftplus), 5);
  add_unary(samples, Op::kSoftsign, "softsign", plain(Op::kSoftsign), 5);
  for (const auto& [activation, value] : std::initializer_list<std::pair<Op, double>>{
           {Op::kRelu, 0}, {Op::kLeakyRelu, 0.2}, {Op::kElu, 0.7}, {Op::kSigmoid, 0}, {Op::kTanh, 0}}) {
    add_bias_activation(samples, activation, value);
  }
  add_along_rows(samples, Op::kSoftmax, "softmax");
  add_along_rows(samples, Op::kLogSoftmax, "log_softmax");
}

}  // namespace athanor::testing
