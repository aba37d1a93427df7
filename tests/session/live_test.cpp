#include <catch2/catch_test_macros.hpp>

#include "engine/experiment/fields.h"
#include "tests/support/refusals.h"
#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// Two sessions after the same five steps; the second with one field set. Returns whether the next step differs.
bool next_step_differs(const std::string& path, const Json& value, const char* optimizer) {
  const Json document = quick_document({{"training.optimizer", optimizer}, {"done.max_epochs", 50}});
  Session plain(document);
  Session changed(document);
  for (Session* session : {&plain, &changed}) {
    for (int i = 0; i < 5; ++i) session->step_batch();
  }
  REQUIRE(parameters_of(plain) == parameters_of(changed));
  CHECK(changed.set(path, value));
  CHECK_FALSE(changed.is_restart_needed());
  REQUIRE(parameters_of(plain) == parameters_of(changed));
  plain.step_batch();
  changed.step_batch();
  CHECK(steps_of(changed) == 6);
  return parameters_of(plain) != parameters_of(changed);
}

/// A value of this field that is neither its default nor what quick_document has.
template <typename AnyField>
Json other_value(const AnyField& field) {
  switch (field.type) {
    case FieldType::kBoolean:
      return field.initial == 0;
    case FieldType::kChoice:
      return field.choices[field.initial == 0 ? 1 : 0];
    case FieldType::kText:
      return field.path == "residual" ? "1" : "other";  // the first layer
    case FieldType::kList:
      return Json::array({Json::object({{field.path == kLayersPath ? "units" : "embedding", 3}})});
    case FieldType::kInteger:
      // Two above the least: of folds there are none or at least two.
      return static_cast<std::int64_t>(field.initial == field.min ? std::min(field.min + 2, field.max) : field.min);
    case FieldType::kNumber:
      break;
  }
  return field.initial == field.min ? (field.min + field.max) / 4 : field.min;
}

}  // namespace

TEST_CASE("live fields of the optimiser take effect with the next step") {
  CHECK(next_step_differs("training.learning_rate", 0.5, "adam"));
  CHECK(next_step_differs("training.learning_rate", 0.5, "sgd"));
  CHECK(next_step_differs("training.optimizer", "sgd", "adam"));
  CHECK(next_step_differs("training.optimizer", "adam", "sgd"));
  CHECK(next_step_differs("training.momentum", 0.1, "sgd"));
  CHECK(next_step_differs("training.beta1", 0.1, "adam"));
  CHECK(next_step_differs("training.beta2", 0.1, "adam"));
  CHECK(next_step_differs("training.epsilon", 0.1, "adam"));
  // Each optimiser reads its own settings only.
  CHECK_FALSE(next_step_differs("training.momentum", 0.1, "adam"));
  CHECK_FALSE(next_step_differs("training.beta1", 0.1, "sgd"));
}

TEST_CASE("the status tells the new learning rate at once") {
  Session session(quick_document());
  session.step_batch();
  session.set("training.learning_rate", 0.125);
  CHECK(describe_status(session).at("learningRate") == 0.125);
  CHECK(session.document().at("training").at("learning_rate") == 0.125);
  session.rewind();
  CHECK(describe_status(session).at("learningRate") == 0.125);
}

TEST_CASE("a learning rate that was reduced on a plateau stays so when another field is set") {
  Session session(quick_document(
      {{"optimise.patience", 1}, {"optimise.factor", 0.5}, {"optimise.threshold", 0.5}, {"done.max_epochs", 40}}));
  session.advance(1e6, 20);
  const double reduced = describe_status(session).at("learningRate");
  REQUIRE(reduced < 0.01);
  session.set("training.momentum", 0.3);
  CHECK(describe_status(session).at("learningRate") == reduced);
  session.set("training.learning_rate", 0.02);
  CHECK(describe_status(session).at("learningRate") == 0.02);
}

TEST_CASE("a new optimiser starts with empty state: switching there and back is not the same as staying") {
  const Json document = quick_document({{"done.max_epochs", 50}});
  Session stayed(document);
  Session switched(document);
  for (Session* session : {&stayed, &switched}) {
    for (int i = 0; i < 5; ++i) session->step_batch();
  }
  switched.set("training.optimizer", "sgd");
  switched.set("training.optimizer", "adam");
  const auto& trainer = *switched.pipeline().run().trainer;
  CHECK(trainer.progress().optimizer_step == 0);
  for (const Real slot : trainer.slots()) REQUIRE(slot == 0);
  stayed.step_batch();
  switched.step_batch();
  CHECK(parameters_of(stayed) != parameters_of(switched));
}

TEST_CASE("a new batch size counts from the next epoch and covers every row") {
  Session session(quick_document({{"done.max_epochs", 50}}));
  session.step_batch();
  CHECK(session.set("training.batch_size", 7));
  CHECK(describe_status(session).at("batchesPerEpoch") == 3);
  session.step_epoch();
  CHECK(steps_of(session) == 3);
  CHECK(describe_status(session).at("batchesPerEpoch") == 4);
  session.step_epoch();
  CHECK(steps_of(session) == 7);
  session.set("training.batch_size", 1024);
  session.step_epoch();
  CHECK(steps_of(session) == 11);
  session.step_epoch();
  CHECK(steps_of(session) == 12);
  CHECK(describe_status(session).at("batchesPerEpoch") == 1);
}

TEST_CASE("the end can be moved while the run goes on") {
  Session session(quick_document());
  session.step_epoch();
  session.set("done.max_epochs", 2);
  finish(session);
  CHECK(steps_of(session) == 6);
  CHECK(describe_status(session).at("stopReason") == "epochs");
}

TEST_CASE("fields that change data or network say so, leave the run alone, and count after rewind") {
  for (const Field& field : fields()) {
    const std::string path(field.path);
    if (field.effect == Effect::kLive || path == "data.source") continue;
    INFO(path);
    Session session(quick_document());
    session.step_batch();
    const std::vector<Real> parameters = parameters_of(session);
    const Json value = other_value(field);
    CHECK_FALSE(session.set(path, value));
    CHECK(session.is_restart_needed());
    CHECK(describe_status(session).at("restartNeeded") == true);
    CHECK(parameters_of(session) == parameters);
    CHECK(session.document() == with_field(quick_document(), path, value));
    Session unchanged(quick_document());
    finish(unchanged);
    finish(session);
    CHECK(session.losses() == unchanged.losses());

    session.rewind();
    CHECK_FALSE(session.is_restart_needed());
    Session fresh(session.document());
    session.step_epoch();
    fresh.step_epoch();
    CHECK(bare_status(session) == bare_status(fresh));
    CHECK(parameters_of(session) == parameters_of(fresh));
  }
}

TEST_CASE("every live field is accepted in mid-run and asks for no restart") {
  for (const Field& field : fields()) {
    if (field.effect != Effect::kLive) continue;
    INFO(field.path);
    Session session(quick_document());
    session.step_batch();
    CHECK(session.set(field.path, other_value(field)));
    CHECK_FALSE(session.is_restart_needed());
    session.step_epoch();
    CHECK(session.document() == with_field(quick_document(), field.path, other_value(field)));
  }
}

TEST_CASE("every field of a layer is live and counts with the next step, or says that it needs a restart") {
  std::vector<std::string> live;
  for (const LayerField& field : layer_fields()) {
    const std::string path = "model.layers[1]." + std::string(field.path);
    INFO(path);
    const Json value = other_value(field);
    Session session(quick_document());
    Session unchanged(quick_document());
    session.step_batch();
    unchanged.step_batch();
    const bool is_live = field.effect == Effect::kLive;
    CHECK(session.set(path, value) == is_live);
    CHECK(session.is_restart_needed() == !is_live);
    CHECK(session.document() == with_field(quick_document(), path, value));
    session.step_batch();
    unchanged.step_batch();
    const bool is_calculated_with = field.path != "name";
    CHECK((parameters_of(session) != parameters_of(unchanged)) == (is_live && is_calculated_with));
    if (is_live) live.emplace_back(field.path);
  }
  CHECK(live == std::vector<std::string>{"name", "activation", "dropout", "residual"});
}

TEST_CASE("a live change beside a pending restart changes the old run and nothing else of it") {
  Session session(quick_document());
  session.step_batch();
  CHECK_FALSE(session.set("model.layers[0].units", 20));
  CHECK(session.set("training.learning_rate", 0.5));
  CHECK(session.is_restart_needed());
  Session expected(quick_document());
  expected.step_batch();
  expected.set("training.learning_rate", 0.5);
  finish(session);
  finish(expected);
  CHECK(parameters_of(session) == parameters_of(expected));
  session.rewind();
  session.step_batch();
  CHECK(parameters_of(session).size() == 20 * 2 + 20 + 8 * 20 + 8 + 2 * 8 + 2);
}

TEST_CASE("setting a restart field to the value it has asks for no restart") {
  Session session(quick_document());
  CHECK_FALSE(session.set("data.samples", 40));
  CHECK_FALSE(session.is_restart_needed());
}

TEST_CASE("a bad set leaves document and run as they were") {
  Session session(quick_document());
  Session untouched(quick_document());
  session.step_batch();
  untouched.step_batch();
  CHECK(code_of([&] { session.set("training.learning_rate", 11); }) == "out_of_range");
  CHECK(code_of([&] { session.set("training.optimizer", "newton"); }) == "not_a_choice");
  CHECK(code_of([&] { session.set("training.speed", 1); }) == "unknown_field");
  CHECK(code_of([&] { session.set("data.samples", "many"); }) == "wrong_type");
  CHECK(code_of([&] { session.set("split.validation", 0.75); }) == "split_too_small");
  CHECK(code_of([&] { session.set("data.source", "table"); }) == "csv_empty");
  CHECK(code_of([&] { session.set("model.layers[7].units", 1); }) == "unknown_field");
  CHECK(session.document() == quick_document());
  CHECK_FALSE(session.is_restart_needed());
  finish(session);
  finish(untouched);
  CHECK(session.losses() == untouched.losses());
}

TEST_CASE("the loss is live where the network keeps its shapes, and restarts the run where it does not") {
  Session session(quick_document());
  for (int i = 0; i < 5; ++i) session.step_batch();
  CHECK(session.set("training.loss", "hinge"));
  CHECK_FALSE(session.is_restart_needed());
  session.step_batch();
  CHECK(steps_of(session) == 6);
  // A single output neuron instead of two.
  CHECK_FALSE(session.set("training.loss", "binary_cross_entropy"));
  CHECK(session.is_restart_needed());
  CHECK(session.document()["training"]["loss"] == "binary_cross_entropy");
  session.step_batch();
  CHECK(session.pipeline().run().spec.loss == Loss::kHinge);
  session.rewind();
  session.step_batch();
  CHECK(session.pipeline().run().spec.loss == Loss::kBinaryCrossEntropy);
}

TEST_CASE(
    "a residual edge can be laid and taken away in flight where the sizes agree; one that does not fit is refused") {
  const Json layers = Json::array({{{"units", 6}}, {{"units", 6}}});
  const Json document = quick_document({{"model.layers", layers}, {"done.max_epochs", 50}});
  Session plain(document);
  Session changed(document);
  plain.step_batch();
  changed.step_batch();
  const Json before = changed.document();
  check_refusal([&] { changed.set("model.layers[1].residual", "input"); }, ErrorCode::kResidualSize,
                "model.layers[1].residual", {{"layer", "2"}, {"from", "input"}, {"value", "2"}, {"expected", "6"}});
  CHECK(changed.document() == before);
  CHECK(parameters_of(plain) == parameters_of(changed));

  CHECK(changed.set("model.layers[1].residual", "1"));
  CHECK_FALSE(changed.is_restart_needed());
  CHECK(parameters_of(plain) == parameters_of(changed));
  plain.step_batch();
  changed.step_batch();
  CHECK(parameters_of(plain) != parameters_of(changed));
  const std::vector<Real> weights = parameters_of(changed);
  CHECK(changed.set("model.layers[1].residual", ""));
  CHECK(parameters_of(changed) == weights);
  changed.step_batch();
}

TEST_CASE("names of layers and tables change in flight") {
  Session session(quick_document({{"done.max_epochs", 50}}));
  Session plain(quick_document({{"done.max_epochs", 50}}));
  session.step_batch();
  plain.step_batch();
  CHECK(session.set("model.layers[0].name", "first"));
  CHECK(session.set("data.table.name", "a sheet"));
  CHECK_FALSE(session.is_restart_needed());
  session.step_epoch();
  plain.step_epoch();
  CHECK(parameters_of(session) == parameters_of(plain));
  CHECK(session.next_step().layers.front().name == "first");
}
