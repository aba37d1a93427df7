#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

double test_accuracy(const Json& document) {
  Session session(document);
  finish(session);
  return value_of(session.pipeline().run().test_measures).accuracy;
}

/// A linear model whose squared error grows without bound.
Json diverging_document() {
  return quick_document({{"training.loss", "squared_error"},
                         {"training.optimizer", "sgd"},
                         {"training.learning_rate", 10},
                         {"model.layers", Json::array()},
                         {"optimise.patience", 1000},
                         {"done.max_epochs", 1000}});
}

}  // namespace

TEST_CASE("iris is learnt: at least 93 % of the sealed test part, whatever the seed") {
  for (const int seed : {7, 1, 2}) {
    INFO("seed " << seed);
    CHECK(test_accuracy(table_document(iris_csv(), {{"seed", seed}, {"done.max_epochs", 60}})) >= 0.93);
  }
}

TEST_CASE("the default document is learnt: at least 95 % of the sealed test part") {
  CHECK(test_accuracy(default_document()) >= 0.95);
}

TEST_CASE("every generator without noise is learnt with every loss it fits") {
  for (const char* generator : {"blobs", "xor", "circles", "moons"}) {
    for (const char* loss : {"cross_entropy", "binary_cross_entropy", "squared_error"}) {
      INFO(generator << " with " << loss);
      CHECK(
          test_accuracy(document_with(
              {{"data.generator", generator}, {"data.noise", 0}, {"training.loss", loss}, {"done.max_epochs", 80}})) >=
          0.95);
    }
  }
}

TEST_CASE("shuffled labels are not learnt: the test part is really held out") {
  std::string csv = "x,y,k\n";
  std::uint32_t state = 1;
  const auto next = [&state] { return (state = state * 1664525U + 1013904223U) >> 8U; };
  for (int i = 0; i < 400; ++i) {
    csv += std::to_string(next() % 1000) + "," + std::to_string(next() % 1000) + (next() % 2 == 0 ? ",a\n" : ",b\n");
  }
  const double accuracy = test_accuracy(table_document(csv, {{"done.max_epochs", 60}, {"augment.copies", 2}}));
  CHECK(accuracy > 0.3);
  CHECK(accuracy < 0.7);
}

TEST_CASE("a run that diverges says where, and can be rewound and run at a smaller rate") {
  Session session(diverging_document());
  const Error error = error_of([&] { finish(session); });
  CHECK(error.code() == ErrorCode::kNotFinite);
  CHECK(error.place() == "train");
  const TrainerProgress progress = session.pipeline().run().trainer->progress();
  CHECK(param(error, "step") == std::to_string(progress.step));
  CHECK(param(error, "epoch") == std::to_string(progress.epoch + 1));
  CHECK(param(error, "op") != "(none)");
  CHECK(param(error, "layer") != "(none)");

  const Json status = describe_status(session);
  CHECK(status.at("failure").at("code") == "not_finite");
  CHECK(status.at("stages")[position(Stage::kTrain)].at("state") == "failed");
  CHECK(status.at("loss").is_null());
  CHECK_FALSE(status.at("finished").get<bool>());

  // A failed run does no more work, but can still be looked at and set.
  CHECK(session.advance(1e6, 10) == 0);
  session.step_batch();
  session.step_epoch();
  session.step_stage();
  CHECK(steps_of(session) == progress.step);
  (void)session.grid(4, 0, 1);
  (void)session.points(0, 1);
  CHECK(session.set("training.learning_rate", 0.01));

  session.rewind();
  CHECK(describe_status(session).at("failure").is_null());
  session.set("done.max_epochs", 5);
  finish(session);
  CHECK(std::isfinite(value_of(session.pipeline().run().test_measures).loss));
}

TEST_CASE("the weights of the step before are kept when a loss is not finite") {
  Session session(diverging_document());
  std::vector<Real> before;
  std::vector<Real> slots;
  const Error error = error_of([&] {
    for (int guard = 0; guard < 10000; ++guard) {
      session.step_batch();
      before = parameters_of(session);
      const std::span<const Real> state = session.pipeline().run().trainer->slots();
      slots.assign(state.begin(), state.end());
    }
  });
  CHECK(error.code() == ErrorCode::kNotFinite);
  REQUIRE(before.size() == 6);  // three weights of each class
  CHECK(parameters_of(session) == before);
  const std::span<const Real> state = session.pipeline().run().trainer->slots();
  CHECK(std::equal(slots.begin(), slots.end(), state.begin(), state.end()));
  const std::vector<Real> losses = session.losses();
  REQUIRE(losses.size() >= 2);
  CHECK_FALSE(std::isfinite(losses.back()));
  for (std::size_t i = 0; i + 1 < losses.size(); ++i) REQUIRE(std::isfinite(losses[i]));
}
