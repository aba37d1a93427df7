// What ops refuse, and how they say it: which op, what came, what it takes.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <functional>
#include <limits>

#include "engine/graph/builder.h"
#include "engine/nn/layers.h"
#include "engine/runtime/executor.h"

using namespace athanor;

namespace {

struct Refusal {
  std::function<void(Builder&)> build;
  const char* sentence;
};

}  // namespace

TEST_CASE("shapes that do not fit are refused naming the op, what came and what it takes") {
  const std::vector<Refusal> refusals{
      {[](Builder& b) { b.maximum(b.input({2, 3}), b.input({4})); },
       "maximum cannot take (2, 3) and (4); it expects sizes that are equal or 1, aligned at the last axis."},
      {[](Builder& b) { b.less(b.input({2}), b.input({3})); }, "less cannot take (2) and (3)"},
      {[](Builder& b) { b.where(b.input({2}), b.input({1, 3}), b.input({})); },
       "where cannot take (2) and (1, 3) and (); it expects sizes that are equal or 1"},
      {[](Builder& b) { b.append(Op::kClipGrad, {b.input({2}), b.input({3})}, {.limit = 1}); },
       "clip_grad cannot take (2) and (3); it expects equal shapes."},
      {[](Builder& b) { b.softmax(b.input({})); }, "softmax cannot take (); it expects at least one axis."},
      {[](Builder& b) { b.log_softmax(b.input({})); }, "log_softmax cannot take (); it expects at least one axis."},
      {[](Builder& b) { b.append(Op::kGeluGrad, {b.input({2}), b.input({1, 2})}); },
       "gelu_grad cannot take (2) and (1, 2); it expects equal shapes."},
      {[](Builder& b) { b.elu(b.input({2}), -1); }, "elu's alpha is not negative"},
      {[](Builder& b) { b.linear(b.input({3, 2}), b.input({2, 4}), b.input({3})); },
       "linear cannot take (3, 2) and (2, 4) and (3); it expects rows, one matrix and a bias with a number for each of "
       "its "
       "columns."},
      {[](Builder& b) { b.linear(b.input({3, 2}), b.input({5, 2, 4}), b.input({4})); },
       "linear cannot take (3, 2) and (5, 2, 4) and (4);"},
      {[](Builder& b) { b.linear(b.input({5, 2, 3}), b.input({2, 4}), b.input({4}), true); },
       "linear cannot take (5, 2, 3) and (2, 4) and (4);"},
      {[](Builder& b) { b.bias_activation(b.input({3, 2}), b.input({3}), Op::kTanh); },
       "bias_activation cannot take (3, 2) and (3); it expects a bias of the shape of the last axes of x."},
      {[](Builder& b) { b.bias_activation(b.input({3, 2}), b.input({1}), Op::kRelu); },
       "bias_activation cannot take (3, 2) and (1);"},
      {[](Builder& b) { b.bias_activation(b.input({2}), b.input({3, 2}), Op::kRelu); },
       "bias_activation cannot take (2) and (3, 2);"},
      {[](Builder& b) { b.bias_activation(b.input({2}), b.input({2}), Op::kGelu); },
       "bias_activation takes an activation that it knows"},
      {[](Builder& b) { b.bias_activation(b.input({2}), b.input({2}), Op::kLeakyRelu, -0.1); },
       "of a slope or alpha that is not negative"},
      {[](Builder& b) { b.matmul(b.input({3}), b.input({3, 2})); },
       "matmul cannot take (3) and (3, 2); it expects two matrices or stacks of them."},
      {[](Builder& b) { b.matmul(b.input({2, 3, 4}), b.input({2, 3, 4})); },
       "matmul cannot take (2, 3, 4) and (2, 3, 4); it expects as many columns on the left as rows on the right."},
      {[](Builder& b) { b.matmul(b.input({2, 3, 4}), b.input({3, 4, 5})); },
       "it expects stacks of matrices whose leading axes are equal or 1."},
      {[](Builder& b) { b.argmax(b.input({3, 2}), 2); }, "argmax cannot take (3, 2); it expects an axis 2."},
      {[](Builder& b) { b.argmax(b.input({3, 2}), -1); }, "an axis is counted from 0"},
      {[](Builder& b) { b.variance(b.input({3, 1}), {1}, false, true); },
       "variance cannot take (3, 1); it expects two values or more for the unbiased variance."},
      {[](Builder& b) { b.permute(b.input({3, 2}), {0, 0}); },
       "permute cannot take (3, 2); it expects an order that names each of its axes once."},
      {[](Builder& b) { b.slice(b.input({3, 2}), 0, 2, 2); },
       "slice cannot take (3, 2); it expects positions 2 to 3 on axis 0."},
      {[](Builder& b) { b.slice(b.input({3}), 1, 0, 1); },
       "slice cannot take (3); it expects positions 0 to 0 on axis 1."},
      {[](Builder& b) { b.pad(b.input({3}), 1, 0, 1); }, "pad cannot take (3)"},
      {[](Builder& b) { b.concat(b.input({3, 2}), b.input({3, 3}), 0); },
       "concat cannot take (3, 2) and (3, 3); it expects shapes that differ at most on axis 0."},
      {[](Builder& b) { b.concat(b.input({3}), b.input({3, 3}), 0); }, "concat cannot take (3) and (3, 3)"},
      {[](Builder& b) { b.gather(b.input({3}), b.input({2})); },
       "gather cannot take (3) and (2); it expects a table (V, D) and indices of at most three axes."},
      {[](Builder& b) { b.append(Op::kGatherGrad, {b.input({2}), b.input({3, 4})}, {.length = 5}); },
       "gather_grad cannot take (2) and (3, 4); it expects indices (N...) and gradients (N..., D)."},
      {[](Builder& b) { b.kl_divergence(b.input({3, 2}), b.input({3})); },
       "kl_divergence cannot take (3, 2) and (3); it expects logits and targets of one shape (rows, classes)."},
      {[](Builder& b) { b.huber(b.input({3, 2}), b.input({3})); },
       "huber cannot take (3, 2) and (3); it expects equal shapes."},
      {[](Builder& b) { b.hinge(b.input({}), b.input({1})); }, "hinge cannot take () and (1)"},
      {[](Builder& b) { b.huber(b.input({2}), b.input({2}), 0); }, "huber's delta is above 0"},
      {[](Builder& b) { batch_norm_training(b, b.input({1, 3}), b.input({3}), b.input({3})); },
       "batch_norm cannot take (1, 3); it expects two values or more per channel."},
      {[](Builder& b) { group_norm(b, b.input({2, 6}), 4, b.input({6}), b.input({6})); },
       "group_norm cannot take (2, 6); it expects rows of channels that 4 groups divide evenly."},
      {[](Builder& b) { b.clip(b.input({2}), 1, -1); }, "clip's smallest value is not above its largest"},
  };
  for (const Refusal& refusal : refusals) {
    Graph graph;
    Builder builder(graph);
    INFO(refusal.sentence);
    try {
      refusal.build(builder);
      FAIL_CHECK("was not refused");
    } catch (const Error& error) {
      INFO(error.what());
      CHECK(std::string(error.what()).find(refusal.sentence) != std::string::npos);
    }
  }
}

TEST_CASE("an index that is not a row of the table is refused, never read") {
  Graph graph;
  Builder builder(graph);
  const NodeId table = builder.input({3, 2});
  const NodeId indices = builder.input({2});
  const std::vector<NodeId> kept{builder.gather(table, indices),
                                 builder.append(Op::kGatherGrad, {indices, builder.input({2, 2})}, {.length = 3})};
  for (const NodeId output : kept) {
    Executor executor(graph, nullptr, std::vector<NodeId>{output});
    const auto run_with = [&](Real index) {
      executor.input(indices)[1] = index;
      executor.run({});
    };
    for (const double fine : {0.0, 1.0, 2.0}) CHECK_NOTHROW(run_with(static_cast<Real>(fine)));
    for (const double bad : {3.0, -1.0, 0.5, 1e30, -1e30, std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN()}) {
      INFO(bad);
      CHECK_THROWS_WITH(run_with(static_cast<Real>(bad)),
                        Catch::Matchers::ContainsSubstring("expected is a whole number from 0 to 2"));
    }
  }
}
