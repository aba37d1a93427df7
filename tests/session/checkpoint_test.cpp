#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstring>
#include <functional>

#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

using Act = std::function<void(Session&)>;

/// Bits, because NaN stands for what is missing.
template <typename T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

void check_equal(const Session& a, const Session& b) {
  CHECK(bare_status(a).dump() == bare_status(b).dump());
  CHECK(same_bits(parameters_of(a), parameters_of(b)));
  CHECK(same_bits(history_rows(a, 0), history_rows(b, 0)));
  CHECK(same_bits(measure_rows(a, 0), measure_rows(b, 0)));
  CHECK(a.document() == b.document());
  CHECK(same_bits(a.points(0, 1).x, b.points(0, 1).x));
  CHECK(a.points(0, 1).parts == b.points(0, 1).parts);
}

/// A session that was brought somewhere, and the same restored from its checkpoint, go on bit for bit alike.
void check_continues(Session& session) {
  const std::vector<std::uint8_t> bytes = session.checkpoint();
  const std::unique_ptr<Session> restored = Session::restore(bytes);
  check_equal(session, *restored);
  CHECK(restored->checkpoint() == bytes);
  for (int step = 0; step < 50; ++step) {
    session.step_batch();
    restored->step_batch();
    REQUIRE(describe_status(session).at("loss") == describe_status(*restored).at("loss"));
  }
  check_equal(session, *restored);
  finish(session);
  finish(*restored);
  check_equal(session, *restored);
  session.rewind();
  restored->rewind();
  session.step_epoch();
  restored->step_epoch();
  check_equal(session, *restored);
}

Act batches(int count) {
  return [count](Session& session) {
    for (int i = 0; i < count; ++i) session.step_batch();
  };
}

Act stages_on(int count) {
  return [count](Session& session) {
    for (int i = 0; i < count; ++i) session.step_stage();
  };
}

}  // namespace

TEST_CASE("a checkpoint at any point of a run is gone on from bit for bit") {
  const Json document = quick_document({{"done.max_epochs", 40},
                                        {"model.layers[0].dropout", 0.2},
                                        {"augment.copies", 1},
                                        {"optimise.patience", 2},
                                        {"optimise.threshold", 0.05}});
  for (const char* optimizer : {"adam", "sgd"}) {
    // Before anything, in the middle of the data stages, before the network is built, then through the loop: 48 rows in
    // batches of 10 are five steps an epoch, and the stages of an epoch are train, evaluate, optimise, done.
    for (int stages = 0; stages <= 14; ++stages) {
      INFO(optimizer << " after " << stages << " stages");
      Session session(with_field(document, "training.optimizer", optimizer));
      stages_on(stages)(session);
      check_continues(session);
    }
    for (const int count : {1, 2, 4, 5, 6, 23, 98}) {
      INFO(optimizer << " after " << count << " batches");
      Session session(with_field(document, "training.optimizer", optimizer));
      batches(count)(session);
      check_continues(session);
    }
  }
}

TEST_CASE("a checkpoint taken while Clean is looking at labels begins that stage anew and ends with the same bits") {
  const Json document = quick_document({{"data.samples", 4000}, {"data.noise", 0.8}, {"clean.labels", "drop"}});
  Session session(document);
  for (int units = 0; units < 4; ++units) session.advance(0, 1);  // Prepare, then some slices of Clean
  REQUIRE(describe_status(session).at("stage") == "clean");
  const std::unique_ptr<Session> restored = Session::restore(session.checkpoint());
  CHECK(describe_status(*restored).at("stage") == "clean");
  session.step_epoch();
  restored->step_epoch();
  check_equal(session, *restored);
  CHECK(describe_cleaned(session).size() > 5);
  CHECK(describe_cleaned(session) == describe_cleaned(*restored));
}

TEST_CASE("a checkpoint between accumulated batches, with averaged and best weights, is gone on from bit for bit") {
  for (const std::string_view optimizer : kOptimizerNames) {
    const Json document = quick_document({{"done.max_epochs", 20},
                                          {"training.optimizer", optimizer},
                                          {"training.accumulate", 3},
                                          {"training.sampling", "replacement"},
                                          {"training.schedule", "cosine"},
                                          {"training.schedule_period", 7},
                                          {"training.warmup", 2},
                                          {"training.average", 0.9},
                                          {"training.l2", 0.01},
                                          {"training.clip_norm", 0.5},
                                          {"done.restore_best", true}});
    for (const int count : {1, 2, 3, 4, 31}) {
      INFO(optimizer << " after " << count << " batches");
      Session session(document);
      batches(count)(session);
      check_continues(session);
    }
  }
}

TEST_CASE("a checkpoint before and after Finish keeps the seal as it was") {
  Session session(quick_document());
  run_to(session, Stage::kFinish);
  const auto before = Session::restore(session.checkpoint());
  CHECK(describe_status(*before).at("measures").at("test").is_null());
  check_equal(session, *before);
  session.step_stage();
  before->step_stage();
  check_equal(session, *before);
  const auto after = Session::restore(session.checkpoint());
  check_equal(session, *after);
  CHECK(after->pipeline().is_finished());
  CHECK(describe_status(*after).at("measures").at("test").is_object());
  CHECK(after->points(0, 1).x.size() == 40);
}

TEST_CASE("a checkpoint of a table, filled and jittered, is gone on from bit for bit") {
  std::string csv = iris_csv();
  csv.replace(csv.find("4.9"), 3, "NA");
  Session session(table_document(csv, {{"clean.missing", "mean"},
                                       {"clean.duplicates", "keep"},
                                       {"augment.copies", 1},
                                       {"split.stratified", false},
                                       {"done.max_epochs", 8}}));
  batches(17)(session);
  check_continues(session);
}

TEST_CASE("a checkpoint keeps what was changed in flight") {
  const Json document = quick_document({{"done.max_epochs", 40}});
  const std::vector<std::pair<const char*, Act>> changes{
      {"rate", [](Session& s) { s.set("training.learning_rate", 0.125); }},
      {"optimiser", [](Session& s) { s.set("training.optimizer", "sgd"); }},
      {"optimiser there and back",  // Adam's bias correction counts from its own first step
       [](Session& s) {
         s.set("training.optimizer", "sgd");
         s.set("training.optimizer", "adam");
       }},
      {"batch size", [](Session& s) { s.set("training.batch_size", 7); }},
      {"momentum", [](Session& s) { s.set("training.momentum", 0.2); }},
      {"patience", [](Session& s) { s.set("optimise.patience", 1); }},
      {"restart field", [](Session& s) { s.set("model.layers[0].units", 3); }},
      {"both", [](Session& s) {
         s.set("data.noise", 0.5);
         s.set("training.batch_size", 9);
       }}};
  for (const auto& [name, change] : changes) {
    for (const int more : {0, 1, 5}) {
      INFO(name << ", " << more << " batches later");
      Session session(document);
      batches(4)(session);
      change(session);
      batches(more)(session);
      check_continues(session);
    }
  }
}

TEST_CASE("a checkpoint keeps reductions of the learning rate and counts of patience") {
  Session session(quick_document(
      {{"optimise.patience", 1}, {"optimise.threshold", 0.5}, {"done.patience", 400}, {"done.max_epochs", 200}}));
  session.advance(1e6, 25);
  REQUIRE(session.pipeline().run().reductions > 2);
  const auto restored = Session::restore(session.checkpoint());
  CHECK(restored->pipeline().run().reductions == session.pipeline().run().reductions);
  CHECK(restored->pipeline().run().plateau.bad == session.pipeline().run().plateau.bad);
  CHECK(restored->pipeline().run().stopping.best == session.pipeline().run().stopping.best);
  check_continues(session);
}

TEST_CASE("a checkpoint without a validation part keeps the gaps of its curve") {
  Session session(quick_document({{"split.validation", 0}, {"done.max_epochs", 40}}));
  batches(8)(session);
  REQUIRE(std::isnan(session.pipeline().run().history.at(0).validation_loss));
  check_continues(session);
}

TEST_CASE("a checkpoint can be taken and restored when the measured loss has become infinite") {
  Session session(quick_document({{"training.loss", "squared_error"},
                                  {"training.optimizer", "sgd"},
                                  {"training.learning_rate", 10},
                                  {"model.layers", Json::array()},
                                  {"optimise.patience", 1000},
                                  {"training.batch_size", 1024},
                                  {"done.max_epochs", 1000}}));
  bool was_infinite = false;
  try {
    for (int i = 0; i < 1000; ++i) {
      session.step_epoch();
      const double loss = value_of(session.pipeline().run().train_measures).loss;
      if (std::isfinite(loss)) continue;
      was_infinite = true;
      const auto restored = Session::restore(session.checkpoint());
      check_equal(session, *restored);
      CHECK(restored->checkpoint() == session.checkpoint());
    }
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::kNotFinite);
  }
  CHECK(was_infinite);
}

TEST_CASE("a failed run has no checkpoint") {
  Session session(table_document("x,k\n1,a\n2,b\n"));
  CHECK(code_of([&] { session.step_batch(); }) == "too_few_rows");
  CHECK(code_of([&] { (void)session.checkpoint(); }) == "bad_input");
}
