#include "engine/runtime/executor.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <memory>

#include "engine/core/random.h"
#include "engine/graph/autodiff.h"
#include "engine/graph/builder.h"
#include "engine/models/mlp.h"
#include "engine/nn/init.h"
#include "engine/runtime/layout.h"

using namespace athanor;

TEST_CASE("an executor computes what the graph says") {
  Graph graph;
  Builder builder(graph);
  const NodeId x = builder.input({2, 2});
  const NodeId y = builder.input({2});
  const NodeId sum = builder.add(builder.scale(x, 2), y);
  const std::array<NodeId, 1> kept{sum};
  Executor executor(graph, nullptr, kept);
  const std::array<Real, 4> values{1, 2, 3, 4};
  std::copy(values.begin(), values.end(), executor.input(x).begin());
  executor.input(y)[0] = 10;
  executor.input(y)[1] = 20;
  executor.run({});
  const std::span<const Real> result = executor.value(sum);
  CHECK(std::vector<Real>(result.begin(), result.end()) == std::vector<Real>{12, 24, 16, 28});
}

TEST_CASE("inputs and constants keep their values from run to run") {
  Graph graph;
  Builder builder(graph);
  const NodeId x = builder.input({64});
  const NodeId shifted = builder.add(x, builder.constant(1, {64}));
  const NodeId result = builder.sum(builder.square(builder.square(shifted)));
  const std::array<NodeId, 1> kept{result};
  Executor executor(graph, nullptr, kept);
  for (Real& value : executor.input(x)) value = 1;
  for (int run = 0; run < 3; ++run) {
    executor.run({});
    CHECK(executor.value(result)[0] == 64 * 16);
    CHECK(executor.input(x)[0] == 1);
  }
}

TEST_CASE("an op works in place only when nobody reads its input later") {
  Graph graph;
  Builder builder(graph);
  const NodeId x = builder.input({32});
  const NodeId a = builder.scale(x, 2);
  const NodeId b = builder.square(a);  // a is read again below: must not be overwritten
  const NodeId c = builder.add(a, b);  // both are free now
  const NodeId view = builder.reshape(c, {4, 8});
  const NodeId d = builder.scale(view, 10);  // c is kept, and view looks at its memory
  const std::array<NodeId, 2> kept{c, d};
  Executor executor(graph, nullptr, kept);
  for (Real& value : executor.input(x)) value = 3;
  executor.run({});
  CHECK(executor.value(c)[0] == 6 + 36);
  CHECK(executor.value(d)[31] == 420);
  // x, one buffer for a and c, one for b, one for d: in-place adds none.
  CHECK(executor.arena_bytes() <= 4 * 32 * sizeof(Real));
}

TEST_CASE("memory shared by the planner changes no result: random graphs equal a run that keeps every node") {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    Random random(seed, Stream::kGenerate);
    Graph graph;
    Builder builder(graph);
    std::vector<NodeId> nodes{builder.input({4, 4}), builder.input({4, 4})};
    const std::vector<NodeId> inputs = nodes;
    for (int i = 0; i < 20; ++i) {
      const NodeId a = nodes[random.below(static_cast<std::uint32_t>(nodes.size()))];
      const NodeId b = nodes[random.below(static_cast<std::uint32_t>(nodes.size()))];
      switch (random.below(7)) {
        case 0:
          nodes.push_back(builder.add(a, b));
          break;
        case 1:
          nodes.push_back(builder.subtract(a, b));
          break;
        case 2:
          nodes.push_back(builder.multiply(a, b));
          break;
        case 3:
          nodes.push_back(builder.matmul(a, b));
          break;
        case 4:
          nodes.push_back(builder.tanh(a));
          break;
        case 5:
          nodes.push_back(builder.reshape(builder.reshape(a, {2, 8}), {4, 4}));
          break;
        default:
          nodes.push_back(builder.softmax(a));
          break;
      }
    }
    const NodeId loss = builder.mean(builder.tanh(nodes.back()));
    std::vector<NodeId> outputs = differentiate(graph, loss, inputs);
    outputs.push_back(loss);
    verify(graph);
    std::vector<NodeId> everything;
    for (NodeId id = 0; id < graph.size(); ++id) everything.push_back(id);
    Executor shared(graph, nullptr, outputs);
    Executor separate(graph, nullptr, everything);
    const std::vector<NodeId> order = reachable(graph, outputs);
    for (const NodeId input : inputs) {
      if (std::find(order.begin(), order.end(), input) == order.end()) continue;
      const std::span<Real> a = shared.input(input);
      const std::span<Real> b = separate.input(input);
      for (std::size_t k = 0; k < a.size(); ++k) a[k] = b[k] = random.uniform(-1, 1);
    }
    shared.run({});
    separate.run({});
    for (const NodeId output : outputs) {
      const std::span<const Real> a = shared.value(output);
      const std::span<const Real> b = separate.value(output);
      INFO("seed " << seed << "\n" << print(graph));
      REQUIRE(std::vector<Real>(a.begin(), a.end()) == std::vector<Real>(b.begin(), b.end()));
    }
    REQUIRE(shared.arena_bytes() <= separate.arena_bytes());
    REQUIRE(shared.arena_bytes() == lay_out(graph, outputs).size.bytes());
  }
}

namespace {

/// A network with its loss's gradients, compiled for so many rows and filled with drawn features.
class Compiled {
 public:
  Compiled(Index rows, const Buffer& parameters, std::span<Real> workspace) : network_(training_mlp(kSpec, rows)) {
    std::vector<NodeId> kept = network_.gradients;
    kept.push_back(network_.loss);
    executor_ =
        std::make_unique<Executor>(network_.graph, parameters.data(), kept, std::span<const Placement>(), workspace);
    Random random(static_cast<std::uint32_t>(rows), Stream::kGenerate);
    for (Real& value : executor_->input(network_.features)) value = random.normal();
  }

  void run() { executor_->run({}); }
  /// The loss and the gradients of the last run.
  [[nodiscard]] std::vector<Real> values() const {
    std::vector<Real> all{executor_->value(network_.loss)[0]};
    for (const NodeId gradient : network_.gradients) {
      const std::span<const Real> values = executor_->value(gradient);
      all.insert(all.end(), values.begin(), values.end());
    }
    return all;
  }
  [[nodiscard]] std::size_t arena_bytes() const { return executor_->arena_bytes(); }

  static ArenaSize size(Index rows) {
    const Network network = training_mlp(kSpec, rows);
    std::vector<NodeId> kept = network.gradients;
    kept.push_back(network.loss);
    return lay_out(network.graph, kept).size;
  }
  static inline const MlpSpec kSpec{.columns = 3, .classes = 4, .layers = {{.units = 5}, {.units = 7}}};

 private:
  Network network_;
  std::unique_ptr<Executor> executor_;
};

}  // namespace

TEST_CASE("executors that run in turns share a workspace, and what each has of its own outlasts the others' runs") {
  const Network network = training_mlp(Compiled::kSpec, 1);
  Buffer parameters(network.graph.parameter_count);
  initialize(network.graph, Initializer::kXavierUniform, 1, parameters.span());
  const Index larger = Compiled::size(12).workspace;
  REQUIRE(larger > Compiled::size(5).workspace);
  Buffer workspace(larger);
  Compiled large(12, parameters, workspace.span());
  Compiled small(5, parameters, workspace.span());
  CHECK(large.arena_bytes() == static_cast<std::size_t>(Compiled::size(12).own) * sizeof(Real));
  const auto alone = [&](Index rows) {
    Compiled compiled(rows, parameters, {});
    compiled.run();
    return compiled.values();
  };
  const std::vector<Real> expected_large = alone(12);
  const std::vector<Real> expected_small = alone(5);
  for (int turn = 0; turn < 2; ++turn) {
    large.run();
    small.run();
    // Nothing in it is needed after a run.
    std::fill_n(workspace.data(), workspace.size(), std::numeric_limits<Real>::quiet_NaN());
    CHECK(large.values() == expected_large);
    CHECK(small.values() == expected_small);
  }
  CHECK_THROWS(Compiled(12, parameters, workspace.span().first(static_cast<std::size_t>(larger) - 1)));
}

TEST_CASE("a layout tells what is outside, what outlasts a run, and what does not") {
  Graph graph;
  Builder builder(graph);
  const NodeId x = builder.input({32});
  const NodeId constant = builder.constant(3, {32});
  const NodeId passing = builder.tanh(builder.add(x, constant));
  const NodeId kept = builder.sum(passing);
  const NodeId placed = builder.scale(passing, 2);
  const Layout layout = lay_out(graph, std::vector<NodeId>{kept}, std::vector<NodeId>{placed});
  const auto region = [&](NodeId id) { return layout.places[static_cast<std::size_t>(id)].region; };
  for (const NodeId own : {x, constant, kept}) CHECK(region(own) == Region::kOwn);
  CHECK(region(passing) == Region::kWorkspace);
  CHECK(region(placed) == Region::kOutside);
  const auto grain = static_cast<Index>(kAlignment / sizeof(Real));
  CHECK(layout.size.workspace == 32);        // the sum, overwritten by its tanh
  CHECK(layout.size.own == 2 * 32 + grain);  // a number takes a line
}

TEST_CASE("gradients go to the memory they are placed in") {
  const MlpSpec spec{.columns = 3, .classes = 4, .layers = {{.units = 5}}, .loss = Loss::kCrossEntropy};
  const Network network = training_mlp(spec, 6);
  Buffer parameters(network.graph.parameter_count);
  Buffer gradients(network.graph.parameter_count);
  initialize(network.graph, Initializer::kXavierUniform, 1, parameters.span());
  std::vector<Placement> placed;
  for (std::size_t i = 0; i < network.gradients.size(); ++i) {
    placed.push_back({.node = network.gradients[i], .where = gradients.data() + network.graph.parameters[i].offset});
  }
  const std::array<NodeId, 1> kept{network.loss};
  Executor into_block(network.graph, parameters.data(), kept, placed);
  Executor readable(network.graph, parameters.data(), network.gradients);
  Random random(3, Stream::kGenerate);
  for (std::size_t k = 0; k < into_block.input(network.features).size(); ++k) {
    into_block.input(network.features)[k] = readable.input(network.features)[k] = random.normal();
  }
  for (Index row = 0; row < 6; ++row) {
    const auto at = static_cast<std::size_t>(row * 4 + row % 4);
    into_block.input(network.targets)[at] = readable.input(network.targets)[at] = 1;
  }
  into_block.run({});
  readable.run({});
  for (std::size_t i = 0; i < network.gradients.size(); ++i) {
    const std::span<const Real> expected = readable.value(network.gradients[i]);
    bool any = false;
    for (std::size_t k = 0; k < expected.size(); ++k) {
      CHECK(placed[i].where[k] == expected[k]);
      any = any || expected[k] != 0;
    }
    CHECK(any);
  }
}

TEST_CASE("a dropout mask keeps the stated share, scales it, and is new every step") {
  Graph graph;
  Builder builder(graph);
  const NodeId mask = builder.dropout_mask({100, 100}, 0.3, 2);
  const std::array<NodeId, 1> kept{mask};
  Executor executor(graph, nullptr, kept);
  const auto draw = [&](std::uint32_t seed, std::uint64_t step) {
    executor.run({.seed = seed, .step = step});
    const std::span<const Real> values = executor.value(mask);
    return std::vector<Real>(values.begin(), values.end());
  };
  const std::vector<Real> first = draw(1, 0);
  std::size_t dropped = 0;
  for (const Real value : first) {
    CHECK((value == 0 || std::abs(value - Real{1} / static_cast<Real>(0.7)) < 1e-5));
    dropped += value == 0 ? 1 : 0;
  }
  CHECK(dropped > 2800);
  CHECK(dropped < 3200);
  CHECK(draw(1, 0) == first);
  CHECK(draw(1, 1) != first);
  CHECK(draw(2, 0) != first);
}
