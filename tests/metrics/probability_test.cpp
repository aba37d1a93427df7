#include "engine/metrics/probability.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "tests/support/goldens.h"
#include "tests/support/refusals.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

using Labels = std::vector<std::int32_t>;
using Reals = std::vector<Real>;

/// Rows of two classes from the probability of class 1.
Reals two_columns(const Reals& scores) {
  Reals values;
  for (const Real score : scores) {
    values.push_back(1 - score);
    values.push_back(score);
  }
  return values;
}

void check_bad(const Reals& values, const Labels& labels, Index classes, const ErrorParams& params) {
  const Probabilities given{.values = values, .labels = labels, .classes = classes};
  check_refusal([&] { (void)log_loss(given); }, ErrorCode::kBadInput, "metrics.probability", params);
  check_refusal([&] { (void)brier_score(given); }, ErrorCode::kBadInput, "metrics.probability", params);
  check_refusal([&] { (void)mean_roc_auc(given); }, ErrorCode::kBadInput, "metrics.probability", params);
  check_refusal([&] { (void)roc_curve(given, 0); }, ErrorCode::kBadInput, "metrics.probability", params);
  check_refusal([&] { (void)precision_recall_curve(given, 0); }, ErrorCode::kBadInput, "metrics.probability", params);
}

void check_value(std::optional<double> value, const Json& expected) {
  CHECK(close(figure(value), expected.get<double>(), 1e-7, 1e-7));
}

void check_curves(const Probabilities& given, std::int32_t positive, const Json& golden) {
  check_value(roc_auc(given, positive), golden.at("roc_auc"));
  check_value(average_precision(given, positive), golden.at("average_precision"));
  const std::vector<CurvePoint> roc = roc_curve(given, positive);
  const Json& expected = golden.at("roc");
  REQUIRE(roc.size() == expected.at(0).size());
  CHECK(std::isinf(roc[0].threshold));
  for (std::size_t i = 0; i < roc.size(); ++i) {
    CHECK(close(roc[i].x, expected.at(0).at(i), 1e-12, 1e-12));
    CHECK(close(roc[i].y, expected.at(1).at(i), 1e-12, 1e-12));
    if (i > 0) CHECK(roc[i].threshold == expected.at(2).at(i - 1).get<double>());
  }
  const std::vector<CurvePoint> pr = precision_recall_curve(given, positive);
  const Json& backwards = golden.at("pr");
  REQUIRE(pr.size() == backwards.at(0).size());
  CHECK(std::isinf(pr[0].threshold));
  for (std::size_t i = 0; i < pr.size(); ++i) {
    const std::size_t from = pr.size() - 1 - i;
    CHECK(close(pr[i].x, backwards.at(0).at(from), 1e-12, 1e-12));
    CHECK(close(pr[i].y, backwards.at(1).at(from), 1e-12, 1e-12));
    if (i > 0) CHECK(pr[i].threshold == backwards.at(2).at(from).get<double>());
  }
}

}  // namespace

TEST_CASE("log loss, Brier score, ROC and precision-recall curves and their areas are scikit-learn's") {
  const Json goldens = read_golden("sklearn_measures.json").at("probabilities");
  REQUIRE(goldens.size() >= 8);
  for (std::size_t c = 0; c < goldens.size(); ++c) {
    INFO("case " << c);
    const Json& golden = goldens.at(c);
    const auto exact = golden.at("probabilities").get<std::vector<double>>();
    const Reals values(exact.begin(), exact.end());
    const auto labels = golden.at("truth").get<Labels>();
    const Probabilities given{.values = values, .labels = labels, .classes = golden.at("classes").get<Index>()};
    check_value(log_loss(given), golden.at("log_loss"));
    check_value(brier_score(given), golden.at("brier"));
    check_value(mean_roc_auc(given), golden.at("roc_auc"));
    check_value(mean_average_precision(given), golden.at("average_precision"));
    for (std::size_t k = 0; k < golden.at("curves").size(); ++k) {
      check_curves(given, static_cast<std::int32_t>(k), golden.at("curves").at(k));
    }
  }
}

TEST_CASE("one class only: nothing to rank, so no area and no ROC curve; the class found without fail") {
  const Reals values = two_columns({0.25F, 0.75F});
  const Labels ones{1, 1};
  const Probabilities given{.values = values, .labels = ones};
  CHECK_FALSE(roc_auc(given, 1).has_value());
  CHECK_FALSE(mean_roc_auc(given).has_value());
  CHECK(roc_curve(given, 1).empty());
  CHECK(average_precision(given, 1) == 1.0);
  CHECK(precision_recall_curve(given, 1).size() == 3);
  CHECK_FALSE(average_precision(given, 0).has_value());
  CHECK(precision_recall_curve(given, 0).empty());
}

TEST_CASE("a class that never occurs is left out of the mean over the classes") {
  const Reals values{0.5F, 0.25F, 0.25F, 0.25F, 0.5F, 0.25F, 0.5F, 0.5F, 0};
  const Labels labels{0, 1, 1};
  const Probabilities given{.values = values, .labels = labels, .classes = 3};
  CHECK_FALSE(roc_auc(given, 2).has_value());
  CHECK(figure(mean_roc_auc(given)) == (figure(roc_auc(given, 0)) + figure(roc_auc(given, 1))) / 2);
  CHECK(figure(roc_auc(given, 0)) == 0.75);
}

TEST_CASE("measures of no rows have no value") {
  const Probabilities nothing{};
  CHECK_FALSE(log_loss(nothing).has_value());
  CHECK_FALSE(brier_score(nothing).has_value());
  CHECK_FALSE(mean_roc_auc(nothing).has_value());
  CHECK_FALSE(mean_average_precision(nothing).has_value());
  CHECK(roc_curve(nothing, 0).empty());
  CHECK(precision_recall_curve(nothing, 0).empty());
}

TEST_CASE("a certain mistake costs 36 in log loss and the most in the Brier score") {
  const Reals values = two_columns({1});
  const Labels labels{0};
  const Probabilities given{.values = values, .labels = labels};
  CHECK(close(figure(log_loss(given)), 52 * std::log(2), 1e-12, 0));
  CHECK(figure(brier_score(given)) == 1);
  const Reals three{0, 1, 0};
  CHECK(figure(brier_score({.values = three, .labels = labels, .classes = 3})) == 2);
}

TEST_CASE("the area is the share of pairs in the right order, ties counting half") {
  const Reals values = two_columns({0.5F, 0.25F, 0.5F, 0.75F, 0.25F});
  const Labels labels{1, 0, 0, 1, 1};
  double right = 0;
  for (std::size_t a = 0; a < labels.size(); ++a) {
    for (std::size_t b = 0; b < labels.size(); ++b) {
      if (labels[a] != 1 || labels[b] != 0) continue;
      const Real difference = values[2 * a + 1] - values[2 * b + 1];
      right += difference > 0 ? 1 : (difference == 0 ? 0.5 : 0);
    }
  }
  CHECK(close(figure(roc_auc({.values = values, .labels = labels}, 1)), right / 6, 1e-12, 0));
}

TEST_CASE("bad probabilities are refused, naming the value and what is allowed") {
  check_bad({0.5F}, {0}, 2, {{"what", "the number of probabilities"}, {"value", "1"}, {"expected", "2"}});
  check_bad({0.5F, 0.5F}, {2}, 2, {{"what", "a label"}, {"value", "2"}, {"expected", "0 to 1"}});
  check_bad({0.5F, 1.5F}, {0}, 2, {{"what", "a probability"}, {"value", "1.5"}, {"expected", "0 to 1"}});
  check_bad({0.5F, std::numeric_limits<Real>::quiet_NaN()}, {0}, 2,
            {{"what", "a probability"}, {"value", "NaN"}, {"expected", "0 to 1"}});
  check_bad({1}, {0}, 1, {{"what", "the number of classes"}, {"value", "1"}, {"expected", "2 to 20"}});
  const Reals values = two_columns({0.5F});
  const Labels labels{0};
  check_refusal([&] { (void)roc_auc({.values = values, .labels = labels}, 2); }, ErrorCode::kBadInput,
                "metrics.probability", {{"what", "the class"}, {"value", "2"}, {"expected", "0 to 1"}});
}

TEST_CASE("counts at a threshold are those of counting row by row, ties with the threshold included") {
  // Many equal probabilities, in steps that float and double write alike.
  Reals scores;
  Labels labels;
  for (int i = 0; i < 97; ++i) {
    scores.push_back(static_cast<Real>((i * 37) % 17) / 16);
    labels.push_back(i * i % 5 < 2 ? 1 : 0);
  }
  const Reals values = two_columns(scores);
  const Probabilities given{.values = values, .labels = labels};
  for (const std::int32_t positive : {0, 1}) {
    for (int step = -1; step <= 33; ++step) {
      const double threshold = step / 32.0;  // every second one is a probability that occurs
      std::int64_t counts[2][2] = {{0, 0}, {0, 0}};
      for (std::size_t i = 0; i < labels.size(); ++i) {
        const auto probability = static_cast<double>(positive == 1 ? scores[i] : 1 - scores[i]);
        ++counts[labels[i] == positive ? 1 : 0][probability >= threshold ? 1 : 0];
      }
      const ThresholdReport report = report_at(given, positive, threshold);
      CHECK(report.true_positives == counts[1][1]);
      CHECK(report.false_positives == counts[0][1]);
      CHECK(report.false_negatives == counts[1][0]);
      CHECK(report.true_negatives == counts[0][0]);
      const auto rows = static_cast<double>(labels.size());
      CHECK(report.accuracy == static_cast<double>(counts[1][1] + counts[0][0]) / rows);
      CHECK(report.figures.recall ==
            static_cast<double>(counts[1][1]) / static_cast<double>(counts[1][1] + counts[1][0]));
      CHECK(report.false_positive_rate ==
            static_cast<double>(counts[0][1]) / static_cast<double>(counts[0][1] + counts[0][0]));
    }
  }
}

TEST_CASE("every point of the curves is what is counted at its threshold") {
  const Reals values{0.5, 0.25, 0.25, 0.125, 0.5, 0.375, 0.25, 0.25, 0.5, 0.5, 0.5, 0, 0.25, 0.5, 0.25};
  const Labels labels{0, 1, 2, 1, 1};
  const Probabilities given{.values = values, .labels = labels, .classes = 3};
  for (std::int32_t positive = 0; positive < 3; ++positive) {
    for (const CurvePoint& point : roc_curve(given, positive)) {
      const ThresholdReport report = report_at(given, positive, point.threshold);
      CHECK(report.false_positive_rate == point.x);
      CHECK(report.figures.recall == point.y);
    }
    const std::vector<CurvePoint> curve = precision_recall_curve(given, positive);
    for (std::size_t i = 1; i < curve.size(); ++i) {  // the first is where no row is taken: precision 1 by convention
      const ThresholdReport report = report_at(given, positive, curve[i].threshold);
      CHECK(report.figures.recall == curve[i].x);
      CHECK(report.figures.precision == curve[i].y);
    }
  }
}

TEST_CASE("the limits of a threshold: none taken, all taken, nothing there; NaN is refused") {
  const Reals values = two_columns({0, 0.5, 1});
  const Labels labels{0, 1, 1};
  const Probabilities given{.values = values, .labels = labels};
  const double infinity = std::numeric_limits<double>::infinity();
  const ThresholdReport none = report_at(given, 1, infinity);
  CHECK((none.true_positives == 0 && none.false_positives == 0));
  CHECK((none.false_negatives == 2 && none.true_negatives == 1));
  CHECK((none.figures.precision == 0 && none.figures.recall == 0 && none.figures.f1 == 0));
  CHECK(report_at(given, 1, 1).true_positives == 1);  // a certain row is taken at 1
  for (const double threshold : {0.0, -1.0, -infinity}) {
    const ThresholdReport all = report_at(given, 1, threshold);
    CHECK((all.true_positives == 2 && all.false_positives == 1));
    CHECK((all.false_negatives == 0 && all.true_negatives == 0));
    CHECK(all.false_positive_rate == 1);
  }
  const ThresholdReport empty = report_at({.values = {}, .labels = {}}, 1, 0.5);
  for (const double figure : {empty.accuracy, empty.false_positive_rate, empty.figures.f1}) CHECK(figure == 0);
  check_refusal([&] { (void)report_at(given, 1, std::numeric_limits<double>::quiet_NaN()); }, ErrorCode::kBadInput,
                "metrics.probability", {{"what", "the threshold"}, {"value", "NaN"}, {"expected", "a number"}});
  check_refusal([&] { (void)report_at(given, 2, 0.5); }, ErrorCode::kBadInput, "metrics.probability",
                {{"what", "the class"}, {"value", "2"}, {"expected", "0 to 1"}});
}
