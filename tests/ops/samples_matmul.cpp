// Samples of matrix products, with every way of storing the operands.
#include "tests/ops/samples.h"

namespace athanor::testing {
namespace {

/// Swaps the two axes of the matrix.
Shape transposed(Shape shape) {
  std::swap(shape[shape.rank - 2], shape[shape.rank - 1]);
  return shape;
}

}  // namespace

void add_matmul_samples(std::vector<OpSample>& samples) {
  const std::vector<std::pair<Shape, Shape>> pairs{
      {{3, 5}, {5, 2}},
      {{1, 1}, {1, 1}},
      {{9, 17}, {17, 11}},
      {{3, 4}, {4, 1}},
      {{2, 3, 4}, {2, 4, 5}},
      {{2, 3, 4}, {4, 5}},
      {{3, 4}, {2, 4, 5}},
      {{1, 3, 4}, {3, 4, 1}},
      {{2, 3, 1, 4}, {2, 3, 4, 2}},
      {{2, 1, 3, 4}, {1, 3, 4, 2}},
      {{2, 2, 3, 4}, {4, 3}},
      {{3, 2, 4}, {2, 1, 4, 3}},
  };
  for (const auto& [a, b] : pairs) {
    for (const bool transpose_a : {false, true}) {
      for (const bool transpose_b : {false, true}) {
        const Shape stored_a = transpose_a ? transposed(a) : a;
        const Shape stored_b = transpose_b ? transposed(b) : b;
        if (b.rank == 2 && (a.rank == 2 || !transpose_a)) {
          samples.push_back({Op::kLinear,
                             {.name = "linear of " + stored_a.text() + " and " + stored_b.text(),
                              .inputs = {stored_a, stored_b, {b[1]}},
                              .build = [=](Builder& graph, const Nodes& x) {
                                return graph.linear(x[0], x[1], x[2], transpose_a, transpose_b);
                              }}});
        }
        samples.push_back({Op::kMatmul,
                           {.name = "matmul of " + stored_a.text() + " and " + stored_b.text(),
                            .inputs = {stored_a, stored_b},
                            .build = [=](Builder& graph, const Nodes& x) {
                              return graph.matmul(x[0], x[1], transpose_a, transpose_b);
                            }}});
      }
    }
  }
}

}  // namespace athanor::testing
