// What Augment adds, and whose rows have a say in it.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "tests/support/documents.h"
#include "tests/support/pipelines.h"

using namespace athanor;
using namespace athanor::testing;

TEST_CASE("each kind of copy is added as often as asked for, and copies of held-out rows never train") {
  const auto added = [](Json values) {
    values["data.samples"] = 50;
    values["augment.jitter"] = values.value("augment.jitter", 0.0);
    Pipeline pipeline(experiment_of(document_with(values)));
    run_to(pipeline, Stage::kDone);
    const Run& run = pipeline.run();
    std::set<std::int32_t> held_out;
    for (const auto* part : {&run.parts.validation, &run.parts.test}) {
      for (const std::int32_t row : *part) {
        CHECK(run.data.is_copy[static_cast<std::size_t>(row)] == 0);
        held_out.insert(run.data.origins[static_cast<std::size_t>(row)]);
      }
    }
    for (const std::int32_t row : run.parts.train) {
      CHECK_FALSE(held_out.contains(run.data.origins[static_cast<std::size_t>(row)]));
    }
    return figure(pipeline, Stage::kAugment, "added");
  };
  CHECK(added({{"augment.copies", 2}}) == 0);  // of no kind
  CHECK(added({{"augment.copies", 2}, {"augment.jitter", 0.1}}) == 100);
  CHECK(added({{"augment.copies", 2}, {"augment.rotation", 20}}) == 100);
  CHECK(added({{"augment.copies", 2}, {"augment.scaling", 0.2}}) == 100);
  CHECK(added({{"augment.copies", 2}, {"augment.shift", 0.2}}) == 100);
  CHECK(added({{"augment.flip", "both"}}) == 50);
  CHECK(added({{"augment.copies", 3}, {"augment.mixing", 0.4}}) == 90);  // of the 30 training rows
  CHECK(added({{"augment.copies", 1},
               {"augment.jitter", 0.1},
               {"augment.rotation", 20},
               {"augment.flip", "left_right"},
               {"augment.mixing", 0.4}}) == 50 + 50 + 50 + 30);
}

TEST_CASE("mixtures are made of training rows alone") {
  Pipeline pipeline(experiment_of(document_with({{"data.samples", 60},
                                                 {"data.noise", 0.3},
                                                 {"augment.copies", 5},
                                                 {"augment.jitter", 0},
                                                 {"augment.mixing", 1}})));
  run_to(pipeline, Stage::kDone);
  const Run& run = pipeline.run();
  CHECK(run.parts.copies_dropped == 0);
  CHECK(run.train.rows == 36 + 5 * 36);
}

TEST_CASE("points alone can be turned; more copies than there is memory for are refused with the figures") {
  Pipeline iris(experiment_of(table_document(iris_csv(), {{"augment.copies", 1}, {"augment.rotation", 10}})));
  CHECK(error_of([&] { run_to(iris, Stage::kSplit); }).code() == ErrorCode::kBadInput);
  std::string wide = "k";
  for (int c = 0; c < 250; ++c) wide += ",c" + std::to_string(c);
  for (int i = 0; i < 8000; ++i) {
    wide += i % 2 == 0 ? "\na" : "\nb";
    for (int c = 0; c < 250; ++c) wide += c == 0 ? "," + std::to_string(i) : ",1";
  }
  Pipeline large(experiment_of(table_document(wide, {{"augment.copies", 10}, {"augment.mixing", 0.5}})));
  const Error error = error_of([&] { run_to(large, Stage::kSplit); });
  CHECK(error.code() == ErrorCode::kMemoryLimit);
  CHECK(error.place() == "augment.copies");
}

TEST_CASE("held-out rows have no say in how far copies of training rows go") {
  // The same table but for one held-out row, far out in the second: every copy of a training row is the same.
  const auto table = [](const std::string& last) {
    std::string csv = "x,y,k\n";
    for (int i = 0; i < 39; ++i) {
      csv += std::to_string(i % 13) + "," + std::to_string(i * 5 % 11) + "," + (i % 2 == 0 ? "a\n" : "b\n");
    }
    return csv + last;
  };
  const auto training_rows = [&](const std::string& last, const Json& values) {
    Json all{{"clean.duplicates", "keep"}, {"augment.copies", 1}, {"augment.jitter", 0}, {"prepare.scaling", "none"}};
    all.update(values);
    for (int seed = 0;; ++seed) {
      REQUIRE(seed < 20);
      all["seed"] = seed;
      Pipeline pipeline(experiment_of(table_document(table(last), all)));
      run_to(pipeline, Stage::kDone);
      const Run& run = pipeline.run();
      const auto& train = run.parts.train;
      if (std::find(train.begin(), train.end(), 39) == train.end()) return run.train.features;
    }
  };
  for (const Json& values : std::vector<Json>{{{"augment.jitter", 0.2}},
                                              {{"augment.rotation", 30}},
                                              {{"augment.scaling", 0.3}},
                                              {{"augment.shift", 0.5}},
                                              {{"augment.flip", "both"}},
                                              {{"augment.mixing", 0.5}}}) {
    INFO(values.dump());
    CHECK(training_rows("1,2,b\n", values) == training_rows("1e6,-1e6,b\n", values));
  }
}
