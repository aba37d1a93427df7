#include "engine/session/weight_view.h"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

Json two_layers(const Json& values = Json::object()) {
  Json document = quick_document(values);
  document["model"]["layers"] =
      Json::array({{{"units", 3}, {"activation", "tanh"}}, {{"units", 70}, {"dropout", 0.5}}});
  return document;
}

std::span<const Real> block_of(const Session& session, const std::string& name) {
  const Trainer& trainer = *session.pipeline().run().trainer;
  for (const Parameter& parameter : trainer.layout()) {
    if (parameter.name != name) continue;
    return trainer.parameters().subspan(static_cast<std::size_t>(parameter.offset),
                                        static_cast<std::size_t>(parameter.shape.size()));
  }
  FAIL("no parameter " << name);
  return {};
}

}  // namespace

TEST_CASE("weights are the trained ones, of a large layer the first and how many there are") {
  Session session(two_layers());
  CHECK(code_of([&] { (void)session.weights(8); }) == "bad_input");
  session.step_epoch();
  const std::vector<LayerWeights> layers = session.weights(5);
  REQUIRE(layers.size() == 3);
  CHECK(layers[0].parameter == "layers.0");
  CHECK(layers[2].parameter == "output");
  CHECK(layers[1].inputs == 3);
  CHECK(layers[1].units == 70);
  CHECK(layers[1].shown_inputs == 3);
  CHECK(layers[1].shown_units == 5);
  CHECK(layers[2].inputs == 70);
  CHECK(layers[2].shown_inputs == 5);
  CHECK(layers[2].shown_units == 2);
  const auto weights = block_of(session, "layers.1.weight");
  const auto biases = block_of(session, "layers.1.bias");
  REQUIRE(layers[1].weights.size() == 15);
  REQUIRE(layers[1].biases.size() == 5);
  for (std::size_t unit = 0; unit < 5; ++unit) {
    for (std::size_t i = 0; i < 3; ++i) CHECK(layers[1].weights[i * 5 + unit] == weights[i * 70 + unit]);
    CHECK(layers[1].biases[unit] == biases[unit]);
  }
  CHECK(session.weights(64)[1].weights.size() == std::size_t{3 * 64});
  CHECK(param(error_of([&] { (void)session.weights(65); }), "expected") == "1 to 64");
  CHECK(code_of([&] { (void)session.weights(0); }) == "bad_input");
}

TEST_CASE("a neuron's numbers are those of its sums over the training part, computed by hand here") {
  Session session(two_layers());
  CHECK(code_of([&] { (void)session.unit(0, 0); }) == "bad_input");
  session.step_epoch();
  const PartMatrix& train = session.pipeline().run().train;
  const auto weights = block_of(session, "layers.0.weight");
  const auto biases = block_of(session, "layers.0.bias");
  std::vector<double> sums;
  double mean = 0;
  double output = 0;
  for (std::size_t row = 0; row < static_cast<std::size_t>(train.rows); ++row) {
    const auto sum = static_cast<double>(train.features[row * 2] * weights[1] +
                                         train.features[row * 2 + 1] * weights[4] + biases[1]);
    sums.push_back(sum);
    mean += sum / static_cast<double>(train.rows);
    output += std::tanh(sum) / static_cast<double>(train.rows);
  }
  const UnitView view = session.unit(0, 1);
  CHECK(view.parameter == "layers.0");
  CHECK(view.inputs == 2);
  CHECK(view.weights == std::vector<Real>{weights[1], weights[4]});
  CHECK(view.bias == biases[1]);
  CHECK(view.rows == train.rows);
  CHECK(view.sum.mean == Catch::Approx(mean).margin(1e-5));
  CHECK(view.sum.low == Catch::Approx(*std::min_element(sums.begin(), sums.end())).margin(1e-5));
  CHECK(view.sum.high == Catch::Approx(*std::max_element(sums.begin(), sums.end())).margin(1e-5));
  CHECK(view.output.mean == Catch::Approx(output).margin(1e-5));
  CHECK(view.output.deviation > 0);

  const UnitView last = session.unit(2, 0);
  CHECK(last.parameter == "output");
  CHECK(last.inputs == 70);
  CHECK(last.weights.size() == 64);
  CHECK(last.output.low >= 0);  // a probability
  CHECK(last.output.high <= 1);
  CHECK(param(error_of([&] { (void)session.unit(3, 0); }), "expected") == "0 to 2");
  CHECK(param(error_of([&] { (void)session.unit(1, 70); }), "expected") == "0 to 69");
  CHECK(code_of([&] { (void)session.unit(-1, 0); }) == "bad_input");
}

TEST_CASE("a linear neuron's output is its sum; a run goes on with the same bits after it was looked at") {
  Session seen(quick_document({{"model.layers[0].activation", "linear"}}));
  Session unseen(quick_document({{"model.layers[0].activation", "linear"}}));
  for (int step = 0; step < 5; ++step) {
    seen.step_batch();
    unseen.step_batch();
    const UnitView view = seen.unit(0, 0);
    CHECK(view.sum.mean == view.output.mean);
    (void)seen.weights(64);
  }
  CHECK(parameters_of(seen) == parameters_of(unseen));
}

TEST_CASE("a changed weight is what the next step starts from, and a checkpoint keeps it") {
  Session session(quick_document());
  CHECK(code_of([&] { session.set_parameter("layers.0.weight", 0, 1); }) == "bad_input");
  session.step_batch();
  const std::vector<Real> before = parameters_of(session);
  session.set_parameter("layers.0.weight", 3, 0.5);
  std::vector<Real> expected = before;
  const Parameter& parameter = session.pipeline().run().trainer->layout()[0];
  REQUIRE(parameter.name == "layers.0.weight");
  expected[static_cast<std::size_t>(parameter.offset) + 3] = Real{0.5};
  CHECK(parameters_of(session) == expected);
  CHECK(session.next_step().parameters[0].before[3] == Real{0.5});
  const auto restored = Session::restore(session.checkpoint());
  CHECK(parameters_of(*restored) == expected);
  const StepView next = session.next_step();
  session.step_batch();
  restored->step_batch();
  CHECK(parameters_of(session) == parameters_of(*restored));
  CHECK(static_cast<double>(session.losses().back()) == next.loss);
  CHECK(parameters_of(session) != before);

  // The document does not know of it.
  session.rewind();
  session.step_batch();
  CHECK(parameters_of(session) == before);
}

TEST_CASE("where an average is kept, a changed weight counts there too: the picture follows at once") {
  Session session(quick_document({{"training.average", 0.99}}));
  session.step_epoch();
  const Grid before = session.grid(8, 0, 1);
  session.set_parameter("output.bias", 0, 20);
  const Grid after = session.grid(8, 0, 1);
  CHECK(std::all_of(after.predictions.begin(), after.predictions.end(),
                    [i = 0](Real p) mutable { return i++ % 2 == 0 ? p > Real(0.99) : p < Real(0.01); }));
  CHECK(before.predictions != after.predictions);
}

TEST_CASE("parameters that are not there, numbers outside them and what is not finite are refused and change nothing") {
  Session session(quick_document({{"model.layers[0].norm", "batch"}}));
  session.step_batch();
  const std::vector<Real> before = parameters_of(session);
  const Error unknown = error_of([&] { session.set_parameter("layers.9.weight", 0, 1); });
  CHECK(error_name(unknown.code()) == "not_a_choice");
  CHECK(param(unknown, "choices").starts_with("layers.0.weight, layers.0.bias, layers.0.gain"));
  // Running statistics are measured, not trained: a negative variance would be no variance.
  CHECK(code_of([&] { session.set_parameter("layers.0.running_variance", 0, -1); }) == "not_a_choice");
  const Error outside = error_of([&] { session.set_parameter("output.bias", 2, 1); });
  CHECK(outside.place() == "index");
  CHECK(param(outside, "expected") == "0 to 1");
  CHECK(code_of([&] { session.set_parameter("output.bias", -1, 1); }) == "bad_input");
  CHECK(code_of([&] { session.set_parameter("output.bias", 0, NAN); }) == "bad_input");
  CHECK(code_of([&] { session.set_parameter("output.bias", 0, INFINITY); }) == "bad_input");
  if (sizeof(Real) == 4) CHECK(code_of([&] { session.set_parameter("output.bias", 0, 1e300); }) == "bad_input");
  CHECK(parameters_of(session) == before);
}
