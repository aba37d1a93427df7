#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/optim/optimizer.h"
#include "tests/support/goldens.h"

using namespace athanor;
using namespace athanor::testing;

TEST_CASE("every optimiser walks a hundred steps as PyTorch does") {
  const double tolerance = sizeof(Real) == 8 ? 1e-12 : 2e-5;
  const Json goldens = read_golden("torch_optimizers.json");
  std::vector<bool> seen(kOptimizerNames.size(), false);
  for (const Json& golden : goldens.at("optimizers")) {
    const std::string name = golden.at("optimizer");
    const auto index = static_cast<std::size_t>(std::find(kOptimizerNames.begin(), kOptimizerNames.end(), name) -
                                                kOptimizerNames.begin());
    REQUIRE(index < kOptimizerNames.size());
    seen[index] = true;
    const Json& s = golden.at("settings");
    const OptimizerSettings settings{.learning_rate = s.at("learning_rate"),
                                     .momentum = s.value("momentum", 0.0),
                                     .beta1 = s.value("beta1", 0.0),
                                     .beta2 = s.value("beta2", 0.0),
                                     .epsilon = s.value("epsilon", 0.0)};
    const OptimizerRow& optimizer = row(static_cast<Optimizer>(index));
    auto parameters = golden.at("start").get<std::vector<Real>>();
    std::vector<Real> slots(parameters.size() * static_cast<std::size_t>(optimizer.slots), 0);
    for (std::size_t step = 0; step < golden.at("gradients").size(); ++step) {
      const auto gradients = golden.at("gradients")[step].get<std::vector<Real>>();
      optimizer.update({.parameters = parameters, .gradients = gradients, .slots = slots}, settings, step + 1);
      const auto expected = golden.at("parameters")[step].get<std::vector<double>>();
      for (std::size_t k = 0; k < expected.size(); ++k) {
        INFO(optimizer.name << " step " << step + 1 << " element " << k);
        REQUIRE(close(static_cast<double>(parameters[k]), expected[k], tolerance, tolerance));
      }
    }
  }
  CHECK(std::find(seen.begin(), seen.end(), false) == seen.end());
}
