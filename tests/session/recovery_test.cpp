#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// Numbers leave the finite range within a step or two.
constexpr double kHuge = 10;

Json calm(const Json& values = Json::object()) {
  Json all{{"training.optimizer", "sgd"},      {"training.momentum", 0.5},  {"training.learning_rate", 0.01},
           {"training.loss", "squared_error"}, {"optimise.plateau", false}, {"done.max_epochs", 40}};
  all.update(values);
  return quick_document(all);
}

/// Two epochs and a batch, then a learning rate far too large until the run fails.
void diverge(Session& session) {
  session.step_epoch();
  session.step_epoch();
  session.step_batch();
  REQUIRE(session.set("training.learning_rate", kHuge));
  const Error error = error_of([&] { session.advance(1e6, 39); });
  REQUIRE(error.code() == ErrorCode::kNotFinite);
}

/// What is evaluated: the averaged weights where an average is kept.
std::vector<Real> evaluated_by(const Session& session) {
  const std::span<const Real> weights = session.pipeline().run().trainer->evaluated();
  return {weights.begin(), weights.end()};
}

}  // namespace

TEST_CASE("a diverged run offers the beginning of the last epoch with finite numbers, and goes on from there") {
  for (const char* const average : {"0", "0.9"}) {
    INFO("average " << average);
    Session session(calm({{"training.average", std::stod(average)}}));
    diverge(session);
    CHECK(describe_status(session).at("recoverable") == true);
    CHECK(session.set("training.learning_rate", 0.01));
    session.recover();
    CHECK_FALSE(session.pipeline().failure());
    CHECK(describe_status(session).at("recoverable") == false);
    CHECK(stage_of(session) == Stage::kTrain);
    const int epoch = session.pipeline().run().trainer->progress().epoch;
    CHECK(session.pipeline().run().history.size() == static_cast<std::size_t>(epoch));
    for (const Real parameter : parameters_of(session)) CHECK(std::isfinite(parameter));
    for (const Real loss : session.losses()) CHECK(std::isfinite(loss));
    finish(session);
    CHECK(session.pipeline().run().history.size() == 40);
  }
}

TEST_CASE("what is recovered is the state itself: the run goes on bit for bit as one that never diverged") {
  for (const char* const average : {"0", "0.9"}) {
    INFO("average " << average);
    const Json document = calm({{"training.average", std::stod(average)}});
    Session plain(document);
    Session session(document);
    diverge(session);
    REQUIRE(session.set("training.learning_rate", 0.01));
    session.recover();
    const int epoch = session.pipeline().run().trainer->progress().epoch;
    REQUIRE(epoch == 2);  // the third is the one in which the learning rate was raised
    plain.step_epoch();
    plain.step_epoch();
    CHECK(parameters_of(session) == parameters_of(plain));
    CHECK(evaluated_by(session) == evaluated_by(plain));
    finish(plain);
    finish(session);
    CHECK(parameters_of(session) == parameters_of(plain));
    CHECK(evaluated_by(session) == evaluated_by(plain));
    CHECK(session.losses() == plain.losses());
  }
}

TEST_CASE("an average that is asked for within the epoch that diverges begins anew with the weights recovered") {
  Session session(calm());
  session.step_epoch();
  session.step_epoch();
  session.step_batch();
  const std::vector<Real> later = parameters_of(session);
  REQUIRE(session.set("training.average", 0.9));
  REQUIRE(session.set("training.learning_rate", kHuge));
  CHECK(code_of([&] { session.advance(1e6, 39); }) == "not_finite");
  session.recover();
  CHECK(session.pipeline().run().trainer->progress().epoch == 2);
  CHECK(evaluated_by(session) == parameters_of(session));
  CHECK(parameters_of(session) != later);
}

TEST_CASE("there is nothing to recover in a sound run, nor in one that failed before it trained") {
  Session sound(quick_document());
  sound.step_epoch();
  CHECK(code_of([&] { sound.recover(); }) == "bad_input");
  Session broken(table_document("a\nsame\n"));
  CHECK(code_of([&] { broken.step_stage(); }) == "csv_no_target");
  CHECK(code_of([&] { broken.recover(); }) == "bad_input");
}

TEST_CASE("a failed run starts anew with rewind as before") {
  Session session(calm());
  diverge(session);
  REQUIRE(session.set("training.learning_rate", 0.01));
  session.rewind();
  finish(session);
  CHECK(session.pipeline().is_finished());
}

TEST_CASE("a run whose last step left the finite numbers fails, though no loss has seen it") {
  // Losses and gradients are finite: it is the step, a learning rate of 10 times the gradient, that is too large. There
  // is no further batch, and no further epoch, that would compute anything with these weights.
  if (sizeof(Real) == 8) SKIP("no number of a table is so large that doubles overflow");
  std::string csv = "x,y\n";
  for (int i = 0; i < 8; ++i) csv += "1." + std::to_string(i) + "e20,1." + std::to_string(i) + "e17\n";
  Json document = default_document();
  document["data"] = {{"source", "table"}, {"table", {{"csv", csv}, {"target", "y"}, {"task", "regression"}}}};
  document["prepare"] = {{"scaling", "none"}, {"target_scaling", "none"}};
  document["split"] = {{"validation", 0}, {"test", 0}};
  document["model"] = {{"layers", Json::array()}, {"initializer", "zeros"}};
  document["training"] = {{"optimizer", "sgd"}, {"momentum", 0}, {"learning_rate", 10}, {"batch_size", 8}};
  document["done"] = {{"max_epochs", 1}};
  Session session(document);
  const Error error = error_of([&] { session.advance(1e6, 10); });
  CHECK(error.code() == ErrorCode::kNotFinite);
  CHECK(param(error, "op") == "parameter");
  CHECK(param(error, "layer") == "output");
  CHECK_FALSE(describe_status(session).at("finished").get<bool>());
  REQUIRE(session.losses().size() == 1);
  CHECK(std::isfinite(session.losses()[0]));
  session.recover();
  for (const Real parameter : parameters_of(session)) CHECK(parameter == 0);
}

TEST_CASE("a gradient that is not finite never reaches the weights") {
  if (sizeof(Real) == 8) SKIP("no number of a table is so large that doubles overflow");
  std::string csv = "x,y\n";
  for (int i = 0; i < 8; ++i) csv += "1e30,1e1" + std::to_string(i) + "\n";
  Json document = default_document();
  document["data"] = {{"source", "table"}, {"table", {{"csv", csv}, {"target", "y"}, {"task", "regression"}}}};
  document["prepare"] = {{"scaling", "none"}, {"target_scaling", "none"}};
  document["split"] = {{"validation", 0}, {"test", 0}};
  document["model"] = {{"layers", Json::array()}, {"initializer", "zeros"}};
  document["training"] = {{"optimizer", "sgd"}, {"learning_rate", 1e-6}, {"batch_size", 4}};
  Session session(document);
  const Error error = error_of([&] { session.advance(1e6, 10); });
  CHECK(error.code() == ErrorCode::kNotFinite);
  CHECK(param(error, "op") == "matmul");
  CHECK(param(error, "layer") == "output");
  for (const Real parameter : parameters_of(session)) CHECK(std::isfinite(parameter));
}
