#include "engine/session/part_report.h"

#include <algorithm>
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

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
      // Of two classes the areas are those of the second, of more the mean.
      double area = 0;
      double precision = 0;
      for (std::size_t k = 0; k < probability.roc.size(); ++k) {
        if (probability.roc.size() == 2 && k == 0) continue;
        const double share = probability.roc.size() == 2 ? 1 : 1.0 / static_cast<double>(probability.roc.size());
        area += share * value_of(probability.roc_aucs[k]);
        precision += share * value_of(probability.average_precisions[k]);
      }
      CHECK(value_of(probability.roc_auc) == Catch::Approx(area));
      CHECK(value_of(probability.average_precision) == Catch::Approx(precision));
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
  Session diverged(quick_document({{"training.optimizer", "sgd"},
                                   {"training.loss", "squared_error"},
                                   {"optimise.plateau", false},
                                   {"done.max_epochs", 5000}}));
  diverged.step_batch();
  REQUIRE(diverged.set("training.learning_rate", 10));
  REQUIRE(code_of([&] { diverged.advance(1e6, 5000); }) == "not_finite");
  CHECK(code_of([&] { (void)diverged.measures(Part::kTrain); }) == "bad_input");
  CHECK(code_of([&] { (void)diverged.rows_in_cell(Part::kTrain, 0, 0); }) == "bad_input");
  CHECK(code_of([&] { (void)diverged.decisions(Part::kTrain, 0.5); }) == "bad_input");
  CHECK(code_of([&] { (void)diverged.at_threshold(Part::kTrain, 1, 0.5); }) == "bad_input");
}

TEST_CASE("the rows behind the confusion matrix: each cell has as many as it counts, of the class it stands for") {
  Session session(table_document(iris_csv(), {{"done.max_epochs", 3}}));
  CHECK(code_of([&] { (void)session.rows_in_cell(Part::kTrain, 0, 0); }) == "bad_input");
  finish(session);
  const Run& run = session.pipeline().run();
  for (const Part part : {Part::kTrain, Part::kValidation, Part::kTest}) {
    const Confusion confusion = session.measures(part).measures.confusion;
    for (std::int32_t truth = 0; truth < 3; ++truth) {
      for (std::int32_t predicted = 0; predicted < 3; ++predicted) {
        const std::vector<std::int32_t> rows = session.rows_in_cell(part, truth, predicted);
        CHECK(static_cast<Index>(rows.size()) == confusion.at(truth, predicted));
        for (const std::int32_t row : rows) CHECK(run.data.labels[static_cast<std::size_t>(row)] == truth);
      }
    }
  }
  CHECK(code_of([&] { (void)session.rows_in_cell(Part::kTrain, 3, 0); }) == "bad_input");
  CHECK(code_of([&] { (void)session.rows_in_cell(Part::kTrain, 0, -1); }) == "bad_input");
}

TEST_CASE("decisions tell for each row what it is taken for; with a threshold, of two classes, what that makes of it") {
  Session session(quick_document({{"data.samples", 200}, {"data.noise", 0.6}}));
  CHECK(code_of([&] { (void)session.decisions(Part::kTrain); }) == "bad_input");
  session.step_epoch();
  CHECK(code_of([&] { (void)session.decisions(Part::kTest); }) == "bad_input");
  finish(session);
  const Run& run = session.pipeline().run();
  for (const Part part : {Part::kTrain, Part::kValidation, Part::kTest}) {
    const Decisions plain = session.decisions(part);
    CHECK(plain.confusion.counts == session.measures(part).measures.confusion.counts);
    std::vector<Real> features;
    for (const std::int32_t row : plain.rows) {
      features.insert(features.end(), run.data.row(row).begin(), run.data.row(row).end());
    }
    const std::vector<Real> predictions = session.predict(features);
    for (const double threshold : {0.0, 0.2, static_cast<double>(predictions[1]), 0.9, 1.5}) {
      const Decisions decided = session.decisions(part, threshold);
      Confusion expected(2);
      for (std::size_t i = 0; i < decided.rows.size(); ++i) {
        const std::int32_t truth = run.data.labels[static_cast<std::size_t>(decided.rows[i])];
        const std::int32_t taken = static_cast<double>(predictions[2 * i + 1]) >= threshold ? 1 : 0;
        CHECK((decided.truths[i] == truth && decided.predicted[i] == taken));
        expected.add(truth, taken);
      }
      CHECK(decided.confusion.counts == expected.counts);
      const ThresholdReport report = session.at_threshold(part, 1, threshold);
      CHECK(report.true_positives == expected.at(1, 1));
      CHECK(report.false_positives == expected.at(0, 1));
      CHECK(report.false_negatives == expected.at(1, 0));
      CHECK(report.true_negatives == expected.at(0, 0));
    }
  }
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(code_of([&] { (void)session.decisions(Part::kTrain, nan); }) == "bad_input");
  CHECK(code_of([&] { (void)session.at_threshold(Part::kTrain, 1, nan); }) == "bad_input");
  CHECK(code_of([&] { (void)session.at_threshold(Part::kTrain, 2, 0.5); }) == "bad_input");
}

TEST_CASE(
    "more classes are taken one against the rest; real values have no threshold; parts without rows have no rows") {
  Session flowers(table_document(iris_csv(), {{"done.max_epochs", 3}}));
  finish(flowers);
  CHECK(code_of([&] { (void)flowers.decisions(Part::kTrain, 0.5); }) == "bad_input");
  const PartReport report = flowers.measures(Part::kTrain);
  for (std::int32_t positive = 0; positive < 3; ++positive) {
    const auto& curve = value_of(report.probability).roc[static_cast<std::size_t>(positive)];
    for (const CurvePoint& point : curve) {
      const ThresholdReport at = flowers.at_threshold(Part::kTrain, positive, point.threshold);
      CHECK(at.false_positive_rate == point.x);
      CHECK(at.figures.recall == point.y);
      CHECK(at.true_positives + at.false_positives + at.false_negatives + at.true_negatives == report.rows);
    }
  }
  Session values(quick_document({{"data.generator", "plane"}, {"split.validation", 0.0}}));
  values.step_epoch();
  CHECK(code_of([&] { (void)values.decisions(Part::kTrain); }) == "bad_input");
  CHECK(code_of([&] { (void)values.at_threshold(Part::kTrain, 0, 0.5); }) == "bad_input");
  Session unheld(quick_document({{"split.validation", 0.0}}));
  unheld.step_epoch();
  CHECK(unheld.decisions(Part::kValidation).rows.empty());
  CHECK(unheld.at_threshold(Part::kValidation, 1, 0.5).accuracy == 0);
}

TEST_CASE("points know their row, and copies the row they were made from") {
  Session session(
      table_document("x,y,k\n,1,a\n" + std::string("1,2,a\n2,3,b\n3,4,a\n4,5,b\n5,6,a\n6,7,b\n7,8,a\n8,9,b\n"
                                                   "9,10,a\n10,11,b\n11,12,a\n12,13,b\n"),
                     {{"augment.copies", 2}, {"augment.jitter", 0.01}}));
  session.step_batch();
  const Points points = session.points(0, 1);
  const Dataset& data = session.pipeline().run().data;
  bool has_copy = false;
  for (std::size_t i = 0; i < points.rows.size(); ++i) {
    CHECK(points.x[i] == data.row(points.rows[i])[0]);
    const bool is_copy = points.parts[i] == static_cast<std::uint8_t>(PointPart::kCopy);
    has_copy = has_copy || is_copy;
    CHECK((points.origins[i] == points.rows[i]) == !is_copy);
    CHECK(std::abs(points.x[i] - data.row(points.origins[i])[0]) < static_cast<Real>(0.5));
  }
  CHECK(has_copy);
}

TEST_CASE("the baseline is the share of the most frequent class, or the variance of the values") {
  Session classes(quick_document({{"data.first_share", 0.8}}));
  classes.step_epoch();
  const PartMatrix& part = classes.pipeline().run().train;
  const auto first = std::count(part.labels.begin(), part.labels.end(), 0);
  CHECK(classes.measures(Part::kTrain).baseline ==
        Catch::Approx(static_cast<double>(first) / static_cast<double>(part.rows)));
  CHECK(classes.measures(Part::kTrain).baseline > 0.7);
  Session values(quick_document({{"data.generator", "plane"}}));
  values.step_epoch();
  const PartReport report = values.measures(Part::kValidation);
  CHECK(report.baseline ==
        Catch::Approx(value_of(report.regression).mse / (1 - value_of(value_of(report.regression).r2))));
}
