// What is said of a network's size before its first step is what it has from then on.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "engine/session/report.h"
#include "engine/session/session.h"
#include "tests/support/allocations.h"
#include "tests/support/pipelines.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// Batches that fill the epoch and such that do not, every block that can be asked for, arenas of all kinds of layers.
const std::vector<std::string>& documents() {
  static const std::vector<std::string> kAll{
      R"({})",
      R"({"training": {"batch_size": 16}, "data": {"samples": 50}})",
      R"({"training": {"batch_size": 1}, "model": {"layers": []}})",
      R"({"training": {"batch_size": 1024}})",
      R"({"training": {"optimizer": "sgd", "average": 0.9, "accumulate": 3}})",
      R"({"training": {"optimizer": "muon"}, "done": {"restore_best": true}})",
      R"({"model": {"layers": [{"units": 5, "norm": "batch", "dropout": 0.2}, {"units": 5, "residual": "1"}]}})",
      R"({"data": {"generator": "plane"}, "model": {"layers": [{"units": 64}, {"units": 64}]}})",
  };
  return kAll;
}

Json size_of(const Session& session) {
  const Json status = describe_status(session);
  return Json({{"parameters", status.at("parameters")}, {"memoryBytes", status.at("memoryBytes")}});
}

void step_until(Session& session, const char* stage) {
  while (describe_status(session).at("stage") != stage) session.step_stage();
}

}  // namespace

TEST_CASE("the size of a network is known before its first step") {
  for (const std::string& document : documents()) {
    CAPTURE(document);
    Session session(Json::parse(document));
    CHECK(size_of(session) == Json({{"parameters", 0}, {"memoryBytes", 0}}));
    step_until(session, "train");
    const Json before = size_of(session);
    CHECK(before.at("parameters") > 0);
    session.step_batch();
    CHECK(describe_status(session).at("step") == 1);
    CHECK(size_of(session) == before);
  }
}

TEST_CASE("the size follows what is set before the first step") {
  Session session(Json::parse(R"({"training": {"batch_size": 16}})"));
  step_until(session, "train");
  const Json before = size_of(session);
  REQUIRE(session.set("training.batch_size", 64));
  const Json after = size_of(session);
  CHECK(after.at("parameters") == before.at("parameters"));
  CHECK(after.at("memoryBytes") > before.at("memoryBytes"));
  session.step_batch();
  CHECK(size_of(session) == after);
}

TEST_CASE("a trainer takes as many bytes as its footprint says, blocks and arenas together") {
  for (const std::string& document : documents()) {
    CAPTURE(document);
    Pipeline pipeline(experiment_of(complete(Json::parse(document))));
    run_to(pipeline, Stage::kTrain);
    const Run& run = pipeline.run();
    const std::size_t told = footprint_of(run.spec, run.experiment, run.train.rows).bytes;
    const std::uint64_t before = aligned_bytes();
    const HeldBytes held;
    Trainer trainer(run.spec, run.experiment, run.train);
    CHECK(held.now() == told);
    CHECK(trainer.memory_bytes() == told);
    // It is all it takes: an epoch, batches of both sizes in it, a measurement and a return ask for no more.
    trainer.mark();
    while (!trainer.train_batch()) {
    }
    (void)trainer.evaluate(run.train);
    CHECK(trainer.return_to_mark());
    CHECK(held.now() == told);
    CHECK(held.peak() == told);
    CHECK(aligned_bytes() - before == told);
  }
}

TEST_CASE(
    "a trainer takes four numbers a parameter and one arena to train, three to return, inputs and outputs beside") {
  struct Size {
    Index width;
    Index batch;
    Index rows;
  };
  for (const auto& [width, batch, rows] :
       {Size{3, 32, 96}, Size{20, 32, 96}, Size{87, 32, 100}, Size{302, 32, 96}, Size{986, 32, 64}, Size{20, 1, 96},
        Size{20, 16, 200}, Size{20, 256, 512}, Size{20, 1024, 2048}, Size{20, 1024, 40}}) {
    CAPTURE(width, batch, rows);
    const Experiment experiment = experiment_of(with_field(default_document(), "training.batch_size", batch));
    const MlpSpec spec{.columns = 16, .classes = 10, .layers = {{.units = width}, {.units = width}}};
    PartMatrix part{.rows = rows};
    part.features.resize(static_cast<std::size_t>(rows * spec.columns), Real{1});
    part.targets.resize(static_cast<std::size_t>(rows * spec.classes), Real{0.125});
    part.labels.resize(static_cast<std::size_t>(rows));
    // Weights and biases by hand: nothing of the engine counts them here.
    const Index parameters = 17 * width + (width + 1) * width + 10 * (width + 1);
    const std::size_t block = static_cast<std::size_t>(parameters) * sizeof(Real);
    const Index full = std::min(batch, rows);
    const ArenaSize training = measure_training(spec, full);
    const ArenaSize last = rows % full == 0 ? ArenaSize{} : measure_training(spec, rows % full);
    const ArenaSize evaluation = measure_evaluation(spec, std::min<Index>(rows, 128));
    // Of three programs that never run at the same time one arena, the largest.
    const Index most = std::max({training.workspace, last.workspace, evaluation.workspace});
    const Index arena = training.own + last.own + evaluation.own + most;
    const Footprint told = footprint_of(spec, experiment, rows);
    CHECK(told.parameters == parameters);
    CHECK(told.bytes == 4 * block + 3 * block + static_cast<std::size_t>(arena) * sizeof(Real));
    const HeldBytes held;
    Trainer trainer(spec, experiment, part);
    trainer.mark();
    trainer.train_batch();
    CHECK(held.peak() == told.bytes);
  }
}

TEST_CASE("what is set while it runs leaves a trainer with what its footprint says") {
  Session session(Json::parse(R"({"training": {"batch_size": 16, "optimizer": "sgd"}, "data": {"samples": 200}})"));
  step_until(session, "train");
  session.step_epoch();
  for (const auto& [path, value] : std::vector<std::pair<std::string, Json>>{{"training.batch_size", 100},
                                                                             {"training.average", 0.9},
                                                                             {"training.batch_size", 7},
                                                                             {"model.layers[0].dropout", 0.5},
                                                                             {"training.average", 0}}) {
    CAPTURE(path, value);
    REQUIRE(session.set(path, value));
    session.step_epoch();  // a batch size counts from the next epoch
    session.step_epoch();
    const Run& run = session.pipeline().run();
    CHECK(run.trainer->memory_bytes() == footprint_of(run.spec, run.experiment, run.train.rows).bytes);
  }
}

TEST_CASE("what a network will take is planned once, and anew when a setting has changed") {
  Session session(Json::parse(R"({"training": {"batch_size": 16}})"));
  const Pipeline& pipeline = session.pipeline();
  while (pipeline.stage() != Stage::kDone) session.step_stage();  // nobody has asked for the status yet
  const auto planning = [&] {
    const std::uint64_t before = allocation_count();
    (void)pipeline.footprint();
    return allocation_count() - before;
  };
  CHECK(planning() > 0);
  CHECK(planning() == 0);
  step_until(session, "train");
  CHECK(planning() == 0);
  REQUIRE(session.set("training.batch_size", 64));
  CHECK(planning() > 0);
  CHECK(planning() == 0);
  const Run& run = pipeline.run();
  CHECK(pipeline.footprint().bytes == footprint_of(run.spec, run.experiment, run.train.rows).bytes);
}
