#include "tests/ops/samples.h"

namespace athanor::testing {
namespace {

Sample binary(std::string name, Op op, Shape a, Shape b, Real away_from_zero = 0) {
  return {.name = std::move(name),
          .inputs = {a, b},
          .build = [op](Builder& graph, const Nodes& x) { return graph.append(op, {x[0], x[1]}); },
          .keep_away_from_zero = away_from_zero};
}

}  // namespace

void add_network_samples(std::vector<OpSample>& samples) {
  samples.push_back({Op::kSquaredError, binary("squared_error", Op::kSquaredError, {3, 4}, {3, 4})});
  samples.push_back({Op::kSigmoidCrossEntropy,
                     {.name = "sigmoid_cross_entropy",
                      .inputs = {{3, 4}},
                      .build = [](Builder& graph, const Nodes& x) { return graph.sigmoid_cross_entropy(x[0], x[1]); },
                      .range = 4,
                      .distributions = {{3, 4}}}});
  samples.push_back({Op::kSoftmaxCrossEntropy,
                     {.name = "softmax_cross_entropy",
                      .inputs = {{3, 4}},
                      .build = [](Builder& graph, const Nodes& x) { return graph.softmax_cross_entropy(x[0], x[1]); },
                      .range = 4,
                      .distributions = {{3, 4}}}});
}

}  // namespace athanor::testing
