#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <memory>
#include <set>

#include "tests/support/documents.h"
#include "tests/support/pipelines.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// Twelve sound rows, two with a missing value, two repeated (one of them with another class: no duplicate), three
/// broken ones.
const std::string kTable =
    "x,y,kind\n"
    "1,10,a\n2,20,b\n3,30,a\n4,40,b\n5,50,a\n6,60,b\n7,70,a\n8,80,b\n9,90,a\n10,100,b\n"
    "NA,110,a\n12,,b\n"
    "1,10,a\n"  // duplicate of the first
    "2,20,a\n"  // same values as the second, another class
    "x,1,a\n1,2\n3,4,\n"
    "11,110,b\n";

}  // namespace

TEST_CASE("the data stages tell the true counts of a table with broken, missing and repeated rows") {
  Pipeline pipeline(experiment_of(table_document(kTable)));
  CHECK(figure_count(pipeline, Stage::kPrepare) == 0);
  run_to(pipeline, Stage::kClean);
  CHECK(figure(pipeline, Stage::kPrepare, "rows") == 15);
  CHECK(figure(pipeline, Stage::kPrepare, "columns") == 2);
  CHECK(figure(pipeline, Stage::kPrepare, "classes") == 2);
  CHECK(figure(pipeline, Stage::kPrepare, "fitted_on") == -1);
  run_to(pipeline, Stage::kAugment);
  CHECK(figure(pipeline, Stage::kClean, "broken") == 3);
  CHECK(figure(pipeline, Stage::kClean, "missing") == 2);
  CHECK(figure(pipeline, Stage::kClean, "duplicates") == 1);
  CHECK(figure(pipeline, Stage::kClean, "kept") == 12);
  run_to(pipeline, Stage::kSplit);
  CHECK(figure(pipeline, Stage::kAugment, "added") == 0);
  run_to(pipeline, Stage::kDone);
  // Six rows of each class: a fifth of six rounds to one.
  CHECK(figure(pipeline, Stage::kSplit, "train") == 8);
  CHECK(figure(pipeline, Stage::kSplit, "validation") == 2);
  CHECK(figure(pipeline, Stage::kSplit, "test") == 2);
  CHECK(figure(pipeline, Stage::kSplit, "copies_dropped") == 0);
  CHECK(figure(pipeline, Stage::kPrepare, "fitted_on") == 8);
  CHECK(pipeline.run().table.problems.size() == 3);
}

TEST_CASE("missing values can be filled, duplicates kept, and copies added and dropped") {
  Pipeline pipeline(experiment_of(
      table_document(kTable, {{"clean.missing", "mean"}, {"clean.duplicates", "keep"}, {"augment.copies", 2}})));
  run_to(pipeline, Stage::kDone);
  CHECK(figure(pipeline, Stage::kClean, "missing") == 0);
  CHECK(figure(pipeline, Stage::kClean, "duplicates") == 0);
  CHECK(figure(pipeline, Stage::kClean, "kept") == 15);
  CHECK(figure(pipeline, Stage::kAugment, "added") == 30);
  const double held_out = figure(pipeline, Stage::kSplit, "validation") + figure(pipeline, Stage::kSplit, "test");
  CHECK(figure(pipeline, Stage::kSplit, "copies_dropped") == 2 * held_out);
  CHECK(figure(pipeline, Stage::kSplit, "train") == 3 * (15 - held_out));
  for (const PartMatrix* part : {&pipeline.run().train, &pipeline.run().validation, &pipeline.run().test}) {
    for (const Real value : part->features) REQUIRE(std::isfinite(value));
  }
}

TEST_CASE("training features are standardised by their own statistics") {
  Pipeline pipeline(experiment_of(table_document(iris_csv())));
  run_to(pipeline, Stage::kDone);
  const Run& run = pipeline.run();
  for (std::size_t c = 0; c < 4; ++c) {
    double sum = 0;
    double squares = 0;
    for (Index i = 0; i < run.train.rows; ++i) {
      const auto value = static_cast<double>(run.train.features[static_cast<std::size_t>(i) * 4 + c]);
      sum += value;
      squares += value * value;
    }
    const auto rows = static_cast<double>(run.train.rows);
    CHECK(std::abs(sum / rows) < 1e-5);
    CHECK(std::abs(squares / rows - 1) < 1e-5);
  }
}

TEST_CASE("held-out rows have no say in the scaling: changing one moves no training feature") {
  const auto part_features = [](const std::string& csv) {
    auto pipeline = std::make_unique<Pipeline>(experiment_of(table_document(csv)));
    run_to(*pipeline, Stage::kDone);
    return pipeline;
  };
  std::string csv = "x,y,k\n";
  for (int i = 0; i < 40; ++i) {
    csv +=
        std::to_string(i * i % 37) + "." + std::to_string(i) + "," + std::to_string(i) + (i % 2 == 0 ? ",a\n" : ",b\n");
  }
  const auto original = part_features(csv);
  for (const bool is_test : {true, false}) {
    const Split& parts = original->run().parts;
    const auto held_out = static_cast<std::size_t>(is_test ? parts.test.at(0) : parts.validation.at(0));
    // The row's line: a header above, no row dropped.
    std::size_t start = 0;
    for (std::size_t line = 0; line <= held_out; ++line) start = csv.find('\n', start) + 1;
    std::string changed_csv = csv;
    changed_csv.insert(start, "99999");
    const auto changed = part_features(changed_csv);
    CHECK(changed->run().train.features == original->run().train.features);
    CHECK(changed->run().scaler.shift == original->run().scaler.shift);
    CHECK((is_test ? changed->run().test : changed->run().validation).features !=
          (is_test ? original->run().test : original->run().validation).features);
  }
  // The control: a training row does move them.
  std::size_t start = 0;
  for (std::int32_t line = 0; line <= original->run().parts.train.at(0); ++line) start = csv.find('\n', start) + 1;
  std::string changed_csv = csv;
  changed_csv.insert(start, "99999");
  CHECK(part_features(changed_csv)->run().scaler.shift != original->run().scaler.shift);
}

TEST_CASE("without scaling the network sees raw values") {
  Pipeline pipeline(experiment_of(table_document(kTable, {{"prepare.scaling", "none"}})));
  run_to(pipeline, Stage::kDone);
  const Run& run = pipeline.run();
  for (std::size_t i = 0; i < run.parts.train.size(); ++i) {
    REQUIRE(run.train.features[2 * i] == run.data.row(run.parts.train[i])[0]);
    REQUIRE(run.train.features[2 * i + 1] == run.data.row(run.parts.train[i])[1]);
  }
}

TEST_CASE("min-max scaling puts the training part between 0 and 1") {
  Pipeline pipeline(experiment_of(table_document(kTable, {{"prepare.scaling", "min_max"}})));
  run_to(pipeline, Stage::kDone);
  const std::vector<Real>& features = pipeline.run().train.features;
  CHECK(*std::min_element(features.begin(), features.end()) == 0);
  CHECK(*std::max_element(features.begin(), features.end()) == 1);
}

TEST_CASE("robust scaling centres the training part on its median") {
  Pipeline pipeline(experiment_of(table_document(kTable, {{"prepare.scaling", "robust"}})));
  run_to(pipeline, Stage::kDone);
  const PartMatrix& train = pipeline.run().train;
  std::vector<Real> column;
  for (std::size_t i = 0; i < train.features.size(); i += 2) column.push_back(train.features[i]);
  const auto below = std::count_if(column.begin(), column.end(), [](Real x) { return x < 0; });
  const auto above = std::count_if(column.begin(), column.end(), [](Real x) { return x > 0; });
  CHECK(below == above);
}

TEST_CASE("targets are one-hot, or a single 0 or 1 with binary cross-entropy of two classes") {
  for (const char* loss : {"cross_entropy", "binary_cross_entropy", "squared_error"}) {
    Pipeline pipeline(experiment_of(table_document(kTable, {{"training.loss", loss}})));
    run_to(pipeline, Stage::kDone);
    const PartMatrix& train = pipeline.run().train;
    const std::size_t outputs = std::string_view(loss) == "binary_cross_entropy" ? 1 : 2;
    REQUIRE(train.targets.size() == train.labels.size() * outputs);
    for (std::size_t i = 0; i < train.labels.size(); ++i) {
      const Real is_second = train.labels[i] == 1 ? Real{1} : Real{0};
      REQUIRE(train.targets[i * outputs + outputs - 1] == is_second);
      if (outputs == 2) REQUIRE(train.targets[i * outputs] == 1 - is_second);
    }
  }
}

TEST_CASE("too few rows or a single class stop the stage that finds it, with the figures") {
  const auto failure = [](const std::string& csv) {
    Pipeline pipeline(experiment_of(table_document(csv)));
    const Error error = error_of([&] { run_to(pipeline, Stage::kDone); });
    REQUIRE(pipeline.failure().has_value());
    CHECK(value_of(pipeline.failure()).code() == error.code());
    CHECK_FALSE(pipeline.work());
    return error;
  };
  const Error few = failure("x,k\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n7,a\n");
  CHECK(few.code() == ErrorCode::kTooFewRows);
  CHECK(few.place() == "prepare");
  CHECK(param(few, "value") == "7");
  CHECK(param(few, "min") == "8");
  const Error left = failure("x,k\n1,a\n1,a\n1,a\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n");
  CHECK(left.code() == ErrorCode::kTooFewRows);
  CHECK(left.place() == "clean");
  CHECK(param(left, "value") == "6");
  const Error one = failure("x,k\n1,a\n2,a\n3,a\n4,a\n5,a\n6,a\n7,a\n8,a\nNA,b\n");
  CHECK(one.code() == ErrorCode::kTooFewClasses);
  CHECK(one.place() == "clean");
  CHECK(failure("k\na\na\n").code() == ErrorCode::kCsvNoTarget);
}

TEST_CASE("the smallest parts the document allows still leave rows to train on") {
  for (const char* generator : {"blobs", "spirals", "xor"}) {
    for (const bool stratified : {true, false}) {
      Pipeline pipeline(experiment_of(document_with({{"data.generator", generator},
                                                     {"data.samples", 10},
                                                     {"split.test", 0.1},
                                                     {"split.validation", 0.8},
                                                     {"split.stratified", stratified}})));
      run_to(pipeline, Stage::kEvaluate);
      CHECK(pipeline.run().train.rows >= 1);
    }
  }
}

namespace {

/// Two clouds with one value far out (row 60) and one label turned round (row 5).
std::string cloud_table() {
  std::string csv = "x,y,kind\n";
  for (int i = 0; i < 60; ++i) {
    const bool is_left = i % 2 == 0;
    const bool is_turned = i == 5;
    csv += std::to_string((is_left ? -2 : 2) + 0.01 * i) + "," + std::to_string(0.02 * (i % 7)) + "," +
           (is_left != is_turned ? "left" : "right") + "\n";
  }
  return csv + "2,50,right\n";
}

std::vector<std::pair<std::int32_t, CleanReason>> cleaned_rows(const Pipeline& pipeline) {
  std::vector<std::pair<std::int32_t, CleanReason>> rows;
  for (const CleanedRow& row : pipeline.run().cleaned) rows.emplace_back(row.origin, row.reason);
  return rows;
}

}  // namespace

TEST_CASE("clean drops values far out and labels that the neighbours contradict, and shows which rows those were") {
  using Rows = std::vector<std::pair<std::int32_t, CleanReason>>;
  const auto cleaned = [](const Json& values) {
    auto pipeline = std::make_unique<Pipeline>(experiment_of(table_document(cloud_table(), values)));
    run_to(*pipeline, Stage::kAugment);
    return pipeline;
  };
  CHECK(cleaned_rows(*cleaned(Json::object())).empty());

  const auto outliers = cleaned({{"clean.outliers", "z_score"}});
  CHECK(cleaned_rows(*outliers) == Rows{{60, CleanReason::kOutlier}});
  CHECK(outliers->run().cleaned[0].values == std::vector<Real>{2, 50});
  CHECK(figure(*outliers, Stage::kClean, "outliers") == 1);
  CHECK(figure(*outliers, Stage::kClean, "kept") == 60);
  CHECK(cleaned_rows(*cleaned({{"clean.outliers", "interquartile"}, {"clean.outlier_limit", 3}})) ==
        Rows{{60, CleanReason::kOutlier}});

  const auto dropped = cleaned({{"clean.labels", "drop"}});
  CHECK(cleaned_rows(*dropped) == Rows{{5, CleanReason::kLabel}});
  CHECK(figure(*dropped, Stage::kClean, "kept") == 60);

  const auto relabelled = cleaned({{"clean.labels", "relabel"}});
  CHECK(cleaned_rows(*relabelled) == Rows{{5, CleanReason::kRelabelled}});
  CHECK(figure(*relabelled, Stage::kClean, "labels") == 1);
  CHECK(figure(*relabelled, Stage::kClean, "kept") == 61);
  const Dataset& data = relabelled->run().data;
  CHECK(data.classes[static_cast<std::size_t>(data.labels[5])] == "right");
}

TEST_CASE("cleaning labels leaves real values alone") {
  Pipeline pipeline(experiment_of(document_with({{"data.generator", "waves"}, {"clean.labels", "drop"}})));
  run_to(pipeline, Stage::kAugment);
  CHECK(figure(pipeline, Stage::kClean, "labels") == 0);
}

TEST_CASE("a level that no training row has is unknown to the model") {
  std::string csv = "x,city,k\n";
  for (int i = 0; i < 40; ++i) {
    csv += std::to_string(i) + "," +
           (i == 17      ? "Rare"
            : i % 3 == 0 ? "Bern"
                         : "Rome") +
           "," + (i % 2 == 0 ? "a" : "b") + "\n";
  }
  // The row with the rare level is held out by some seed; without it the column is 0 everywhere.
  bool was_hidden = false;
  for (int seed = 0; seed < 8; ++seed) {
    Pipeline pipeline(experiment_of(table_document(csv, {{"seed", seed}})));
    run_to(pipeline, Stage::kDone);
    const Run& run = pipeline.run();
    REQUIRE(run.data.columns == std::vector<std::string>{"x", "city=Bern", "city=Rare", "city=Rome"});
    const bool is_trained = std::find(run.parts.train.begin(), run.parts.train.end(), 17) != run.parts.train.end();
    CHECK(run.data.row(17)[2] == (is_trained ? 1 : 0));
    was_hidden = was_hidden || !is_trained;
    // Levels are not scaled.
    CHECK(run.scaler.scale[1] == 1);
    CHECK(run.scaler.shift[1] == 0);
    CHECK(run.scaler.scale[0] > 1);
  }
  CHECK(was_hidden);
}

TEST_CASE("folds hold out each row once, as the document says") {
  std::multiset<std::int32_t> validated;
  for (int fold = 1; fold <= 4; ++fold) {
    Pipeline pipeline(experiment_of(
        document_with({{"data.samples", 80}, {"split.test", 0.25}, {"split.folds", 4}, {"split.fold", fold}})));
    run_to(pipeline, Stage::kDone);
    const std::vector<std::int32_t>& rows = pipeline.run().parts.validation;
    CHECK((rows.size() >= 14 && rows.size() <= 16));  // each class is divided on its own
    validated.insert(rows.begin(), rows.end());
  }
  CHECK(validated.size() == 60);
  CHECK(std::set<std::int32_t>(validated.begin(), validated.end()).size() == 60);
  const Error error = error_of([] { (void)document_with({{"split.folds", 4}, {"split.fold", 5}}); });
  CHECK(error.place() == "split.fold");
  CHECK(param(error, "max") == "4");
}
