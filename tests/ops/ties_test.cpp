// Where an op has no derivative it has a convention, PyTorch's: what is equal shares the gradient.
#include <catch2/catch_test_macros.hpp>

#include "engine/graph/autodiff.h"
#include "engine/graph/builder.h"
#include "engine/runtime/executor.h"

using namespace athanor;

namespace {

/// The gradient of sum(f(x)) towards x at the values given.
template <typename F>
std::vector<double> gradient_at(const std::vector<Real>& values, F f) {
  Graph graph;
  Builder builder(graph);
  const NodeId x = builder.input({static_cast<Index>(values.size())});
  const NodeId loss = builder.sum(f(builder, x));
  std::vector<NodeId> kept = differentiate(graph, loss, std::vector<NodeId>{x});
  kept.push_back(x);  // a flat op's gradient does not read it
  Executor executor(graph, nullptr, kept);
  std::copy(values.begin(), values.end(), executor.input(x).begin());
  executor.run({});
  const std::span<const Real> result = executor.value(kept[0]);
  return {result.begin(), result.end()};
}

using Gradient = std::vector<double>;

}  // namespace

TEST_CASE("equal extremes share the gradient") {
  CHECK(gradient_at({1, 3, 3, 2}, [](Builder& b, NodeId x) { return b.max(x); }) == Gradient{0, 0.5, 0.5, 0});
  CHECK(gradient_at({4, 4, 4, 4}, [](Builder& b, NodeId x) { return b.min(x); }) == Gradient{0.25, 0.25, 0.25, 0.25});
}

TEST_CASE("equal operands of maximum and minimum share the gradient") {
  const auto with_two = [](auto choose) {
    return [choose](Builder& b, NodeId x) { return choose(b, x, b.constant(2)); };
  };
  CHECK(gradient_at({1, 2, 3}, with_two([](Builder& b, NodeId x, NodeId y) { return b.maximum(x, y); })) ==
        Gradient{0, 0.5, 1});
  CHECK(gradient_at({1, 2, 3}, with_two([](Builder& b, NodeId x, NodeId y) { return b.minimum(y, x); })) ==
        Gradient{1, 0.5, 0});
}

TEST_CASE("the ends of clip pass the gradient, zero has no sign") {
  CHECK(gradient_at({-2, -1, 0, 1, 2}, [](Builder& b, NodeId x) { return b.clip(x, -1, 1); }) ==
        Gradient{0, 1, 1, 1, 0});
  CHECK(gradient_at({-2, 0, 2}, [](Builder& b, NodeId x) { return b.abs(x); }) == Gradient{-1, 0, 1});
}

TEST_CASE("powers 0 and 1 have a gradient at 0") {
  CHECK(gradient_at({0, 2}, [](Builder& b, NodeId x) { return b.power(x, 0); }) == Gradient{0, 0});
  CHECK(gradient_at({0, 2}, [](Builder& b, NodeId x) { return b.power(x, 1); }) == Gradient{1, 1});
  CHECK(gradient_at({0, 2}, [](Builder& b, NodeId x) { return b.power(x, 2); }) == Gradient{0, 4});
}
