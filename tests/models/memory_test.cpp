// What training takes in memory, counted by the allocator: as much as was planned, and no more than four numbers for
// each parameter (itself, its gradient, the optimiser's two) with one arena. Counted are the blocks of Reals, which are
// all that grows with the network; the data are the caller's, and in addition.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/buffer.h"
#include "engine/models/cnn.h"
#include "engine/models/gpt.h"
#include "engine/optim/step.h"
#include "engine/pipeline/program.h"
#include "engine/runtime/executor.h"
#include "engine/runtime/layout.h"
#include "tests/support/allocations.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// What an executor is compiled from.
struct Trained {
  Graph graph;
  std::vector<NodeId> kept;
  std::vector<NodeId> gradients;
};

Trained trained(TrainingGraph network) {
  return {.graph = std::move(network.graph), .kept = {network.loss}, .gradients = std::move(network.gradients)};
}

Trained trained(Network network) {
  std::vector<NodeId> kept = training_outputs(network);
  return {.graph = std::move(network.graph), .kept = std::move(kept), .gradients = std::move(network.gradients)};
}

MlpSpec mlp(Index columns, Index width, Norm norm = Norm::kNone) {
  const LayerSpec layer{.units = width, .activation = Activation::kRelu, .norm = norm};
  return {.columns = columns, .classes = 10, .layers = {layer, layer}};
}

struct Model {
  std::string name;
  std::function<Trained()> make;
};

Model mlp_model(Index columns, Index width, Index batch, Norm norm = Norm::kNone) {
  return {"MLP " + std::to_string(columns) + "-" + std::to_string(width) + "-" + std::to_string(width) + "-10, batch " +
              std::to_string(batch),
          [=] { return trained(training_network(mlp(columns, width, norm), batch)); }};
}

Model cnn_model(Index side, const std::vector<Index>& filters, Index batch) {
  return {"CNN of " + std::to_string(filters.size()) + " convolutions on images of side " + std::to_string(side) +
              ", batch " + std::to_string(batch),
          [=] { return trained(training_cnn({.height = side, .width = side, .filters = filters}, batch)); }};
}

Model gpt_model(Index context, Index width, Index batch) {
  return {"GPT of width " + std::to_string(width) + ", context " + std::to_string(context) + ", batch " +
              std::to_string(batch),
          [=] { return trained(training_gpt({.context = context, .width = width, .layers = 2}, batch)); }};
}

/// From a hundred parameters to a million, batches from 1 to 1024, contexts from 16 to 128.
std::vector<Model> models() {
  return {mlp_model(16, 3, 32),      mlp_model(16, 20, 32),      mlp_model(16, 87, 1),
          mlp_model(16, 87, 37),     mlp_model(16, 87, 1024),    mlp_model(16, 40, 32, Norm::kBatch),
          mlp_model(16, 302, 32),    mlp_model(16, 986, 4),      mlp_model(784, 128, 32),
          cnn_model(28, {8, 16}, 1), cnn_model(28, {8, 16}, 32), cnn_model(12, {3}, 5),
          gpt_model(16, 32, 1),      gpt_model(16, 32, 4),       gpt_model(64, 32, 2),
          gpt_model(128, 64, 1)};
}

std::uint64_t bytes(Index reals) { return static_cast<std::uint64_t>(reals) * sizeof(Real); }

std::uint64_t planned(const Trained& model) { return lay_out(model.graph, model.kept, model.gradients).size.bytes(); }

/// Training with nothing beside it: the four blocks and the arena.
class Training {
 public:
  explicit Training(const Trained& model)
      : model_(model),
        parameters_(model.graph.parameter_count),
        gradients_(model.graph.parameter_count),
        slots_(2 * model.graph.parameter_count) {
    std::vector<Placement> placed;
    for (std::size_t i = 0; i < model.gradients.size(); ++i) {
      placed.push_back({.node = model.gradients[i], .where = gradients_.data() + model.graph.parameters[i].offset});
    }
    executor_ = std::make_unique<Executor>(model.graph, parameters_.data(), model.kept, placed);
  }

  void step(std::uint64_t number) {
    executor_->run({.seed = 1, .step = number});
    apply_step({.layout = model_.graph.parameters,
                .parameters = parameters_.span(),
                .gradients = gradients_.span(),
                .slots = slots_.span(),
                .scratch = {}},
               {.optimizer = Optimizer::kAdam}, number);
  }
  [[nodiscard]] const Executor& executor() const { return *executor_; }

 private:
  const Trained& model_;
  Buffer parameters_;
  Buffer gradients_;
  Buffer slots_;
  std::unique_ptr<Executor> executor_;
};

}  // namespace

TEST_CASE("the ledger of held memory sees what is taken, what is given back, and the most there was") {
  const HeldBytes held;
  {
    const Buffer first(100);
    CHECK(held.now() == bytes(100));
    {
      const Buffer second(50);
    }
    CHECK(held.now() == bytes(100));
  }
  CHECK(held.now() == 0);
  CHECK(held.peak() == bytes(150));
  const HeldBytes later;
  CHECK(later.peak() == 0);
}

TEST_CASE("training takes the planned arena and four numbers for each parameter, from its first step to its last") {
  for (const Model& each : models()) {
    CAPTURE(each.name);
    const Trained model = each.make();
    const HeldBytes held;
    const std::uint64_t arena = planned(model);
    CHECK(held.peak() == 0);  // planning takes none of it
    Training training(model);
    CHECK(training.executor().arena_bytes() == arena);
    const std::uint64_t allocations = allocation_count();
    for (std::uint64_t number = 1; number <= 2; ++number) training.step(number);
    CHECK(allocation_count() == allocations);
    CHECK(held.now() == bytes(4 * model.graph.parameter_count) + arena);
    CHECK(held.peak() == held.now());
  }
}

TEST_CASE("what is planned grows with the batch and the context by what their activations take") {
  // Of nothing but activations and their gradients: twice the rows are twice the arena, but for what has one size.
  const std::array<Model, 2> pairs{mlp_model(16, 64, 512), mlp_model(16, 64, 1024)};
  const double ratio = static_cast<double>(planned(pairs[1].make())) / static_cast<double>(planned(pairs[0].make()));
  CHECK(ratio > 1.95);
  CHECK(ratio <= 2);
}

TEST_CASE("what is taken beside the blocks does not grow with the width of a network") {
  const auto beside = [](Index width) {
    const std::uint64_t before = plain_bytes();
    const Trained model = mlp_model(16, width, 32).make();
    Training training(model);
    training.step(1);
    return plain_bytes() - before;
  };
  (void)beside(8);  // what a first call leaves behind
  const std::uint64_t narrow = beside(8);
  CHECK(narrow > 0);
  // But for texts in which a number is longer; its blocks take four megabytes more.
  constexpr std::uint64_t kTexts = 1024;
  CHECK(beside(512) < narrow + kTexts);
}
