#include "engine/metrics/tracked.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/session/report.h"
#include "engine/session/view_report.h"
#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// Every epoch's pairs are what was measured when it ended: compared after each, with numbers taken another way.
void check_tracks(const Json& document, const Json& names) {
  Session session(document);
  for (int epoch = 1; epoch <= 12; ++epoch) {
    session.step_epoch();
    REQUIRE(describe_tracked(session) == names);
    const std::vector<double> rows = measure_rows(session, epoch - 1);
    REQUIRE(rows.size() == 2 * names.size());
    for (const Part part : {Part::kTrain, Part::kValidation}) {
      const Json report = describe_part(session.measures(part));
      for (std::size_t i = 0; i < names.size(); ++i) {
        const auto name = names[i].get<std::string>();
        const Json& of_values = report.at("regression");
        const Json& of_classes = report.at("classification");
        const Json& figures = !of_values.is_null()        ? of_values
                              : of_classes.contains(name) ? of_classes
                                                          : of_classes.at("macro");
        INFO(name << " in epoch " << epoch);
        CHECK(rows[2 * i + (part == Part::kTrain ? 0 : 1)] == figures.at(name).get<double>());
      }
    }
  }
  // The first one is the score; all epochs so far, or none.
  const std::vector<double> history = history_rows(session, 0);
  const std::vector<double> all = measure_rows(session, 0);
  REQUIRE(all.size() == 12 * 2 * names.size());
  for (std::size_t i = 0; i < 12; ++i) CHECK(all[i * 2 * names.size()] == history[6 * i + 3]);
  CHECK(measure_rows(session, 12).empty());
}

}  // namespace

TEST_CASE("tracked measures: of classes, as the report of each epoch has them") {
  check_tracks(quick_document({{"data.generator", "blobs"},
                               {"data.samples", 200},
                               {"data.noise", 0.8},
                               {"data.classes", 3},
                               {"done.max_epochs", 20}}),
               {"accuracy", "balancedAccuracy", "precision", "recall", "f1", "matthews", "kappa"});
}

TEST_CASE("tracked measures: of real values") {
  check_tracks(
      quick_document({{"data.generator", "sine"}, {"training.loss", "squared_error"}, {"done.max_epochs", 20}}),
      {"r2", "rmse", "mae", "mse", "explainedVariance"});
}

TEST_CASE("tracked measures: none of a part that is empty") {
  Session session(quick_document({{"split.validation", 0}}));
  session.step_epoch();
  const std::vector<double> rows = measure_rows(session, 0);
  for (std::size_t i = 0; i < rows.size(); ++i) CHECK(std::isnan(rows[i]) == (i % 2 == 1));
  for (const double value : track(std::nullopt)) CHECK(std::isnan(value));
}
