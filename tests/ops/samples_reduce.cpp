// Samples of reductions: all axes, the first, the middle, the last, several; dropped and kept.
#include "tests/ops/samples.h"

namespace athanor::testing {
namespace {

struct Reduction {
  Shape shape;
  std::uint8_t axes;
  bool keep;
};

std::vector<Reduction> reductions() {
  return {{{3, 4}, 0b11, false},        {{3, 4}, 0b01, false},         {{3, 4}, 0b10, true}, {{2, 3, 4}, 0b010, false},
          {{2, 3, 1, 5}, 0b1010, true}, {{2, 3, 2, 2}, 0b0101, false}, {{7}, 0b1, true}};
}

}  // namespace

void add_reduce_samples(std::vector<OpSample>& samples) {
  for (const auto& [op, name] : std::initializer_list<std::pair<Op, const char*>>{
           {Op::kSum, "sum"}, {Op::kMean, "mean"}, {Op::kMax, "max"}, {Op::kMin, "min"}}) {
    std::vector<Reduction> cases = reductions();
    cases.push_back({{}, 0, false});
    cases.push_back({{1}, 0b1, false});
    cases.push_back({{2, 1, 3}, 0b010, false});
    for (const auto& [shape, axes, keep] : cases) {
      samples.push_back(
          {op,
           {.name = std::string(name) + " of " + shape.text() + " over " + std::to_string(axes),
            .inputs = {shape},
            .build = [op, attributes = Attributes{.axes = axes, .keep_axes = keep}](Builder& graph, const Nodes& x) {
              return graph.append(op, {x[0]}, attributes);
            }}});
    }
  }
  for (const bool unbiased : {false, true}) {
    const Op last = unbiased ? Op::kScale : Op::kMean;
    const std::string name = unbiased ? "unbiased variance" : "variance";
    samples.push_back({last, {.name = name, .inputs = {{3, 4}}, .build = [=](Builder& graph, const Nodes& x) {
                                return graph.variance(x[0], {}, false, unbiased);
                              }}});
    samples.push_back(
        {last, {.name = name + " of rows", .inputs = {{2, 3, 4}}, .build = [=](Builder& graph, const Nodes& x) {
                  return graph.variance(x[0], {2}, true, unbiased);
                }}});
    samples.push_back(
        {last, {.name = name + " of columns", .inputs = {{5, 1, 2}}, .build = [=](Builder& graph, const Nodes& x) {
                  return graph.variance(x[0], {0, 1}, false, unbiased);
                }}});
  }
}

}  // namespace athanor::testing
