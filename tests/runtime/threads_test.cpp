// The same bits for any number of threads, over whole training runs.
#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <memory>

#include "engine/core/buffer.h"
#include "engine/core/random.h"
#include "engine/experiment/document.h"
#include "engine/kernels/finite.h"
#include "engine/models/cnn.h"
#include "engine/models/gpt.h"
#include "engine/optim/step.h"
#include "engine/runtime/executor.h"
#include "engine/session/session.h"
#include "tests/support/allocations.h"
#include "tests/support/with_threads.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

using Values = std::vector<Real>;

/// Losses and weights of some steps of Adam from random weights on random data.
Values trained(const TrainingGraph& network, std::uint32_t tokens) {
  const Graph& graph = network.graph;
  Buffer parameters(graph.parameter_count);
  Buffer gradients(graph.parameter_count);
  Buffer slots(2 * graph.parameter_count);
  Random random(3, Stream::kInit);
  for (Real& value : parameters.span()) value = random.uniform(-1, 1) / 10;
  std::vector<Placement> placed;
  for (std::size_t i = 0; i < network.gradients.size(); ++i) {
    placed.push_back({.node = network.gradients[i], .where = gradients.data() + graph.parameters[i].offset});
  }
  const std::array<NodeId, 1> kept{network.loss};
  Executor executor(graph, parameters.data(), kept, placed);
  for (Real& value : executor.input(network.inputs)) {
    value = tokens > 0 ? static_cast<Real>(random.below(tokens)) : random.uniform(-1, 1);
  }
  const std::span<Real> targets = executor.input(network.targets);
  const auto classes = static_cast<std::size_t>(graph[network.targets].shape.last());
  for (std::size_t row = 0; row * classes < targets.size(); ++row) {
    targets[row * classes + random.below(static_cast<std::uint32_t>(classes))] = 1;
  }
  Values result;
  for (std::uint64_t step = 1; step <= 3; ++step) {
    executor.run({});
    result.push_back(executor.value(network.loss)[0]);
    apply_step({.layout = graph.parameters,
                .parameters = parameters.span(),
                .gradients = gradients.span(),
                .slots = slots.span(),
                .scratch = {}},
               {.optimizer = Optimizer::kAdamW, .rule = {.learning_rate = 0.001, .weight_decay = 0.01}}, step);
  }
  result.insert(result.end(), parameters.span().begin(), parameters.span().end());
  return result;
}

template <typename Run>
void check_same_bits(Run run) {
  const Values alone = run();
  REQUIRE(kernels::all_finite(alone.data(), static_cast<Index>(alone.size())));
  for (const int count : thread_counts()) {
    const WithThreads with(count);
    INFO(count << " threads");
    const Values together = run();
    REQUIRE(together.size() == alone.size());
    CHECK(std::memcmp(together.data(), alone.data(), alone.size() * sizeof(Real)) == 0);
  }
}

/// Losses of a session over some epochs and what it then predicts.
Values of_session(const char* document) {
  Session session(parse_json(document));
  session.advance(1e9, 3);
  Values result = session.losses();
  const std::vector<Real> predictions = session.predict(std::vector<Real>{0, 0, 1, -1, 0.5, 2});
  result.insert(result.end(), predictions.begin(), predictions.end());
  return result;
}

}  // namespace

TEST_CASE("the convolutional network has the same bits for any number of threads") {
  check_same_bits([] { return trained(training_cnn(CnnSpec{}, 32), 0); });
}

TEST_CASE("the GPT has the same bits for any number of threads") {
  check_same_bits([] { return trained(training_gpt(GptSpec{.layers = 2}, 4), 65); });
}

TEST_CASE("a session has the same bits for any number of threads") {
  for (const char* const document : {
           R"({"data": {"generator": "spirals", "samples": 1500},
             "model": {"layers": [{"units": 300, "activation": "tanh"}, {"units": 200, "activation": "gelu"}]},
             "training": {"batch_size": 256, "optimizer": "adam"}})",
           R"({"data": {"generator": "moons", "samples": 1500},
             "model": {"layers": [{"units": 256, "norm": "layer"}, {"units": 256, "dropout": 0.2}]},
             "training": {"batch_size": 300, "optimizer": "muon", "clip_norm": 1}})"}) {
    check_same_bits([document] { return of_session(document); });
  }
}

TEST_CASE("a step that is divided allocates nothing") {
  const WithThreads with(most_threads());
  Session session(parse_json(R"({"data": {"samples": 4000},
    "model": {"layers": [{"units": 256}, {"units": 256}]}, "training": {"batch_size": 256}})"));
  session.step_batch();
  session.step_batch();
  const std::uint64_t before = allocation_count();
  for (int i = 0; i < 5; ++i) session.step_batch();
  CHECK(allocation_count() == before);
}
