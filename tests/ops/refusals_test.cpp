// What ops refuse, and how they say it: which op, what came, what it takes.
#include <catch2/catch_test_macros.hpp>
#include <functional>

#include "engine/graph/builder.h"

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
