#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/optim/schedule.h"
#include "engine/optim/step.h"
#include "tests/support/goldens.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

template <typename Names>
std::size_t position_of(const Names& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  REQUIRE(found != names.end());
  return static_cast<std::size_t>(found - names.begin());
}

/// A weight matrix and the bias after it.
std::vector<Parameter> layout_of(const Json& golden) {
  const Index rows = golden.at("rows");
  const Index units = golden.at("units");
  return {{.name = "weight", .shape = {rows, units}, .offset = 0},
          {.name = "bias", .shape = {units}, .offset = rows * units}};
}

StepSettings settings_of(const Json& golden) {
  const Json& s = golden.at("settings");
  return {.optimizer = static_cast<Optimizer>(position_of(kOptimizerNames, golden.value("optimizer", "sgd"))),
          .rule = {.learning_rate = s.at("learning_rate"),
                   .momentum = s.value("momentum", 0.0),
                   .beta1 = s.value("beta1", 0.0),
                   .beta2 = s.value("beta2", 0.0),
                   .rho = s.value("rho", 0.0),
                   .epsilon = s.value("epsilon", 0.0),
                   .weight_decay = s.value("weight_decay", 0.0)},
          .l1 = s.value("l1", 0.0),
          .l2 = s.value("l2", 0.0),
          .clip_value = s.value("clip_value", 0.0),
          .clip_norm = s.value("clip_norm", 0.0),
          .max_norm = s.value("max_norm", 0.0)};
}

/// The sum of all values, each times its position from 1.
double weighted_sum(const std::vector<Real>& values) {
  double sum = 0;
  for (std::size_t k = 0; k < values.size(); ++k) sum += static_cast<double>(k + 1) * static_cast<double>(values[k]);
  return sum;
}

/// Walks the golden's hundred steps.
void check_walk(const Json& golden, double tolerance) {
  const std::vector<Parameter> layout = layout_of(golden);
  const StepSettings settings = settings_of(golden);
  const OptimizerRow& optimizer = row(settings.optimizer);
  auto parameters = golden.at("start").get<std::vector<Real>>();
  std::vector<Real> slots(parameters.size() * static_cast<std::size_t>(optimizer.slots), 0);
  std::vector<Real> scratch(static_cast<std::size_t>(optimizer.scratch(layout)), 0);
  REQUIRE(golden.at("gradients").size() == 100);
  REQUIRE(golden.at("weighted_sums").size() == 100);
  for (std::size_t step = 0; step < golden.at("gradients").size(); ++step) {
    auto gradients = golden.at("gradients")[step].get<std::vector<Real>>();
    apply_step({.layout = layout, .parameters = parameters, .gradients = gradients, .slots = slots, .scratch = scratch},
               settings, step + 1);
    const auto expected = golden.at("parameters")[step].get<std::vector<double>>();
    for (std::size_t k = 0; k < expected.size(); ++k) {
      INFO("step " << step + 1 << " element " << k);
      REQUIRE(close(static_cast<double>(parameters[k]), expected[k], tolerance, tolerance));
    }
    INFO("step " << step + 1);
    const auto sums = static_cast<double>(parameters.size());  // as many values, as large factors
    REQUIRE(close(weighted_sum(parameters), golden.at("weighted_sums")[step], tolerance, sums * tolerance));
  }
}

}  // namespace

TEST_CASE("every optimiser walks a hundred steps as PyTorch does") {
  const Json goldens = read_golden("torch_optimizers.json");
  std::vector<bool> seen(kOptimizerNames.size(), false);
  for (const Json& golden : goldens.at("optimizers")) {
    const std::string name = golden.at("optimizer");
    INFO(name);
    seen[position_of(kOptimizerNames, name)] = true;
    // Muon's iteration multiplies small singular values by 3.4 five times over, and their rounding with them.
    const double tolerance = sizeof(Real) == 8 ? 1e-11 : (name == "muon" ? 5e-4 : 5e-5);
    check_walk(golden, tolerance);
  }
  CHECK(std::find(seen.begin(), seen.end(), false) == seen.end());
}

TEST_CASE("penalties, clipping and limits on norms change a step as they do in PyTorch") {
  const Json goldens = read_golden("torch_optimizers.json");
  for (const Json& golden : goldens.at("steps")) {
    INFO(golden.at("settings").dump());
    check_walk(golden, sizeof(Real) == 8 ? 1e-11 : 5e-5);
  }
}

TEST_CASE("every schedule gives PyTorch's learning rates, at once and after a warm-up") {
  const Json goldens = read_golden("torch_optimizers.json");
  std::vector<bool> seen(kScheduleNames.size(), false);
  std::vector<bool> seen_warmed(kScheduleNames.size(), false);
  for (const Json& golden : goldens.at("schedules")) {
    const Json& s = golden.at("settings");
    INFO(s.dump());
    const std::size_t schedule = position_of(kScheduleNames, s.at("schedule").get<std::string>());
    (s.contains("warmup") ? seen_warmed : seen)[schedule] = true;
    const ScheduleSettings settings{.schedule = static_cast<Schedule>(schedule),
                                    .warmup = s.value("warmup", 0.0),
                                    .total = s.at("total"),
                                    .period = s.value("period", 1.0),
                                    .factor = s.value("factor", 1.0),
                                    .power = s.value("power", 1.0),
                                    .growth = s.value("growth", 1.0),
                                    .floor = s.value("floor", 0.0)};
    const auto expected = golden.at("factors").get<std::vector<double>>();
    REQUIRE(expected.size() == 100);
    for (std::size_t k = 0; k < expected.size(); ++k) {
      INFO("step " << k);
      CHECK(close(schedule_factor(settings, static_cast<double>(k)), expected[k], 1e-12, 1e-12));
    }
  }
  CHECK(std::find(seen.begin(), seen.end(), false) == seen.end());
  CHECK(std::find(seen_warmed.begin(), seen_warmed.end(), false) == seen_warmed.end());
}
