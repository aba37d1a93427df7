#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

Session trained_iris(int epochs) {
  Session session(table_document(iris_csv(), {{"done.max_epochs", 100}}));
  session.advance(1e6, epochs);
  return session;
}

double mean_of(const Session& session, std::size_t column) {
  return static_cast<double>(session.pipeline().run().scaler.fill[column]);
}

}  // namespace

TEST_CASE("axes of iris are petal length and petal width") {
  const Session session = trained_iris(1);
  CHECK(session.axes() == std::array<Index, 2>{2, 3});
}

TEST_CASE("axes are the columns that separate the classes, constant ones last; a single column serves twice") {
  std::string csv = "noise,first,constant,second,k\n";
  for (int i = 0; i < 40; ++i) {
    const int label = i % 2;
    csv += std::to_string(i * 7 % 11) + "," + std::to_string(10 * label + i % 3) + ",5," +
           std::to_string(-20 * label + i % 4) + (label == 0 ? ",a\n" : ",b\n");
  }
  Session session(table_document(csv));
  run_to(session, Stage::kDone);
  CHECK(session.axes() == std::array<Index, 2>{1, 3});
  Session narrow(table_document("x,k\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n7,a\n8,b\n"));
  run_to(narrow, Stage::kDone);
  CHECK(narrow.axes() == std::array<Index, 2>{0, 0});
}

TEST_CASE("axes of real values are the columns they follow most, exactly or nearly, in either direction") {
  std::string csv = "noise,half,constant,exact,y\n";
  for (int i = 0; i < 40; ++i) {
    csv += std::to_string(i * 7 % 11) + "," + std::to_string(i * 3 % 20 + i) + ",5," + std::to_string(-i) + "," +
           std::to_string(i) + ".5\n";
  }
  Session session(table_document(csv, {{"data.table.target", "y"}, {"data.table.task", "regression"}}));
  run_to(session, Stage::kDone);
  CHECK(session.axes() == std::array<Index, 2>{1, 3});
}

TEST_CASE("a grid along a column that never varies has a unit to either side of its value") {
  std::string csv = "x,constant,k\n";
  for (int i = 0; i < 20; ++i) csv += std::to_string(i) + (i % 2 == 0 ? ",5,a\n" : ",5,b\n");
  Session session(table_document(csv));
  session.step_batch();
  REQUIRE(session.pipeline().run().data.width() == 2);
  const Grid grid = session.grid(3, 0, 1);
  CHECK(grid.y == std::array<Real, 2>{4, 6});
  CHECK(grid.predictions.size() == 3 * 3 * 2);
}

TEST_CASE("a grid holds what predict says at its points, the other columns at the training mean") {
  Session session = trained_iris(5);
  const Grid grid = session.grid(9, 2, 3);
  CHECK(grid.resolution == 9);
  CHECK(grid.width == 3);
  REQUIRE(grid.predictions.size() == 9 * 9 * 3);
  for (std::size_t j = 0; j < 9; ++j) {
    for (std::size_t i = 0; i < 9; ++i) {
      const auto at = [](const std::array<Real, 2>& range, std::size_t k) {
        return range[0] + (range[1] - range[0]) * static_cast<Real>(k) / 8;
      };
      const std::vector<Real> row{static_cast<Real>(mean_of(session, 0)), static_cast<Real>(mean_of(session, 1)),
                                  at(grid.x, i), at(grid.y, j)};
      const std::vector<Real> expected = session.predict(row);
      REQUIRE(expected.size() == 3);
      double sum = 0;
      for (std::size_t k = 0; k < 3; ++k) {
        REQUIRE(grid.predictions[(j * 9 + i) * 3 + k] == expected[k]);
        sum += static_cast<double>(expected[k]);
      }
      REQUIRE(std::abs(sum - 1) < 1e-5);
    }
  }
}

TEST_CASE("a grid covers the training rows with a margin of five per cent, and swapping its axes transposes it") {
  Session session = trained_iris(3);
  const Grid grid = session.grid(6, 2, 3);
  const Run& run = session.pipeline().run();
  Real low = run.data.row(run.parts.train[0])[2];
  Real high = low;
  for (const std::int32_t row : run.parts.train) {
    low = std::min(low, run.data.row(row)[2]);
    high = std::max(high, run.data.row(row)[2]);
  }
  CHECK(std::abs(grid.x[0] - (low - (high - low) / 20)) < 1e-5);
  CHECK(std::abs(grid.x[1] - (high + (high - low) / 20)) < 1e-5);
  const Grid turned = session.grid(6, 3, 2);
  CHECK(turned.x == grid.y);
  CHECK(turned.y == grid.x);
  for (std::size_t j = 0; j < 6; ++j) {
    for (std::size_t i = 0; i < 6; ++i) {
      for (std::size_t k = 0; k < 3; ++k) {
        REQUIRE(grid.predictions[(j * 6 + i) * 3 + k] == turned.predictions[(i * 6 + j) * 3 + k]);
      }
    }
  }
}

TEST_CASE("predicting many rows at once gives what one at a time gives, and missing values count as the mean") {
  Session session = trained_iris(3);
  const Dataset& data = session.pipeline().run().data;
  const std::vector<Real> all = session.predict(data.features);
  REQUIRE(all.size() == static_cast<std::size_t>(data.rows() * 3));
  for (Index i = 0; i < data.rows(); ++i) {
    const std::vector<Real> one = session.predict(data.row(i));
    REQUIRE(std::equal(one.begin(), one.end(), all.begin() + 3 * i));
  }
  const std::vector<Real> holes{NAN, 3, NAN, 1};
  const std::vector<Real> filled{static_cast<Real>(mean_of(session, 0)), 3, static_cast<Real>(mean_of(session, 2)), 1};
  CHECK(session.predict(holes) == session.predict(filled));
}

TEST_CASE("looking changes nothing: a run that is watched is the run that is not") {
  const Json document = quick_document({{"model.layers[0].dropout", 0.2}});
  Session watched(document);
  Session alone(document);
  for (int i = 0; i < 9; ++i) {
    watched.step_batch();
    alone.step_batch();
    (void)watched.grid(8, 0, 1);
    (void)watched.predict(std::vector<Real>{1, 2});
    (void)watched.points(0, 1);
    (void)watched.axes();
    (void)watched.next_step();
    (void)watched.neuron_maps(8, 0, 1);
    (void)watched.histograms(10);
    (void)watched.measures(Part::kTrain);
    (void)watched.loss_log(2);
    (void)watched.checkpoint();
  }
  CHECK(watched.losses() == alone.losses());
  CHECK(parameters_of(watched) == parameters_of(alone));
}

TEST_CASE("points are the rows in raw units with class and part, copies marked") {
  Session session(quick_document({{"augment.copies", 1}}));
  run_to(session, Stage::kDone);
  const Points points = session.points(1, 0);
  REQUIRE(points.x.size() == 24 + 24 + 8);
  std::array<int, 4> parts{};
  for (const std::uint8_t part : points.parts) ++parts.at(part);
  CHECK(parts == std::array<int, 4>{24, 8, 0, 24});
  const Run& run = session.pipeline().run();
  for (std::size_t i = 0; i < run.parts.train.size(); ++i) {
    REQUIRE(points.x[i] == run.data.row(run.parts.train[i])[1]);
    REQUIRE(points.y[i] == run.data.row(run.parts.train[i])[0]);
    REQUIRE(points.labels[i] == run.data.labels[static_cast<std::size_t>(run.parts.train[i])]);
  }
}

TEST_CASE("what cannot be shown yet, or not at all, is refused by name") {
  Session session(quick_document());
  CHECK(code_of([&] { (void)session.axes(); }) == "bad_input");
  CHECK(code_of([&] { (void)session.grid(10, 0, 1); }) == "bad_input");
  CHECK(code_of([&] { (void)session.predict(std::vector<Real>{1, 2}); }) == "bad_input");
  session.step_batch();
  const auto grid = [&](Index resolution, Index x, Index y) {
    return code_of([&] { (void)session.grid(resolution, x, y); });
  };
  CHECK(grid(2, 0, 1).empty());
  CHECK(grid(kMaxResolution, 0, 1).empty());
  CHECK(grid(1, 0, 1) == "bad_input");
  CHECK(grid(kMaxResolution + 1, 0, 1) == "bad_input");
  CHECK(grid(10, 2, 1) == "bad_input");
  CHECK(grid(10, 0, -1) == "bad_input");
  CHECK(code_of([&] { (void)session.points(0, 2); }) == "bad_input");
  CHECK(code_of([&] { (void)session.predict({}); }) == "bad_input");
  CHECK(code_of([&] { (void)session.predict(std::vector<Real>(3)); }) == "bad_input");
  CHECK(code_of([&] { (void)session.predict(std::vector<Real>(2 * (Session::kMaxPredictRows + 1))); }) == "bad_input");
}

TEST_CASE("the status tells stages, parts and sizes as they are") {
  Session session(quick_document());
  session.step_batch();
  session.step_batch();
  const Json status = describe_status(session);
  CHECK(status.at("stage") == "train");
  CHECK(status.at("finished") == false);
  CHECK(status.at("failure").is_null());
  CHECK(status.at("epoch") == 0);
  CHECK(status.at("step") == 2);
  CHECK(status.at("batch") == 2);
  CHECK(status.at("batchesPerEpoch") == 3);
  CHECK(status.at("rows") == Json({{"train", 24}, {"validation", 8}, {"test", 8}}));
  CHECK(status.at("parameters") == 2 * 8 + 8 + 8 * 8 + 8 + 8 * 2 + 2);
  CHECK(status.at("memoryBytes").get<std::size_t>() >= 4 * 114 * sizeof(Real));
  CHECK(status.at("columns") == Json({"x1", "x2"}));
  CHECK(status.at("measures").at("train").is_null());
  std::string states;
  for (const Json& stage : status.at("stages")) states += stage.at("state").get<std::string>() + " ";
  CHECK(states == "done done skipped done done active idle idle idle ");
  finish(session);
  const Json last = describe_status(session);
  CHECK(last.at("finished") == true);
  CHECK(last.at("stopReason") == "epochs");
  for (const Json& stage : last.at("stages")) {
    CHECK(stage.at("state") == (stage.at("id") == "augment" ? "skipped" : "done"));
  }
  CHECK(last.at("measures").at("validation").at("confusion").size() == 2);
}

TEST_CASE("events and history can be read from where a reader left off") {
  Session session(quick_document({{"done.max_epochs", 20}}));
  session.advance(1e6, 4);
  const Json events = describe_events(session, 0);
  REQUIRE(events.size() == 4 + 4 * 4 - 1);
  CHECK(describe_events(session, 10).size() == events.size() - 10);
  CHECK(describe_events(session, 10)[0].at("index") == 10);
  CHECK(describe_events(session, 1000).empty());
  const std::vector<double> rows = history_rows(session, 0);
  REQUIRE(rows.size() == 4 * 6);
  for (std::size_t epoch = 1; epoch <= 4; ++epoch) CHECK(rows[(epoch - 1) * 6] == static_cast<double>(epoch));
  CHECK(history_rows(session, 3) == std::vector<double>(rows.begin() + 18, rows.end()));
  CHECK(history_rows(session, 4).empty());
}

TEST_CASE("the log has the loss of the first step and of every so-manyth") {
  Session session(quick_document());
  CHECK(session.loss_log(2).empty());
  CHECK(code_of([&] { (void)session.loss_log(0); }) == "bad_input");
  for (int i = 0; i < 7; ++i) session.step_batch();
  const auto lines = session.loss_log(3);
  const std::vector<Real> losses = session.losses();
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == std::pair<std::uint64_t, Real>(1, losses[0]));
  CHECK(lines[1] == std::pair<std::uint64_t, Real>(3, losses[2]));
  CHECK(lines[2] == std::pair<std::uint64_t, Real>(6, losses[5]));
}

TEST_CASE("a stage that the settings leave nothing to do is skipped, not done") {
  const auto state = [](const Json& values, std::size_t stage) {
    Session session(quick_document(values));
    finish(session);
    return describe_status(session).at("stages")[stage].at("state").get<std::string>();
  };
  constexpr std::size_t kAugment = 2;
  constexpr std::size_t kOptimise = 7;
  CHECK(state({{"augment.copies", 2}, {"augment.jitter", 0.1}}, kAugment) == "done");
  CHECK(state({{"augment.copies", 2}, {"augment.jitter", 0}}, kAugment) == "skipped");
  CHECK(state({{"augment.copies", 0}, {"augment.jitter", 0.1}}, kAugment) == "skipped");
  CHECK(state({{"augment.copies", 0}, {"augment.flip", "left_right"}}, kAugment) == "done");
  CHECK(state({{"optimise.plateau", false}}, kOptimise) == "skipped");
  CHECK(state({{"optimise.plateau", true}}, kOptimise) == "done");
}

TEST_CASE("whether a stage was skipped is told as it was when the stage was last visited, until the run begins anew") {
  constexpr std::size_t kOptimise = 7;
  const auto state = [](const Session& session) {
    return describe_status(session).at("stages")[kOptimise].at("state").get<std::string>();
  };
  Session session(quick_document({{"optimise.plateau", false}}));
  session.step_epoch();
  run_to(session, Stage::kDone);
  CHECK(state(session) == "skipped");
  REQUIRE(session.set("optimise.plateau", true));
  CHECK(state(session) == "skipped");
  CHECK(state(*Session::restore(session.checkpoint())) == "skipped");
  run_to(session, Stage::kOptimise);
  run_to(session, Stage::kDone);
  CHECK(state(session) == "done");
  REQUIRE(session.set("optimise.plateau", false));
  CHECK(state(session) == "done");
  CHECK(state(*Session::restore(session.checkpoint())) == "done");
  session.rewind();
  CHECK(state(session) == "idle");
}
