#include "engine/session/part_report.h"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

TEST_CASE("a part's report agrees with what Evaluate measured and with the probabilities that predict() gives") {
  for (const char* const csv : {"", "iris"}) {
    Session session(*csv == 0 ? quick_document({{"data.samples", 120}})
                              : table_document(iris_csv(), {{"done.max_epochs", 20}}));
    CHECK(code_of([&] { (void)session.measures(Part::kTrain); }) == "bad_input");
    session.step_batch();
    CHECK(code_of([&] { (void)session.measures(Part::kTest); }) == "bad_input");
    finish(session);
    const Run& run = session.pipeline().run();
    for (const Part part : {Part::kTrain, Part::kValidation, Part::kTest}) {
      INFO(kPartNames[static_cast<std::size_t>(part)]);
      const PartReport report = session.measures(part);
      const Measures& expected =
          value_of(part == Part::kTrain ? run.train_measures
                                        : (part == Part::kTest ? run.test_measures : run.validation_measures));
      CHECK(report.measures.confusion.counts == expected.confusion.counts);
      CHECK(report.measures.loss == expected.loss);
      CHECK(value_of(report.classification).accuracy == expected.accuracy);
      CHECK_FALSE(report.regression);
      const ProbabilityReport& probability = value_of(report.probability);
      // The loss is cross-entropy, which is the log loss of the true class.
      CHECK(value_of(probability.log_loss) == Catch::Approx(expected.loss).epsilon(1e-4).margin(1e-6));
      CHECK(probability.roc.size() == static_cast<std::size_t>(run.spec.classes));
      for (const auto& curve : probability.roc) {
        REQUIRE(curve.size() >= 2);
        CHECK(curve.front().x == 0);
        CHECK(curve.back().x == 1);
        CHECK(curve.back().y == 1);
        CHECK(curve.size() <= kMaxCurvePoints);
      }
    }
  }
}

TEST_CASE("long curves are thinned with their ends kept") {
  Session session(quick_document({{"data.samples", 3000}, {"data.noise", 1.0}, {"done.max_epochs", 1}}));
  finish(session);
  const PartReport report = session.measures(Part::kTrain);
  const auto& curve = value_of(report.probability).precision_recall[1];
  CHECK(curve.size() == kMaxCurvePoints);
  CHECK(curve.front().x == 0);
  CHECK(curve.back().x == 1);
}

TEST_CASE("a part without rows has nothing to measure; a diverged run says so") {
  Session session(quick_document({{"split.validation", 0.0}}));
  session.step_epoch();
  const PartReport report = session.measures(Part::kValidation);
  CHECK(report.rows == 0);
  CHECK_FALSE(report.classification);
  Session diverged(
      quick_document({{"training.optimizer", "sgd"}, {"training.loss", "squared_error"}, {"done.max_epochs", 90}}));
  diverged.step_batch();
  REQUIRE(diverged.set("training.learning_rate", 10));
  REQUIRE(code_of([&] { diverged.advance(1e6, 1000); }) == "not_finite");
  CHECK(code_of([&] { (void)diverged.measures(Part::kTrain); }) == "bad_input");
}
