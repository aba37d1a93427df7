// A neuron is taken out of the network under way, and the run goes on as if its outgoing weights had been 0 all along.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/optim/optimizer.h"
#include "tests/support/fail_each.h"
#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

const Trainer& trainer_of(const Session& session) { return *session.pipeline().run().trainer; }

Index units_of(const Json& document, std::size_t layer) {
  return document.at("model").at("layers").at(layer).at("units").get<Index>();
}

/// A run in the middle of its second epoch.
Session started(const Json& values = Json::object()) {
  Session session(quick_document(values));
  session.step_epoch();
  session.step_batch();
  return session;
}

/// The numbers of one parameter in one of the blocks of a trainer.
std::vector<Real> numbers(const Trainer& trainer, std::span<const Real> block, const std::string& name) {
  for (const Parameter& parameter : trainer.layout()) {
    if (parameter.name != name) continue;
    const auto part =
        block.subspan(static_cast<std::size_t>(parameter.offset), static_cast<std::size_t>(parameter.shape.size()));
    return {part.begin(), part.end()};
  }
  FAIL("there is a parameter " << name);
  return {};
}

/// What leads away from a neuron of the first hidden layer becomes 0.
void silence(Session& session, Index unit) {
  const std::string next = session.document().at("model").at("layers").size() > 1 ? "layers.1" : "output";
  const Trainer& trainer = trainer_of(session);
  const Index units = trainer.spec().layers[0].units;
  const auto targets = static_cast<Index>(numbers(trainer, trainer.parameters(), next + ".weight").size()) / units;
  for (Index k = 0; k < targets; ++k) session.set_parameter(next + ".weight", unit * targets + k, 0);
}

void check_close(const std::vector<Real>& a, const std::vector<Real>& b) {
  REQUIRE(a.size() == b.size());
  Real most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
  CHECK(most <= static_cast<Real>(sizeof(Real) == 8 ? 1e-13 : 1e-6));
}

}  // namespace

TEST_CASE("without a neuron a network computes what it computed when the neuron's outgoing weights were 0") {
  for (const Json& values : std::vector<Json>{
           {{"model.layers", {{{"units", 5}}, {{"units", 3}, {"activation", "relu"}}}}},
           {{"model.layers", {{{"units", 5}}}}},
           {{"data.generator", "ripple"}, {"model.layers", {{{"units", 5}, {"norm", "batch"}}, {{"units", 4}}}}},
           {{"training.average", 0.9}}}) {
    INFO(values.dump());
    for (const Index unit : {0, 2, 4}) {
      Session silenced = started(values);
      Session narrow = started(values);
      const std::vector<Real> whole = narrow.grid(20, 0, 1).predictions;
      silence(silenced, unit);
      narrow.remove_neuron(0, unit);
      const std::vector<Real> left = narrow.grid(20, 0, 1).predictions;
      CHECK(left == silenced.grid(20, 0, 1).predictions);
      CHECK(left != whole);  // the neuron had a say
      CHECK(narrow.measures(Part::kTrain).measures.loss != started(values).measures(Part::kTrain).measures.loss);
    }
  }
}

TEST_CASE("the document has one neuron less, the run goes on where it stood, and nothing else has changed") {
  Session session = started();
  const Session whole = started();
  REQUIRE(session.set("training.learning_rate", 0.02));
  const Json before = session.document();
  const Json status = bare_status(session);
  session.remove_neuron(1, 3);
  CHECK(session.document() == with_field(before, "model.layers[1].units", 7));
  CHECK_FALSE(session.is_restart_needed());
  Json after = bare_status(session);
  CHECK(after.at("parameters") == 2 * 8 + 8 + 8 * 7 + 7 + 7 * 2 + 2);
  CHECK(after.at("memoryBytes") < status.at("memoryBytes"));
  for (const char* key : {"parameters", "memoryBytes"}) after[key] = status.at(key);
  CHECK(after == status);
  CHECK(session.losses() == whole.losses());
  CHECK(history_rows(session, 0) == history_rows(whole, 0));
  CHECK(session.weights(8)[1].units == 7);
  CHECK(session.weights(8)[2].inputs == 7);

  const double loss = session.measures(Part::kTrain).measures.loss;
  for (int epoch = 0; epoch < 2; ++epoch) session.step_epoch();
  CHECK(describe_status(session).at("epoch") == 3);
  CHECK(session.measures(Part::kTrain).measures.loss < loss);
  CHECK(history_rows(session, 0).size() == 3 * 6);
  CHECK(session.next_step().layers.at(1).units == 7);
  CHECK(session.neuron_maps(6, 0, 1).units == std::vector<Index>{8, 7});
}

TEST_CASE(
    "every other number of the weights, and of what each optimiser, the average and the best weights know, stays") {
  for (const std::string_view optimizer : kOptimizerNames) {
    INFO(optimizer);
    const Json values{{"training.optimizer", optimizer},
                      {"model.layers", {{{"units", 4}, {"norm", "batch"}}, {{"units", 3}}}},
                      {"training.average", 0.9},
                      {"training.accumulate", 2},
                      {"done.restore_best", true}};
    Session narrow = started(values);
    const Session whole = started(values);
    narrow.remove_neuron(0, 1);
    const Trainer& after = trainer_of(narrow);
    const Trainer& before = trainer_of(whole);
    // (fan_in, units) without column 1, (units) without number 1, (units, fan_out) without row 1.
    const auto without = [](const std::vector<Real>& numbers_of_whole, std::size_t length, std::size_t inner) {
      std::vector<Real> rest;
      for (std::size_t i = 0; i < numbers_of_whole.size(); ++i) {
        if (i / inner % length != 1) rest.push_back(numbers_of_whole[i]);
      }
      return rest;
    };
    const auto check_block = [&](std::span<const Real> narrow_block, std::span<const Real> whole_block) {
      REQUIRE(narrow_block.size() == after.parameters().size());
      REQUIRE(whole_block.size() == before.parameters().size());
      for (const Parameter& parameter : before.layout()) {
        INFO(parameter.name);
        std::vector<Real> expected = numbers(before, whole_block, parameter.name);
        if (parameter.name.starts_with("layers.0.")) expected = without(expected, 4, 1);
        if (parameter.name == "layers.1.weight") expected = without(expected, 4, 3);
        CHECK(numbers(after, narrow_block, parameter.name) == expected);
      }
    };
    check_block(after.parameters(), before.parameters());
    check_block(after.gradients(), before.gradients());
    check_block(after.average(), before.average());
    check_block(after.blocks().best, before.blocks().best);
    check_block(after.blocks().accumulated, before.blocks().accumulated);
    REQUIRE(after.progress().pending_batches == 1);
    bool has_state = false;
    for (int slot = 0; slot < row(static_cast<Optimizer>(narrow.pipeline().run().experiment.step.optimizer)).slots;
         ++slot) {
      const auto part = [slot](const Trainer& trainer) {
        const std::size_t count = trainer.parameters().size();
        return trainer.slots().subspan(static_cast<std::size_t>(slot) * count, count);
      };
      check_block(part(after), part(before));
      has_state = has_state || std::any_of(part(after).begin(), part(after).end(), [](Real x) { return x != 0; });
    }
    CHECK(has_state);
    CHECK(after.progress().optimizer_step == before.progress().optimizer_step);
    finish(narrow);
    CHECK_FALSE(narrow.pipeline().failure());
  }
}

TEST_CASE("training goes on as it would have without what the neuron gives: step by step with the neuron silenced") {
  // Where nothing leads away from a neuron its own gradient is 0; plain descent leaves its outgoing weights alone only
  // if its output is 0, as with a dead ReLU: then both networks train alike.
  const Json values{{"model.layers", {{{"units", 4}, {"activation", "relu"}}, {{"units", 3}}}},
                    {"training.optimizer", "adam"}};
  Session silenced = started(values);
  Session narrow = started(values);
  silence(silenced, 2);
  for (Session* const session : {&silenced, &narrow}) session->set_parameter("layers.0.bias", 2, -1000);
  narrow.remove_neuron(0, 2);
  for (int step = 0; step < 5; ++step) {
    silenced.step_batch();
    narrow.step_batch();
  }
  check_close(narrow.grid(20, 0, 1).predictions, silenced.grid(20, 0, 1).predictions);
  REQUIRE(narrow.losses().size() == silenced.losses().size());
  check_close(narrow.losses(), silenced.losses());
}

TEST_CASE("a rewind after a removal is a fresh run of the document as it then is") {
  Session session = started();
  session.remove_neuron(0, 5);
  session.remove_neuron(0, 0);
  CHECK(units_of(session.document(), 0) == 6);
  session.rewind();
  Session fresh(session.document());
  session.step_epoch();
  fresh.step_epoch();
  CHECK(parameters_of(session) == parameters_of(fresh));
  finish(session);
  finish(fresh);
  CHECK(parameters_of(session) == parameters_of(fresh));
}

TEST_CASE("a checkpoint after a removal is gone on from bit for bit") {
  for (const Json& values :
       std::vector<Json>{Json::object(),
                         {{"training.average", 0.9}, {"training.accumulate", 2}, {"done.restore_best", true}},
                         {{"model.layers", {{{"units", 9}, {"norm", "group"}, {"dropout", 0.3}}, {{"units", 3}}}}}}) {
    INFO(values.dump());
    Session session = started(values);
    session.remove_neuron(0, 1);
    session.step_batch();
    const std::unique_ptr<Session> restored = Session::restore(session.checkpoint());
    CHECK(restored->document() == session.document());
    CHECK(bare_status(*restored) == bare_status(session));
    finish(session);
    finish(*restored);
    CHECK(parameters_of(*restored) == parameters_of(session));
    CHECK(history_rows(*restored, 0) == history_rows(session, 0));
  }
}

TEST_CASE("after a removal a run that diverges returns to its mark, without the neuron") {
  const Json values{{"training.optimizer", "sgd"}, {"training.loss", "squared_error"}, {"done.max_epochs", 9}};
  Session session = started(values);
  session.remove_neuron(0, 1);
  REQUIRE(session.set("training.learning_rate", 10));
  session.set_parameter("output.weight", 0, sizeof(Real) == 8 ? 1e200 : 1e15);  // far out
  CHECK(code_of([&] { session.step_epoch(); }) == "not_finite");
  REQUIRE(session.pipeline().can_recover());
  session.recover();
  // Where the second epoch began, one batch before the removal.
  Session narrow(quick_document(values));
  narrow.step_epoch();
  narrow.remove_neuron(0, 1);
  CHECK(parameters_of(session) == parameters_of(narrow));
  REQUIRE(session.set("training.learning_rate", 0.01));
  finish(session);
  CHECK(session.pipeline().is_finished());
}

TEST_CASE("a neuron that cannot be removed is refused, and nothing has changed") {
  const Json values{{"model.layers", {{{"units", 3}}, {{"units", 3}, {"residual", "1"}}, {{"units", 1}}}}};
  Session early(quick_document(values));
  CHECK(code_of([&] { early.remove_neuron(2, 0); }) == "bad_input");
  Session session = started(values);
  const std::vector<Real> before = parameters_of(session);
  const Json document = session.document();
  CHECK(code_of([&] { session.remove_neuron(3, 0); }) == "not_hidden");
  CHECK(code_of([&] { session.remove_neuron(-1, 0); }) == "not_hidden");
  CHECK(code_of([&] { session.remove_neuron(0, 3); }) == "bad_input");
  CHECK(code_of([&] { session.remove_neuron(2, 0); }) == "last_neuron");
  const Error edge = error_of([&] { session.remove_neuron(1, 0); });
  CHECK(edge.code() == ErrorCode::kResidualEdge);
  CHECK(std::string(edge.what()).find("from 1 to 2") != std::string::npos);
  CHECK(session.document() == document);
  CHECK(parameters_of(session) == before);
}

TEST_CASE(
    "a neuron of layers that are no longer those of the run is not removed: its number does not say which it is") {
  Session session = started();
  CHECK_FALSE(session.set("model.layers[0].units", 5));
  const Json document = session.document();
  const std::vector<Real> before = parameters_of(session);
  const Error error = error_of([&] { session.remove_neuron(0, 0); });
  CHECK(error.code() == ErrorCode::kBadInput);
  CHECK(error.place() == "model.layers");
  CHECK(session.document() == document);
  CHECK(parameters_of(session) == before);
  session.rewind();
  session.step_batch();
  session.remove_neuron(0, 0);
  CHECK(units_of(session.document(), 0) == 4);
}

TEST_CASE("memory that runs out while a neuron is removed leaves the run and its document as they were") {
  const Json values{{"model.layers", {{{"units", 4}, {"norm", "batch"}}, {{"units", 3}, {"dropout", 0.2}}}},
                    {"training.average", 0.9},
                    {"training.accumulate", 2},
                    {"done.restore_best", true}};
  Session session = started(values);
  Session plain = started(values);
  const std::vector<Real> before = parameters_of(session);
  const Json document = session.document();
  const int failures = fail_each([&] { session.remove_neuron(0, 1); },
                                 [&] {
                                   REQUIRE(parameters_of(session) == before);
                                   REQUIRE(session.document() == document);
                                 },
                                 [&] { session = started(values); });
  CHECK(failures > 200);
  plain.remove_neuron(0, 1);
  CHECK(session.document() == plain.document());
  finish(session);
  finish(plain);
  CHECK(parameters_of(session) == parameters_of(plain));
}
