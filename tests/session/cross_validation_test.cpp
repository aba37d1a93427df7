#include "engine/session/cross_validation.h"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

TEST_CASE("cross-validation runs every fold as a session of its own would, and tells mean and deviation") {
  const Json document = quick_document({{"split.folds", 3}, {"split.test", 0.25}});
  CrossValidation validation(document);
  CHECK(validation.folds() == 3);
  CHECK_FALSE(validation.mean_score());
  while (validation.advance(0)) {
  }
  CHECK_FALSE(validation.advance(0));
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
