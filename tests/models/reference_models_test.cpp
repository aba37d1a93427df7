// The convolutional network and the GPT against PyTorch.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/core/buffer.h"
#include "engine/models/cnn.h"
#include "engine/models/gpt.h"
#include "engine/optim/step.h"
#include "engine/runtime/executor.h"
#include "tests/support/goldens.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// A network being trained on one batch.
class Trial {
 public:
  Trial(TrainingGraph network, const Json& golden)
      : network_(std::move(network)),
        parameters_(network_.graph.parameter_count),
        gradients_(network_.graph.parameter_count),
        slots_(2 * network_.graph.parameter_count) {
    const auto start = golden.at("parameters").get<std::vector<Real>>();
    REQUIRE(network_.graph.parameter_count == static_cast<Index>(start.size()));
    std::copy(start.begin(), start.end(), parameters_.data());
    std::vector<Placement> placed;
    for (std::size_t i = 0; i < network_.gradients.size(); ++i) {
      placed.push_back(
          {.node = network_.gradients[i], .where = gradients_.data() + network_.graph.parameters[i].offset});
    }
    const std::array<NodeId, 1> kept{network_.loss};
    executor_ = std::make_unique<Executor>(network_.graph, parameters_.data(), kept, placed);
    const std::vector<double> inputs = golden_values(golden.at("inputs").at("values"));
    std::transform(inputs.begin(), inputs.end(), executor_->input(network_.inputs).begin(),
                   [](double value) { return static_cast<Real>(value); });
    const std::span<Real> targets = executor_->input(network_.targets);
    const auto classes = static_cast<std::size_t>(network_.graph[network_.targets].shape.last());
    std::size_t row = 0;
    for (const Json& target : golden.at("targets")) targets[row++ * classes + target.get<std::size_t>()] = 1;
  }

  double loss() {
    executor_->run({});
    return static_cast<double>(executor_->value(network_.loss)[0]);
  }
  [[nodiscard]] std::span<const Real> gradients() const { return gradients_.span(); }

  void step(const StepSettings& settings, std::uint64_t number) {
    apply_step({.layout = network_.graph.parameters,
                .parameters = parameters_.span(),
                .gradients = gradients_.span(),
                .slots = slots_.span(),
                .scratch = {}},
               settings, number);
  }

 private:
  TrainingGraph network_;
  Buffer parameters_;
  Buffer gradients_;
  Buffer slots_;
  std::unique_ptr<Executor> executor_;
};

void check_against(const Json& golden, Trial trial) {
  const double tolerance = sizeof(Real) == 8 ? 1e-9 : 5e-5;
  const std::string optimizer = golden.at("optimizer");
  StepSettings settings{.optimizer = optimizer == "adam"    ? Optimizer::kAdam
                                     : optimizer == "adamw" ? Optimizer::kAdamW
                                                            : Optimizer::kSgd,
                        .rule = {.learning_rate = golden.at("learning_rate")}};
  settings.rule.weight_decay = optimizer == "adamw" ? 0.01 : 0;
  INFO(optimizer);
  for (std::size_t step = 1; step <= 10; ++step) {
    CHECK(close(trial.loss(), golden.at("losses")[step - 1], tolerance, tolerance));
    if (step == 1) {
      const std::vector<double> expected = golden_values(golden.at("first_gradients"));
      for (std::size_t k = 0; k < expected.size(); ++k) {
        INFO("gradient " << k);
        CHECK(close(static_cast<double>(trial.gradients()[k]), expected[k], tolerance, tolerance));
      }
    }
    trial.step(settings, step);
  }
}

}  // namespace

TEST_CASE("a convolutional network gives PyTorch's gradients and first ten losses") {
  const CnnSpec spec{.height = 8, .width = 8, .filters = {2, 3}, .classes = 4};
  const Json goldens = read_golden("torch_models.json");
  for (const Json& golden : goldens.at("cnn")) {
    check_against(golden, Trial(training_cnn(spec, 5), golden));
  }
}

TEST_CASE("a GPT gives PyTorch's gradients and first ten losses") {
  const GptSpec spec{.vocabulary = 7, .context = 5, .width = 8, .layers = 2, .heads = 2};
  const Json goldens = read_golden("torch_models.json");
  for (const Json& golden : goldens.at("gpt")) {
    check_against(golden, Trial(training_gpt(spec, 3), golden));
  }
}

TEST_CASE("the reference models have the sizes they are known by") {
  CHECK(training_gpt({}, 1).graph.parameter_count == 212480);
  // 9 x 8 + 8, 9 x 8 x 16 + 16, 7 x 7 x 16 x 10 + 10
  CHECK(training_cnn({}, 1).graph.parameter_count == 80 + 1168 + 7850);
}
