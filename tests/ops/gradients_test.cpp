#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "engine/graph/op_row.h"
#include "tests/ops/samples.h"

using namespace athanor;
using namespace athanor::testing;

TEST_CASE("every op with a gradient has a sample") {
  for (int i = 0; i < kOpCount; ++i) {
    const Op op = static_cast<Op>(i);
    if (row(op).gradient == no_gradient) continue;
    const auto& samples = op_samples();
    INFO(row(op).name);
    CHECK(std::any_of(samples.begin(), samples.end(), [op](const OpSample& s) { return s.op == op; }));
  }
}

// In float finite differences drown in rounding; the double build is made for this.
#ifdef ATHANOR_REAL_DOUBLE

namespace {

/// So many seeds that every op is seen in at least twenty cases of shape and seed.
std::uint32_t seeds_for(Op op) {
  const auto& all = op_samples();
  const auto samples =
      static_cast<std::uint32_t>(std::count_if(all.begin(), all.end(), [op](const OpSample& s) { return s.op == op; }));
  return std::max(5U, (19 + samples) / samples);
}

/// `sample` with the gradient of its last op in place of the op, towards the first input that has one.
Sample gradient_of(const OpSample& sample) {
  Sample second = sample.sample;
  second.build = [&sample](Builder& graph, const std::vector<NodeId>& x) {
    const NodeId y = sample.sample.build(graph, x);
    REQUIRE(graph.graph()[y].op == sample.op);
    // The gradient of the op's square: makes the second derivative of linear ops other than zero.
    const NodeId upstream = graph.scale(y, 2);
    const std::array<bool, kMaxInputs> wanted{true, true, true};
    const Node node = graph.graph()[y];
    const InputGradients gradients = row(node.op).gradient(graph, y, upstream, {wanted.data(), inputs_of(node).size()});
    for (const NodeId gradient : gradients) {
      if (gradient != kNoNode) return gradient;
    }
    FAIL("an op with a gradient passes it to one of its inputs");
    return kNoNode;
  };
  return second;
}

}  // namespace

TEST_CASE("gradients of every op equal finite differences") {
  for (const OpSample& sample : op_samples()) {
    for (std::uint32_t seed = 1; seed <= seeds_for(sample.op); ++seed) {
      INFO(sample.sample.name << ", seed " << seed);
      CHECK(worst_gradient_excess(sample.sample, seed) <= 0);
    }
  }
}

TEST_CASE("a gradient that is one per cent off is caught for every op") {
  for (const OpSample& sample : op_samples()) {
    // A single element may lie where the gradient is 0, which no factor makes wrong: any of the seeds must see it.
    double worst = 0;
    for (std::uint32_t seed = 1; seed <= seeds_for(sample.op); ++seed) {
      worst = std::max(worst, worst_gradient_excess(sample.sample, seed, {}, 1.01));
    }
    INFO(sample.sample.name);
    CHECK(worst > 0);
  }
}

TEST_CASE("gradients of gradients equal finite differences") {
  for (const OpSample& sample : op_samples()) {
    INFO(sample.sample.name);
    CHECK(worst_gradient_excess(gradient_of(sample), 2) <= 0);
  }
}

#endif
