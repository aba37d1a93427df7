#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "engine/graph/op_row.h"
#include "engine/models/mlp.h"
#include "engine/nn/layers.h"
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

TEST_CASE("gradients of every op equal finite differences") {
  for (const OpSample& sample : op_samples()) {
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
      INFO(sample.sample.name << ", seed " << seed);
      CHECK(worst_gradient_excess(sample.sample, seed) <= 0);
    }
  }
}

TEST_CASE("a gradient that is one per cent off is caught for every op") {
  for (const OpSample& sample : op_samples()) {
    INFO(sample.sample.name);
    CHECK(worst_gradient_excess(sample.sample, 1, {}, 1.01) > 0);
  }
}

TEST_CASE("gradients of gradients equal finite differences") {
  // The gradient of an op is a graph of ops, so it can be differentiated again: d/dx of sum(w * dy/dx).
  for (const OpSample& sample : op_samples()) {
    const Sample second{.name = sample.sample.name,
                        .inputs = sample.sample.inputs,
                        .build =
                            [&sample](Builder& graph, const std::vector<NodeId>& x) {
                              // Squaring makes the second derivative of linear ops other than zero.
                              const NodeId y = graph.square(sample.sample.build(graph, x));
                              const NodeId upstream = graph.constant(1, graph.shape(y));
                              const NodeId inner = graph.graph()[y].inputs[0];
                              const NodeId towards_inner = graph.scale(graph.multiply(upstream, inner), 2);
                              const Node node = graph.graph()[inner];
                              if (node.op != sample.op) return y;
                              const std::array<bool, 3> wanted{true, false, false};
                              return row(node.op).gradient(graph, inner, towards_inner,
                                                           {wanted.data(), inputs_of(node).size()})[0];
                            },
                        .keep_away_from_zero = sample.sample.keep_away_from_zero,
                        .range = sample.sample.range,
                        .distributions = sample.sample.distributions};
    if (sample.op == Op::kReluGrad) continue;  // flat in its first input: nothing to differentiate
    INFO(sample.sample.name);
    CHECK(worst_gradient_excess(second, 2) <= 0);
  }
}

TEST_CASE("dropout passes the gradient through the mask it drew") {
  const Sample sample{.name = "dropout", .inputs = {{6, 8}}, .build = [](Builder& graph, const std::vector<NodeId>& x) {
                        return graph.square(dropout(graph, x[0], 0.4, 1));
                      }};
  CHECK(worst_gradient_excess(sample, 5) <= 0);
}

#endif
