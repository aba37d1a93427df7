#include "engine/session/step_view.h"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

const ParameterView& parameter_of(const StepView& view, const std::string& name) {
  for (const ParameterView& parameter : view.parameters) {
    if (parameter.name == name) return parameter;
  }
  FAIL("no parameter " << name);
  return view.parameters[0];
}

std::vector<Real> all_after(const StepView& view) {
  std::vector<Real> all;
  for (const ParameterView& parameter : view.parameters) {
    all.insert(all.end(), parameter.after.begin(), parameter.after.end());
  }
  return all;
}

}  // namespace

TEST_CASE("the inspector shows the very bits of the step that follows, and leaves the run as it is") {
  const std::vector<Json> settings{
      Json::object(),
      {{"training.optimizer", "muon"}, {"training.clip_norm", 0.5}, {"training.l2", 0.01}},
      {{"training.accumulate", 2}, {"training.optimizer", "sgd"}},
      {{"model.layers[0].norm", "batch"}, {"model.layers[1].dropout", 0.3}},
      {{"training.class_weights", "balanced"}, {"training.average", 0.9}, {"training.warmup", 2}},
      {{"training.loss", "hinge"}, {"model.layers[1].residual", "1"}, {"training.sampling", "balanced"}},
  };
  for (const Json& values : settings) {
    INFO(values.dump());
    Session watched(quick_document(values));
    Session plain(quick_document(values));
    watched.step_batch();
    plain.step_batch();
    while (stage_of(watched) != Stage::kFinish) {
      if (stage_of(watched) != Stage::kTrain) {
        watched.step_stage();
        plain.step_stage();
        continue;
      }
      const std::vector<Real> before = parameters_of(watched);
      const StepView view = watched.next_step();
      REQUIRE(parameters_of(watched) == before);
      CHECK(view.step == steps_of(watched) + 1);
      watched.step_batch();
      plain.step_batch();
      REQUIRE(view.loss == static_cast<double>(watched.losses().back()));
      REQUIRE(all_after(view) == parameters_of(watched));
      REQUIRE(parameters_of(watched) == parameters_of(plain));
    }
  }
}

TEST_CASE("one sigmoid neuron can be followed by hand through the six steps") {
  Json document = quick_document({{"training.loss", "binary_cross_entropy"},
                                  {"training.optimizer", "sgd"},
                                  {"training.momentum", 0.0},
                                  {"training.learning_rate", 0.5},
                                  {"training.batch_size", 1}});
  document["model"]["layers"] = Json::array();
  Session session(document);
  session.step_batch();
  const StepView view = session.next_step();
  // 1. the weights before; 2. one sample
  const auto& weight = parameter_of(view, "output.weight");
  const auto& bias = parameter_of(view, "output.bias");
  REQUIRE(weight.before.size() == 2);
  REQUIRE(view.rows.size() == 1);
  REQUIRE(view.features.size() == 2);
  REQUIRE(view.targets.size() == 1);
  const auto number = [](Real value) { return static_cast<double>(value); };
  const double x1 = number(view.features[0]);
  const double x2 = number(view.features[1]);
  const double t = number(view.targets[0]);
  CHECK((t == 0 || t == 1));
  CHECK(session.pipeline().run().data.labels[static_cast<std::size_t>(view.rows[0])] == static_cast<int>(t));
  // 3. the weighted sum; 4. the sigmoid
  REQUIRE(view.layers.size() == 1);
  const double z = number(weight.before[0]) * x1 + number(weight.before[1]) * x2 + number(bias.before[0]);
  CHECK(number(view.layers[0].sums[0]) == Catch::Approx(z).epsilon(1e-5).margin(1e-6));
  const double y = 1 / (1 + std::exp(-z));
  CHECK(number(view.layers[0].outputs[0]) == Catch::Approx(y).epsilon(1e-5));
  // 5. loss and gradients
  CHECK(view.loss == Catch::Approx(-(t * std::log(y) + (1 - t) * std::log(1 - y))).epsilon(1e-4));
  CHECK(number(weight.gradient[0]) == Catch::Approx((y - t) * x1).epsilon(1e-4).margin(1e-6));
  CHECK(number(weight.gradient[1]) == Catch::Approx((y - t) * x2).epsilon(1e-4).margin(1e-6));
  CHECK(number(bias.gradient[0]) == Catch::Approx(y - t).epsilon(1e-4));
  // 6. the update
  CHECK(number(bias.after[0]) == Catch::Approx(number(bias.before[0]) - 0.5 * (y - t)).epsilon(1e-4).margin(1e-6));
}

TEST_CASE("large parameters are given by their shapes alone, and before Train there is nothing to see") {
  Session session(quick_document({{"model.layers[0].units", 512}, {"model.layers[1].units", 9}}));
  CHECK(code_of([&] { (void)session.next_step(); }) == "bad_input");
  session.step_batch();
  const StepView view = session.next_step();
  const auto& large = parameter_of(view, "layers.1.weight");
  CHECK(large.shape == Shape{512, 9});
  CHECK(large.before.empty());
  CHECK(large.after.empty());
  CHECK(view.layers[0].sums.empty());  // 10 rows of 512
  CHECK(view.layers[1].sums.size() == 90);
}
