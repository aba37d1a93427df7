// What is shown of one neuron adds up to what the engine computed otherwise, and is the step that follows.
#include "engine/session/step_trace.h"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/session/view_report.h"
#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

double number(Real value) { return static_cast<double>(value); }
Catch::Approx about(double value) { return Catch::Approx(value).epsilon(2e-4).margin(2e-6); }

double product(const std::vector<Real>& a, const std::vector<Real>& b) {
  REQUIRE(a.size() == b.size());
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += number(a[i]) * number(b[i]);
  return sum;
}

/// Two hidden layers of three, of which the second adds the first.
Json residual_document(const Json& values = Json::object()) {
  Json document = quick_document();
  document["model"]["layers"] = Json::array(
      {{{"units", 3}, {"activation", "sigmoid"}}, {{"units", 3}, {"activation", "tanh"}, {"residual", "1"}}});
  document = complete(document);
  for (const auto& [path, value] : values.items()) document = with_field(document, path, value);
  return document;
}

const ParameterView& parameter_of(const StepView& view, const std::string& name) {
  for (const ParameterView& parameter : view.parameters) {
    if (parameter.name == name) return parameter;
  }
  FAIL("no parameter " << name);
  return view.parameters[0];
}

}  // namespace

TEST_CASE("a traced neuron adds up: its sum, its output, the chain of its gradients, its share of the batch") {
  const std::vector<Json> settings{
      Json::object(),
      {{"training.loss", "squared_error"}, {"model.output_activation", "sigmoid"}},
      {{"training.loss", "hinge"}, {"model.layers[0].norm", "layer"}},
      {{"model.layers[1].dropout", 0.5}, {"training.class_weights", "balanced"}, {"training.label_smoothing", 0.1}},
  };
  for (const Json& values : settings) {
    INFO(values.dump());
    Session session(residual_document(values));
    session.step_batch();
    const StepView whole = session.next_step();
    const auto rows = static_cast<Index>(whole.rows.size());
    for (Index layer = 0; layer < 3; ++layer) {
      const Index units = whole.layers[static_cast<std::size_t>(layer)].units;
      const Index inputs = layer == 0 ? 2 : 3;
      for (Index i = 0; i < units * (inputs + 1); ++i) {
        const TracePlace place{.sample = i % rows, .layer = layer, .unit = i % units, .input = i / units};
        const StepTrace trace = session.step_trace(place);
        const TraceNeuron& neuron = trace.neuron;
        CHECK(number(neuron.sum) == about(product(neuron.inputs, neuron.weights) + number(neuron.bias)));
        CHECK(neuron.sum == whole.layers[static_cast<std::size_t>(layer)]
                                .sums[static_cast<std::size_t>(place.sample * units + place.unit)]);
        // over the batch: the weight's gradient, of which each sample has its share
        CHECK(product(trace.column, trace.sum_gradients) ==
              about(number(trace.update.batch_gradient[static_cast<std::size_t>(place.input)])));
        CHECK(trace.sum_gradients[static_cast<std::size_t>(place.sample)] == neuron.sum_gradient);
        // along the chain
        if (neuron.slope && neuron.activated_gradient) {
          CHECK(number(neuron.normalized_gradient) == about(number(*neuron.activated_gradient * *neuron.slope)));
        }
        if (layer == 2) continue;
        double later = product(neuron.onward_weights, neuron.onward_gradients);
        for (const Real gradient : neuron.residual_gradients) later += number(gradient);
        CHECK(number(neuron.output_gradient.value_or(NAN)) == about(later));
        CHECK(neuron.residual_gradients.size() == (layer == 0 ? 1U : 0U));
        if (trace.layers[static_cast<std::size_t>(layer)].dropout == 0) {
          CHECK(number(neuron.activated_gradient.value_or(NAN)) == about(later));
        }
      }
    }
  }
}

TEST_CASE("the slope is that of the activation, and none where a whole layer is looked at") {
  Session session(residual_document());
  session.step_batch();
  const TraceNeuron sigmoid = session.step_trace({.layer = 0}).neuron;
  const double a = number(sigmoid.activated);
  CHECK(a == about(1 / (1 + std::exp(-number(sigmoid.normalized)))));
  CHECK(number(sigmoid.slope.value_or(NAN)) == about(a * (1 - a)));
  const TraceNeuron tanh = session.step_trace({.layer = 1}).neuron;
  CHECK(number(tanh.slope.value_or(NAN)) == about(1 - number(tanh.activated) * number(tanh.activated)));
  CHECK(number(tanh.output) == about(number(tanh.activated) + number(session.step_trace({.layer = 0}).neuron.output)));
  const TraceNeuron softmax = session.step_trace({.layer = 2}).neuron;
  CHECK_FALSE(softmax.slope);
  CHECK_FALSE(softmax.output_gradient);  // the loss is taken of the sums
}

TEST_CASE("a traced update has the bits of the step that follows, and the optimiser's state before and after") {
  for (const char* optimizer : {"sgd", "adam", "adamw", "muon", "lion", "adadelta"}) {
    INFO(optimizer);
    Session session(residual_document({{"training.optimizer", optimizer},
                                       {"training.l2", 0.01},
                                       {"training.clip_value", 0.05},
                                       {"training.weight_decay", 0.1}}));
    session.step_batch();
    session.step_batch();
    const StepView whole = session.next_step();
    const StepTrace trace = session.step_trace({.sample = 1, .layer = 1, .unit = 2, .input = 3});
    const ParameterView& weight = parameter_of(whole, "layers.1.weight");
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(trace.update.before[i] == weight.before[i * 3 + 2]);
      CHECK(trace.update.after[i] == weight.after[i * 3 + 2]);
      CHECK(trace.update.gradient[i] == weight.gradient[i * 3 + 2]);
      const double penalised = number(trace.update.gradient[i]) + 0.01 * number(trace.update.before[i]);
      CHECK(number(trace.update.applied[i]) == about(std::clamp(penalised, -0.05, 0.05)));
    }
    CHECK(trace.update.after[3] == parameter_of(whole, "layers.1.bias").after[2]);
    CHECK(trace.step == whole.step);
    CHECK(trace.optimizer_step == 3);
    CHECK(trace.rows == whole.rows);
    CHECK(trace.first_features == whole.features);
    CHECK(trace.first_targets == whole.targets);
    const auto state = trace.update.slots_after;
    CHECK(state.size() == static_cast<std::size_t>(row(trace.settings.optimizer).slots));
    session.step_batch();
    CHECK(session.step_trace({.layer = 1, .unit = 2}).update.slots_before == state);
    CHECK(session.step_trace({.layer = 1, .unit = 2}).update.before == trace.update.after);
  }
}

TEST_CASE("accumulated batches show their own gradient and the mean; nothing moves before the last of them") {
  Session session(residual_document({{"training.accumulate", 2}, {"training.optimizer", "sgd"}}));
  session.step_batch();
  const StepTrace second = session.step_trace({});
  CHECK(second.accumulates);
  CHECK(second.is_update);
  CHECK(second.update.gradient != second.update.batch_gradient);
  session.step_batch();
  session.step_batch();  // the last of the epoch is a step of its own
  const StepTrace first = session.step_trace({});
  CHECK_FALSE(first.is_update);
  CHECK(first.update.after == first.update.before);
}

TEST_CASE("embedded categories: the first layer's inputs are the rows of their tables") {
  std::string csv = "town,x,k\n";
  for (int i = 0; i < 30; ++i) {
    csv += std::string(i % 3 == 0 ? "Rome" : "Bern") + "," + std::to_string(i % 7) + (i % 2 == 0 ? ",a\n" : ",b\n");
  }
  Session session(complete(table_document(
      csv, {{"data.table.columns", Json::array({{{"name", "town"}, {"embedding", 3}}})}, {"done.max_epochs", 2}})));
  session.step_batch();
  const StepTrace trace = session.step_trace({.input = 3});
  CHECK(trace.features.size() == 3);  // two towns and x
  CHECK(trace.neuron.inputs.size() == 4);
  CHECK(number(trace.neuron.sum) ==
        about(product(trace.neuron.inputs, trace.neuron.weights) + number(trace.neuron.bias)));
}

TEST_CASE("a place that there is not is refused by name, and large networks are traced in part") {
  Session session(quick_document({{"model.layers[0].units", 512}, {"training.batch_size", 24}}));
  CHECK(code_of([&] { (void)session.step_trace({}); }) == "bad_input");  // before the split
  session.step_batch();
  CHECK(code_of([&] { (void)session.step_trace({.sample = 24}); }) == "bad_input");
  CHECK(code_of([&] { (void)session.step_trace({.layer = 9}); }) == "bad_input");
  CHECK(code_of([&] { (void)session.step_trace({.layer = 1, .unit = -1}); }) == "bad_input");
  CHECK(code_of([&] { (void)session.step_trace({.input = 4}); }) == "bad_input");
  const StepTrace trace = session.step_trace({.sample = 23, .layer = 1, .input = 511});
  CHECK(trace.neuron.inputs.size() == 512);
  CHECK(trace.layers[0].outputs.size() == 64);
  const Json told = describe_trace(trace);
  CHECK(told["neuron"]["weights"].size() == 512);
  CHECK(told["settings"]["optimizer"] == "adam");
}
