// Where an op has no derivative it has a convention, PyTorch's: what is equal shares the gradient.
#include <catch2/catch_test_macros.hpp>
#include <functional>

#include "engine/graph/autodiff.h"
#include "engine/graph/builder.h"
#include "engine/runtime/executor.h"
#include "tests/support/kinks.h"

using namespace athanor;
using namespace athanor::testing;

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
using Function = std::function<NodeId(Builder&, NodeId)>;

/// How far the values are from the nearest kink of f and of its gradient.
double kink_distance(const std::vector<Real>& values, const Function& f) {
  Graph graph;
  Builder builder(graph);
  const NodeId x = builder.input({static_cast<Index>(values.size())});
  const NodeId loss = builder.sum(f(builder, x));
  std::vector<NodeId> kept = differentiate(graph, loss, std::vector<NodeId>{x});
  kept.push_back(x);
  kept.push_back(loss);
  const std::vector<NodeId> distances = append_kink_distances(builder, kept);
  kept.insert(kept.end(), distances.begin(), distances.end());
  Executor executor(graph, nullptr, kept);
  std::copy(values.begin(), values.end(), executor.input(x).begin());
  executor.run({});
  return nearest_kink(executor, distances);
}

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

TEST_CASE("finite differences know how far every kink is") {
  struct Kink {
    const char* name;
    Function f;
    std::vector<Real> on;
    std::vector<Real> beside;  // by a quarter
  };
  const std::vector<Kink> kinks{
      {"abs", [](Builder& b, NodeId x) { return b.abs(x); }, {2, 0}, {2, -0.25}},
      {"relu", [](Builder& b, NodeId x) { return b.relu(x); }, {0, 1}, {-0.25, 1}},
      {"leaky_relu", [](Builder& b, NodeId x) { return b.leaky_relu(x); }, {0}, {0.25}},
      {"elu", [](Builder& b, NodeId x) { return b.elu(x, 0.7); }, {0}, {0.25}},
      {"softsign", [](Builder& b, NodeId x) { return b.softsign(x); }, {0}, {0.25}},
      {"clip, below", [](Builder& b, NodeId x) { return b.clip(x, -1, 2); }, {-1}, {-1.25}},
      {"clip, above", [](Builder& b, NodeId x) { return b.clip(x, -1, 2); }, {2}, {1.75}},
      {"hard_sigmoid", [](Builder& b, NodeId x) { return b.hard_sigmoid(x); }, {-3}, {-3.25}},
      {"hard_swish", [](Builder& b, NodeId x) { return b.hard_swish(x); }, {3}, {2.75}},
      {"maximum", [](Builder& b, NodeId x) { return b.maximum(x, b.constant(2)); }, {0, 2}, {0, 2.25}},
      {"minimum", [](Builder& b, NodeId x) { return b.minimum(b.constant(2), x); }, {0, 2}, {0, 1.75}},
      {"max", [](Builder& b, NodeId x) { return b.max(x); }, {1, 3, 3}, {1, 3, 3.25}},
      {"min", [](Builder& b, NodeId x) { return b.min(x); }, {4, 2, 2}, {4, 2, 2.25}},
      {"absolute_error", [](Builder& b, NodeId x) { return b.absolute_error(x, b.constant(2, {1})); }, {2}, {1.75}},
      {"huber", [](Builder& b, NodeId x) { return b.huber(x, b.constant(1, {1}), 0.5); }, {0.5}, {0.25}},
      {"hinge", [](Builder& b, NodeId x) { return b.hinge(x, b.constant(-1, {1})); }, {-1}, {-1.25}},
      {"bias_activation",
       [](Builder& b, NodeId x) { return b.bias_activation(x, b.constant(1), Op::kRelu); },
       {-1},
       {-0.75}},
  };
  for (const Kink& kink : kinks) {
    INFO(kink.name);
    CHECK(kink_distance(kink.on, kink.f) == 0);
    CHECK(kink_distance(kink.beside, kink.f) == 0.25);
  }
  // One kink is not hidden by another that is farther; what is smooth has none.
  CHECK(kink_distance({1, 1.5}, [](Builder& b, NodeId x) { return b.add(b.abs(x), b.relu(b.negate(b.max(x)))); }) ==
        0.5);
  CHECK(kink_distance({0, 1}, [](Builder& b, NodeId x) { return b.tanh(x); }) > 1e30);
}
