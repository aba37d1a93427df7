// What front ends are shown as JSON: each value under its name, and null where there is none or no finite one.
#include "engine/session/report.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/session/view_report.h"
#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// Rows of "x,k" with classes that alternate, and whatever lines come behind them.
std::string rows_csv(int rows, const std::string& behind = "") {
  std::string csv = "x,k\n";
  for (int i = 0; i < rows; ++i) csv += std::to_string(i) + (i % 2 == 0 ? ",a\n" : ",b\n");
  return csv + behind;
}

}  // namespace

TEST_CASE("the status of a run on real values has their measures") {
  Session session(quick_document({{"data.generator", "line"}}));
  finish(session);
  const Json status = describe_status(session);
  CHECK(status.at("task") == "regression");
  CHECK(status.at("classes").empty());
  const Run& run = session.pipeline().run();
  const Measures& measured = value_of(run.test_measures);
  const RegressionMeasures& values = value_of(measured.regression);
  CHECK(status.at("measures").at("test") == Json({{"loss", measured.loss},
                                                  {"mae", values.mae},
                                                  {"mse", values.mse},
                                                  {"rmse", values.rmse},
                                                  {"r2", value_of(values.r2)},
                                                  {"explainedVariance", value_of(values.explained_variance)}}));
  CHECK(status.at("measures").at("train") != status.at("measures").at("test"));
}

TEST_CASE("rows that Clean took out are listed with reason, values and target, a missing value as null") {
  // Line 12 has no x, line 13 equals line 2.
  Session session(
      table_document("x,z,k\n0,5,a\n1,6,b\n2,7,a\n3,8,b\n4,5,a\n5,6,b\n6,7,a\n7,8,b\n8,5,a\n9,6,b\n"
                     ",9,b\n0,5,a\n"));
  CHECK(describe_cleaned(session).empty());
  run_to(session, Stage::kAugment);
  CHECK(describe_cleaned(session) ==
        Json::array({{{"row", 10}, {"reason", "missing"}, {"values", {nullptr, 9.0}}, {"target", 1.0}},
                     {{"row", 11}, {"reason", "duplicate"}, {"values", {0.0, 5.0}}, {"target", 0.0}}}));
}

TEST_CASE("a table's report has its columns, and of many problems the first hundred and their number") {
  std::string broken;
  for (int i = 0; i < 130; ++i) broken += "oops,a\n";
  const Json report = describe_table(read_table(rows_csv(400, broken), {}));
  CHECK(report.at("rows") == 400);
  CHECK(report.at("task") == "classification");
  CHECK(report.at("classes") == Json({"a", "b"}));
  CHECK(report.at("columns")[0] ==
        Json({{"name", "x"}, {"kind", "numeric"}, {"role", "feature"}, {"levels", Json::array()}, {"missing", 0}}));
  CHECK(report.at("columns")[1].at("role") == "target");
  CHECK(report.at("problemCount") == 130);
  REQUIRE(report.at("problems").size() == 100);
  CHECK(report.at("problems")[0] == Json({{"code", "csv_not_a_number"},
                                          {"message", "oops in column x is not a number."},
                                          {"params", {{"value", "oops"}, {"column", "x"}}},
                                          {"line", 402},
                                          {"column", 1}}));
  CHECK_FALSE(report.contains("error"));

  const Json unusable = describe_table(read_table("x,k\n", {}));
  CHECK(unusable.at("rows") == 0);
  CHECK(unusable.at("error").at("code") == "csv_empty");
}

TEST_CASE("the flowchart has its nodes and its edges, those of a decision with their answer") {
  const Json chart = describe_flowchart(default_flowchart());
  std::string decisions;
  for (const Json& node : chart.at("nodes")) {
    if (node.at("decision").get<bool>()) decisions += node.at("id").get<std::string>();
  }
  CHECK(decisions == "done");
  CHECK(chart.at("nodes").size() == kStageCount);
  std::string answers;
  for (const Json& edge : chart.at("edges")) {
    const auto when = edge.at("when").get<std::string>();
    if (!when.empty()) answers += when + " " + edge.at("to").get<std::string>() + ", ";
    CHECK((when.empty() || edge.at("from") == "done"));
  }
  CHECK(answers == "yes finish, no train, ");
}

TEST_CASE("the next step as JSON: each number in its place, and null for what is not finite") {
  const StepView view{.step = 3,
                      .epoch = 2,
                      .batch = 1,
                      .learning_rate = 0.5,
                      .is_update = false,
                      .rows = {4, 7},
                      .columns = 1,
                      .features = {1, NAN},
                      .outputs = 1,
                      .targets = {0, 1},
                      .layers = {{.name = "output", .units = 1, .sums = {2, 3}, .outputs = {4, INFINITY}}},
                      .row_losses = {5, 6},
                      .loss = NAN,
                      .gradient_norm = 13,
                      .update_norm = INFINITY,
                      .parameters = {{.name = "output.weight",
                                      .shape = {1, 2},
                                      .is_trained = false,
                                      .before = {7, 8},
                                      .gradient = {9, 10},
                                      .after = {11, 12}}}};
  CHECK(describe_step(view) ==
        Json({{"step", 3},
              {"epoch", 2},
              {"batch", 1},
              {"learningRate", 0.5},
              {"update", false},
              {"rows", {4, 7}},
              {"columns", 1},
              {"features", {1.0, nullptr}},
              {"outputs", 1},
              {"targets", {0.0, 1.0}},
              {"layers",
               Json::array({{{"name", "output"}, {"units", 1}, {"sums", {2.0, 3.0}}, {"outputs", {4.0, nullptr}}}})},
              {"rowLosses", {5.0, 6.0}},
              {"loss", nullptr},
              {"gradientNorm", 13.0},
              {"updateNorm", nullptr},
              {"parameters", Json::array({{{"name", "output.weight"},
                                           {"shape", {1, 2}},
                                           {"trained", false},
                                           {"before", {7.0, 8.0}},
                                           {"gradient", {9.0, 10.0}},
                                           {"after", {11.0, 12.0}}}})}}));
}

TEST_CASE("a neuron's step as JSON: six phases by name with their lines") {
  NeuronStep step{.step = 5,
                  .row = 6,
                  .x = {1},
                  .target = 2,
                  .initial = {3, 4},
                  .before = {5, 6},
                  .z = 7,
                  .y = 8,
                  .loss = 9,
                  .loss_by_y = 10,
                  .y_by_z = 11,
                  .gradient = {12, 13},
                  .learning_rate = 14,
                  .after = {15, 16}};
  step.lines[1] = {{.formula = "z = w x + b", .numbers = "7 = 5 1 + 2"}};
  const Json json = describe_neuron_step(step);
  REQUIRE(json.at("phases").size() == 6);
  CHECK(json.at("phases")[0] == Json({{"id", "initialise"}, {"lines", Json::array()}}));
  CHECK(json.at("phases")[1] ==
        Json({{"id", "sum"}, {"lines", Json::array({{{"formula", "z = w x + b"}, {"numbers", "7 = 5 1 + 2"}}})}}));
  CHECK(json.at("phases")[5].at("id") == "update");
  Json rest = json;
  rest.erase("phases");
  CHECK(rest == Json({{"step", 5},
                      {"row", 6},
                      {"x", {1.0}},
                      {"target", 2.0},
                      {"initial", {3.0, 4.0}},
                      {"before", {5.0, 6.0}},
                      {"z", 7.0},
                      {"y", 8.0},
                      {"loss", 9.0},
                      {"lossByY", 10.0},
                      {"yByZ", 11.0},
                      {"gradient", {12.0, 13.0}},
                      {"learningRate", 14.0},
                      {"after", {15.0, 16.0}}}));
}

TEST_CASE("histograms as JSON, each with what it counts") {
  const Json json = describe_histograms({{.quantity = Quantity::kActivations,
                                          .name = "1",
                                          .low = -1,
                                          .high = 2,
                                          .mean = 0.5,
                                          .deviation = 0.25,
                                          .counts = {3, 0, 4},
                                          .not_finite = 5}});
  CHECK(json == Json::array({{{"quantity", "activations"},
                              {"name", "1"},
                              {"low", -1.0},
                              {"high", 2.0},
                              {"mean", 0.5},
                              {"deviation", 0.25},
                              {"counts", {3, 0, 4}},
                              {"notFinite", 5}}}));
}

TEST_CASE("a part's report as JSON: of classes or of values, and null for what has no value") {
  PartReport classes{.rows = 4, .baseline = 0.75};
  classes.measures.loss = INFINITY;
  classes.classification = ClassificationReport{
      .accuracy = 0.1,
      .balanced_accuracy = 0.2,
      .matthews = 0.3,
      .kappa = 0.4,
      .classes = {{.figures = {.precision = 0.5, .recall = 0.6, .f1 = 0.7}, .truths = 8, .predictions = 9}},
      .macro = {.precision = 1, .recall = 2, .f1 = 3},
      .micro = {.precision = 4, .recall = 5, .f1 = 6},
      .weighted = {.precision = 7, .recall = 8, .f1 = 9}};
  classes.probability = ProbabilityReport{.log_loss = 0.5,
                                          .brier = std::nullopt,
                                          .roc_auc = 0.25,
                                          .average_precision = 0.125,
                                          .roc_aucs = {0.375, std::nullopt},
                                          .average_precisions = {std::nullopt, 0.625},
                                          .roc = {{{.x = 0, .y = 0, .threshold = INFINITY}, {.x = 1, .y = 1}}},
                                          .precision_recall = {{}}};
  const Json json = describe_part(classes);
  CHECK(json.at("rows") == 4);
  CHECK(json.at("loss").is_null());
  CHECK(json.at("baseline") == 0.75);
  CHECK(json.at("regression").is_null());
  CHECK(json.at("classification") ==
        Json({{"accuracy", 0.1},
              {"balancedAccuracy", 0.2},
              {"matthews", 0.3},
              {"kappa", 0.4},
              {"classes",
               Json::array({{{"precision", 0.5}, {"recall", 0.6}, {"f1", 0.7}, {"truths", 8}, {"predictions", 9}}})},
              {"macro", {{"precision", 1.0}, {"recall", 2.0}, {"f1", 3.0}}},
              {"micro", {{"precision", 4.0}, {"recall", 5.0}, {"f1", 6.0}}},
              {"weighted", {{"precision", 7.0}, {"recall", 8.0}, {"f1", 9.0}}}}));
  CHECK(json.at("probability") == Json({{"logLoss", 0.5},
                                        {"brier", nullptr},
                                        {"rocAuc", 0.25},
                                        {"averagePrecision", 0.125},
                                        {"rocAucs", {0.375, nullptr}},
                                        {"averagePrecisions", {nullptr, 0.625}},
                                        {"roc", Json::array({Json::array({{0.0, 0.0, nullptr}, {1.0, 1.0, 0.0}})})},
                                        {"precisionRecall", Json::array({Json::array()})}}));

  PartReport values{.rows = 1};
  values.regression = RegressionMeasures{.mae = 1, .mse = 2, .rmse = 3, .r2 = std::nullopt, .explained_variance = 4};
  const Json other = describe_part(values);
  CHECK(other.at("classification").is_null());
  CHECK(other.at("probability").is_null());
  CHECK(other.at("regression") ==
        Json({{"mae", 1.0}, {"mse", 2.0}, {"rmse", 3.0}, {"r2", nullptr}, {"explainedVariance", 4.0}}));
}
