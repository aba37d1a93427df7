#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/core/buffer.h"
#include "engine/models/mlp.h"
#include "engine/optim/optimizer.h"
#include "engine/runtime/executor.h"
#include "tests/support/goldens.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

template <std::size_t Count>
std::size_t position_of(const std::array<std::string_view, Count>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  REQUIRE(found != names.end());
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

TEST_CASE("networks with three weight layers give PyTorch's gradients and first ten losses") {
  const double tolerance = sizeof(Real) == 8 ? 1e-10 : 2e-5;
  const Json goldens = read_golden("torch_networks.json");
  for (const Json& golden : goldens.at("networks")) {
    INFO(golden.at("loss") << " with " << golden.at("optimizer"));
    MlpSpec spec{.columns = 3,
                 .classes = golden.at("classes"),
                 .loss = static_cast<Loss>(position_of(kLossNames, golden.at("loss")))};
    for (std::size_t i = 0; i < 2; ++i) {
      const std::string activation = golden.at("activations")[i];
      spec.layers.push_back(
          {.units = i == 0 ? 5 : 4, .activation = static_cast<Activation>(position_of(kActivationNames, activation))});
    }
    const auto labels = golden.at("labels").get<std::vector<std::int32_t>>();
    const auto features = golden.at("features").at("values").get<std::vector<Real>>();
    const Network network = training_mlp(spec, static_cast<Index>(labels.size()));
    const auto start = golden.at("parameters").get<std::vector<Real>>();
    REQUIRE(network.graph.parameter_count == static_cast<Index>(start.size()));
    Buffer parameters(network.graph.parameter_count);
    Buffer gradients(network.graph.parameter_count);
    Buffer slots(2 * network.graph.parameter_count);
    std::copy(start.begin(), start.end(), parameters.data());
    std::vector<Placement> placed;
    for (std::size_t i = 0; i < network.gradients.size(); ++i) {
      placed.push_back({.node = network.gradients[i], .where = gradients.data() + network.graph.parameters[i].offset});
    }
    const std::array<NodeId, 1> kept{network.loss};
    Executor executor(network.graph, parameters.data(), kept, placed);
    std::copy(features.begin(), features.end(), executor.input(network.features).begin());
    const auto outputs = static_cast<std::size_t>(output_count(spec));
    for (std::size_t i = 0; i < labels.size(); ++i) {
      encode_target(spec, labels[i], executor.input(network.targets).subspan(i * outputs, outputs));
    }
    const std::string optimizer = golden.at("optimizer");
    const OptimizerSettings settings{.learning_rate = golden.at("learning_rate"), .momentum = 0.9};
    for (std::size_t step = 1; step <= 10; ++step) {
      executor.run({});
      const auto loss = static_cast<double>(executor.value(network.loss)[0]);
      CHECK(close(loss, golden.at("losses")[step - 1], tolerance, tolerance));
      if (step == 1) {
        const auto expected = golden.at("first_gradients").get<std::vector<double>>();
        for (std::size_t k = 0; k < expected.size(); ++k) {
          CHECK(close(static_cast<double>(gradients.data()[k]), expected[k], tolerance, tolerance));
        }
      }
      row(static_cast<Optimizer>(position_of(kOptimizerNames, optimizer)))
          .update({.layout = network.graph.parameters,
                   .parameters = parameters.span(),
                   .gradients = gradients.span(),
                   .slots = slots.span(),
                   .slot_size = parameters.span().size()},
                  settings, step);
    }
  }
}

TEST_CASE("class probabilities are what each loss means") {
  std::vector<Real> out(2);
  class_probabilities({.classes = 2, .loss = Loss::kBinaryCrossEntropy}, std::vector<Real>{0.75}, out);
  CHECK(out == std::vector<Real>{0.25, 0.75});
  class_probabilities({.classes = 2, .loss = Loss::kSquaredError}, std::vector<Real>{-0.5, 2}, out);
  CHECK(out == std::vector<Real>{0, 1});
  class_probabilities({.classes = 2, .loss = Loss::kSquaredError}, std::vector<Real>{-0.5, -2}, out);
  CHECK(out == std::vector<Real>{0.5, 0.5});
}
