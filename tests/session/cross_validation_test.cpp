#include "engine/session/cross_validation.h"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/session/report.h"
#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

TEST_CASE("cross-validation runs every fold as a session of its own would, and tells mean and deviation") {
  const Json document = quick_document({{"split.folds", 3}, {"split.test", 0.25}});
  CrossValidation validation(document);
  CHECK(validation.folds() == 3);
  CHECK_FALSE(validation.mean_score());
  CHECK((validation.fold() == 1 && validation.epoch() == 0 && validation.max_epochs() == 3));
  while (validation.advance(0)) {
  }
  CHECK_FALSE(validation.advance(0));
  CHECK((validation.fold() == 3 && validation.epoch() == 3));
  REQUIRE(validation.results().size() == 3);
  double sum = 0;
  for (int fold = 1; fold <= 3; ++fold) {
    Session session(with_field(document, "split.fold", fold));
    finish(session);
    const Run& run = session.pipeline().run();
    const FoldResult& result = validation.results()[static_cast<std::size_t>(fold - 1)];
    CHECK(result.fold == fold);
    CHECK(result.epochs == 3);
    CHECK(result.train_loss == value_of(run.train_measures).loss);
    CHECK(result.validation_loss == value_of(run.validation_measures).loss);
    CHECK(value_of(result.validation_score) == value_of(run.validation_measures).accuracy);
    sum += value_of(result.validation_score);
  }
  const double mean = sum / 3;
  CHECK(value_of(validation.mean_score()) == Catch::Approx(mean));
  double squares = 0;
  for (const FoldResult& result : validation.results())
    squares += std::pow(value_of(result.validation_score) - mean, 2);
  CHECK(value_of(validation.score_deviation()) == Catch::Approx(std::sqrt(squares / 2)));
}

TEST_CASE("a cross-validation under way tells where it stands, and as JSON what it found") {
  CrossValidation validation(quick_document({{"split.folds", 2}, {"done.max_epochs", 4}}));
  int before = 0;
  while (validation.advance(0)) {
    const int done = (validation.fold() - 1) * 4 + validation.epoch();
    CHECK(done >= before);
    CHECK(done <= before + 1);
    before = done;
    const Json report = describe_validation(validation);
    CHECK(report.at("finished") == false);
    CHECK(report.at("fold") == validation.fold());
    CHECK(report.at("results").size() == static_cast<std::size_t>(validation.fold() - 1));
  }
  const Json report = describe_validation(validation);
  CHECK(report.at("finished") == true);
  CHECK(report.at("folds") == 2);
  CHECK(report.at("maxEpochs") == 4);
  const Json& first = report.at("results").at(0);
  CHECK(first.at("fold") == 1);
  CHECK(first.at("epochs") == 4);
  CHECK(first.at("score") == value_of(validation.results()[0].validation_score));
  CHECK(report.at("mean") == value_of(validation.mean_score()));
  CHECK(report.at("deviation") == value_of(validation.score_deviation()));
}

TEST_CASE("cross-validation needs folds, and a fold that fails ends it with its error") {
  CHECK(error_of([] { CrossValidation validation(quick_document()); }).place() == "split.folds");
  CrossValidation broken(quick_document({{"split.folds", 2},
                                         {"training.optimizer", "sgd"},
                                         {"training.loss", "squared_error"},
                                         {"training.learning_rate", 10},
                                         {"data.noise", 1},
                                         {"optimise.plateau", false},
                                         {"done.max_epochs", 5000}}));
  const auto run = [&] {
    while (broken.advance(0)) {
    }
  };
  CHECK(code_of(run) == "not_finite");
  CHECK(code_of(run) == "not_finite");
  CHECK(broken.results().empty());
}
