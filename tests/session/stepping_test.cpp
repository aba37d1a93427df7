#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

std::int64_t visits(const Session& session, Stage stage) { return session.pipeline().tally(stage).visits; }

}  // namespace

TEST_CASE("a new session has done nothing yet") {
  const Session session(quick_document());
  CHECK(stage_of(session) == Stage::kPrepare);
  CHECK(session.pipeline().events().empty());
  CHECK(session.losses().empty());
  CHECK(session.points(0, 1).x.empty());
  const Json status = describe_status(session);
  CHECK(status.at("loss").is_null());
  CHECK(status.at("stages")[0].at("state") == "active");
  CHECK(status.at("stages")[1].at("state") == "idle");
}

TEST_CASE("step_batch stops after exactly one optimiser step, wherever it starts") {
  Session session(quick_document());
  const std::vector<Stage> expected{Stage::kTrain, Stage::kTrain, Stage::kEvaluate,
                                    Stage::kTrain, Stage::kTrain, Stage::kEvaluate};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    session.step_batch();
    CHECK(steps_of(session) == i + 1);
    CHECK(stage_of(session) == expected[i]);
  }
  CHECK(visits(session, Stage::kEvaluate) == 1);
  CHECK(session.losses().size() == 6);
}

TEST_CASE("step_batch after the last epoch finishes the run instead of training on") {
  Session session(quick_document());
  for (int i = 0; i < 9; ++i) session.step_batch();
  CHECK_FALSE(session.pipeline().is_finished());
  session.step_batch();
  CHECK(session.pipeline().is_finished());
  CHECK(steps_of(session) == 9);
  session.step_batch();
  session.step_epoch();
  session.step_stage();
  CHECK(session.advance(1e6, 10) == 0);
  CHECK(steps_of(session) == 9);
  CHECK(visits(session, Stage::kFinish) == 1);
}

TEST_CASE("step_epoch stops right after the next Evaluate, also from the middle of an epoch") {
  Session session(quick_document());
  session.step_epoch();
  CHECK(stage_of(session) == Stage::kOptimise);
  CHECK(steps_of(session) == 3);
  CHECK(visits(session, Stage::kEvaluate) == 1);
  session.step_batch();
  session.step_epoch();
  CHECK(steps_of(session) == 6);
  CHECK(visits(session, Stage::kEvaluate) == 2);
  CHECK(stage_of(session) == Stage::kOptimise);
}

TEST_CASE("step_stage does the rest of one stage and no more") {
  Session session(quick_document());
  const std::vector<Stage> order{Stage::kClean,    Stage::kAugment,  Stage::kSplit, Stage::kDone, Stage::kTrain,
                                 Stage::kEvaluate, Stage::kOptimise, Stage::kDone,  Stage::kTrain};
  for (const Stage stage : order) {
    session.step_stage();
    CHECK(stage_of(session) == stage);
  }
  CHECK(steps_of(session) == 3);
  session.step_batch();
  session.step_stage();
  CHECK(stage_of(session) == Stage::kEvaluate);
  CHECK(steps_of(session) == 6);
}

TEST_CASE("step_stage_for does a stage in slices that come to the same as the whole") {
  Json document = quick_document();
  document["data"]["samples"] = 4'000;
  document["data"]["noise"] = 0.3;
  document["clean"]["labels"] = "drop";
  Session sliced(document);
  Session whole(document);
  CHECK(sliced.step_stage_for(0));  // Prepare is one unit
  CHECK(stage_of(sliced) == Stage::kClean);
  int slices = 1;
  for (; !sliced.step_stage_for(0); ++slices) REQUIRE(stage_of(sliced) == Stage::kClean);
  CHECK(slices > 3);
  CHECK(stage_of(sliced) == Stage::kAugment);
  whole.step_stage();
  whole.step_stage();
  CHECK(sliced.pipeline().run().cleaned.size() == whole.pipeline().run().cleaned.size());
  CHECK_FALSE(sliced.pipeline().run().cleaned.empty());
  while (sliced.pipeline().tally(Stage::kEvaluate).visits == 0) sliced.step_stage_for(1e9);
  whole.step_epoch();
  CHECK(sliced.losses() == whole.losses());
}

TEST_CASE("advance respects the number of epochs and returns the optimiser steps it did") {
  Session session(quick_document({{"done.max_epochs", 50}}));
  CHECK(session.advance(1e6, 1) == 3);
  CHECK(visits(session, Stage::kEvaluate) == 1);
  CHECK(session.advance(1e6, 7) == 21);
  CHECK(visits(session, Stage::kEvaluate) == 8);
  session.step_batch();
  CHECK(session.advance(1e6, 1) == 2);
  CHECK(visits(session, Stage::kEvaluate) == 9);
  CHECK(session.advance(1e6, 1000) == 41 * 3);
  CHECK(session.pipeline().is_finished());
}

TEST_CASE("advance without time does one unit of work, so that no caller stands still") {
  Session session(quick_document());
  CHECK(session.advance(0, 1000) == 0);
  CHECK(stage_of(session) == Stage::kClean);
  CHECK(session.advance(-5, 1000) == 0);
  CHECK(stage_of(session) == Stage::kAugment);
  run_to(session, Stage::kTrain);
  CHECK(session.advance(0, 1000) == 1);
  CHECK(session.advance(0, 1000) == 1);
}

TEST_CASE("how a run is cut into steps changes no bit of it") {
  Session whole(quick_document({{"done.max_epochs", 20}, {"model.layers[0].dropout", 0.2}}));
  Session pieces(whole.document());
  finish(whole);
  for (int i = 0; !pieces.pipeline().is_finished(); ++i) {
    if (i % 4 == 0) pieces.step_batch();
    if (i % 4 == 1) pieces.step_stage();
    if (i % 4 == 2) pieces.advance(0, 1);
    if (i % 4 == 3) pieces.step_epoch();
  }
  CHECK(whole.losses() == pieces.losses());
  CHECK(parameters_of(whole) == parameters_of(pieces));
  CHECK(bare_status(whole) == bare_status(pieces));
}

TEST_CASE("rewind gives the same initial weights and the same losses bit for bit") {
  Session session(quick_document({{"model.layers[0].dropout", 0.3}, {"done.max_epochs", 10}}));
  session.step_batch();
  const std::vector<Real> first_parameters = parameters_of(session);
  finish(session);
  const std::vector<Real> losses = session.losses();
  const std::vector<Real> parameters = parameters_of(session);
  const Json status = bare_status(session);
  REQUIRE(losses.size() == 30);

  session.rewind();
  CHECK(stage_of(session) == Stage::kPrepare);
  CHECK_FALSE(session.pipeline().is_finished());
  CHECK(session.losses().empty());
  CHECK(session.pipeline().run().history.empty());
  CHECK(session.pipeline().events().empty());
  CHECK(describe_status(session).at("measures").at("test").is_null());
  session.step_batch();
  CHECK(parameters_of(session) == first_parameters);
  finish(session);
  CHECK(session.losses() == losses);
  CHECK(parameters_of(session) == parameters);
  CHECK(bare_status(session) == status);
}

TEST_CASE("two sessions of one document are equal bit for bit; another seed is another run") {
  Session first(quick_document());
  Session second(quick_document());
  Session other(quick_document({{"seed", 8}}));
  for (Session* session : {&first, &second, &other}) finish(*session);
  CHECK(first.losses() == second.losses());
  CHECK(parameters_of(first) == parameters_of(second));
  CHECK(first.losses() != other.losses());
}

TEST_CASE("test rows and test measures stay sealed until Finish") {
  Session session(quick_document());
  const auto test_points = [&] {
    const Points points = session.points(0, 1);
    return std::count(points.parts.begin(), points.parts.end(), static_cast<std::uint8_t>(PointPart::kTest));
  };
  run_to(session, Stage::kDone);
  while (!session.pipeline().is_finished()) {
    REQUIRE(session.points(0, 1).x.size() == 32);
    REQUIRE(test_points() == 0);
    REQUIRE(describe_status(session).at("measures").at("test").is_null());
    session.step_stage();
  }
  CHECK(session.points(0, 1).x.size() == 40);
  CHECK(test_points() == 8);
  CHECK(describe_status(session).at("measures").at("test").is_object());
}

TEST_CASE("a bad document makes no session") {
  CHECK(code_of([] { const Session session(Json::object({{"seed", -1}})); }) == "out_of_range");
  CHECK(code_of([] { const Session session(Json::array()); }) == "wrong_type");
}
