#include <catch2/catch_test_macros.hpp>
#include <vector>

#include "engine/core/error.h"
#include "engine/metrics/classification.h"
#include "tests/support/goldens.h"
#include "tests/support/refusals.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

using Labels = std::vector<std::int32_t>;

void check_figures(const PrecisionRecall& figures, const Json& expected) {
  CHECK(close(figures.precision, expected.at("precision"), 1e-12, 1e-12));
  CHECK(close(figures.recall, expected.at("recall"), 1e-12, 1e-12));
  CHECK(close(figures.f1, expected.at("f1"), 1e-12, 1e-12));
}

}  // namespace

TEST_CASE("the report of a confusion matrix is scikit-learn's") {
  const Json goldens = read_golden("sklearn_measures.json").at("labels");
  REQUIRE(goldens.size() >= 8);
  for (const Json& golden : goldens) {
    INFO(golden.at("truth").dump() << golden.at("predicted").dump());
    const Confusion confusion = confusion_of(golden.at("truth").get<Labels>(), golden.at("predicted").get<Labels>(),
                                             golden.at("classes").get<Index>());
    const ClassificationReport report = report_classification(confusion);
    CHECK(close(report.accuracy, golden.at("accuracy"), 1e-12, 1e-12));
    CHECK(close(report.balanced_accuracy, golden.at("balanced_accuracy"), 1e-12, 1e-12));
    CHECK(close(report.matthews, golden.at("matthews"), 1e-12, 1e-12));
    CHECK(close(report.kappa, golden.at("kappa"), 1e-12, 1e-12));
    check_figures(report.macro, golden.at("macro"));
    check_figures(report.micro, golden.at("micro"));
    check_figures(report.weighted, golden.at("weighted"));
    REQUIRE(report.classes.size() == golden.at("classes").get<std::size_t>());
    for (std::size_t k = 0; k < report.classes.size(); ++k) {
      const Json& expected = golden.at("per_class");
      check_figures(report.classes[k].figures, {{"precision", expected.at("precision").at(k)},
                                                {"recall", expected.at("recall").at(k)},
                                                {"f1", expected.at("f1").at(k)}});
    }
  }
}

TEST_CASE("the report counts the rows of each class and the rows taken for it") {
  const ClassificationReport report =
      report_classification(confusion_of(Labels{0, 0, 2, 2, 2}, Labels{0, 2, 2, 2, 0}, 3));
  CHECK(report.classes[0].truths == 2);
  CHECK(report.classes[0].predictions == 2);
  CHECK(report.classes[1].truths == 0);
  CHECK(report.classes[1].predictions == 0);
  CHECK(report.classes[2].truths == 3);
  CHECK(report.classes[2].predictions == 3);
}

TEST_CASE("the report of nothing is zeros") {
  for (const Index classes : {0, 3}) {
    const ClassificationReport report = report_classification(Confusion(classes));
    CHECK(report.classes.size() == static_cast<std::size_t>(classes));
    for (const double figure : {report.accuracy, report.balanced_accuracy, report.matthews, report.kappa,
                                report.macro.f1, report.micro.f1, report.weighted.f1}) {
      CHECK(figure == 0);
    }
  }
}

TEST_CASE("one class alone: all right is an accuracy of 1, but no correlation and no kappa, for nothing varies") {
  const ClassificationReport report = report_classification(confusion_of(Labels{1, 1}, Labels{1, 1}, 2));
  CHECK(report.accuracy == 1);
  CHECK(report.balanced_accuracy == 1);
  CHECK(report.matthews == 0);
  CHECK(report.kappa == 0);
  CHECK(report.macro.f1 == 1);
}

TEST_CASE("labels that are no class, lengths that differ and too many classes are refused with the value") {
  check_refusal([] { (void)confusion_of(Labels{0, 2}, Labels{0, 1}, 2); }, ErrorCode::kBadInput, "metrics.confusion",
                {{"what", "a label"}, {"value", "2"}, {"expected", "0 to 1"}});
  check_refusal([] { (void)confusion_of(Labels{0, 1}, Labels{0, -1}, 2); }, ErrorCode::kBadInput, "metrics.confusion",
                {{"what", "a label"}, {"value", "-1"}, {"expected", "0 to 1"}});
  check_refusal([] { (void)confusion_of(Labels{0, 1}, Labels{0}, 2); }, ErrorCode::kBadInput, "metrics.confusion",
                {{"what", "the number of predictions"}, {"value", "1"}, {"expected", "2"}});
  check_refusal([] { (void)confusion_of(Labels{}, Labels{}, 21); }, ErrorCode::kBadInput, "metrics.confusion",
                {{"what", "the number of classes"}, {"value", "21"}, {"expected", "1 to 20"}});
}
