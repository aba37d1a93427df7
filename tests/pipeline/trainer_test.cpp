#include "engine/pipeline/trainer.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "tests/support/documents.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// `rows` rows of two columns; the label is the sign of the first.
PartMatrix part_of(Index rows) {
  PartMatrix part{.rows = rows};
  for (Index i = 0; i < rows; ++i) {
    const bool is_first = i % 2 == 0;
    part.features.push_back(static_cast<Real>(is_first ? i + 1 : -i - 1) / 16);
    part.features.push_back(static_cast<Real>(i % 5));
    part.labels.push_back(is_first ? 0 : 1);
    part.targets.push_back(is_first ? Real{1} : Real{0});
    part.targets.push_back(is_first ? Real{0} : Real{1});
  }
  return part;
}

Experiment experiment_with(const Json& values) { return read_experiment(document_with(values)); }

/// Neurons of one layer whose numbers for 1024 rows are beyond the limit, and for 128 far below.
constexpr Index kWide = 150'000;

}  // namespace

TEST_CASE("trainer: an epoch is every row once, in full batches and a rest") {
  for (const Index rows : {1, 9, 10, 11, 20, 25}) {
    INFO(rows << " rows");
    const PartMatrix part = part_of(rows);
    Trainer trainer({.columns = 2, .classes = 2, .layers = {{.units = 3}}},
                    experiment_with({{"training.batch_size", 10}}), part);
    const Index batches = (rows + 9) / 10;
    CHECK(trainer.batches_per_epoch() == batches);
    for (Index batch = 1; batch <= batches; ++batch) {
      CHECK(trainer.batch() == batch - 1);
      CHECK(trainer.train_batch() == (batch == batches));
    }
    CHECK(trainer.progress().epoch == 1);
    CHECK(trainer.progress().cursor == 0);
    CHECK(trainer.progress().step == static_cast<std::uint64_t>(batches));
  }
}

TEST_CASE("trainer: one full batch is plain gradient descent on the mean loss, whatever the order of rows") {
  const MlpSpec spec{.columns = 2, .classes = 2};
  const Experiment experiment = experiment_with({{"training.batch_size", 100},
                                                 {"training.optimizer", "sgd"},
                                                 {"training.momentum", 0},
                                                 {"training.learning_rate", 0.25}});
  const PartMatrix part = part_of(13);
  Trainer trainer(spec, experiment, part);
  const double before = trainer.evaluate(part).loss;
  const std::vector<Real> start(trainer.parameters().begin(), trainer.parameters().end());
  trainer.train_batch();
  CHECK(std::abs(static_cast<double>(trainer.progress().last_loss) - before) < 1e-6);
  for (std::size_t i = 0; i < start.size(); ++i) {
    const Real expected = start[i] - static_cast<Real>(0.25) * trainer.gradients()[i];
    CHECK(std::abs(trainer.parameters()[i] - expected) < 1e-6);
  }
  CHECK(trainer.evaluate(part).loss < before);
}

TEST_CASE("trainer: memory beyond the limit is refused before it is taken, with the figures") {
  const PartMatrix part = part_of(1024);
  const MlpSpec spec{.columns = 2, .classes = 2, .layers = {{.units = kWide}}};
  const Error error =
      error_of([&] { const Trainer trainer(spec, experiment_with({{"training.batch_size", 1024}}), part); });
  CHECK(error.code() == ErrorCode::kMemoryLimit);
  CHECK(error.place() == "model.layers");
  CHECK(param(error, "max") == "512");
  CHECK(std::stod(param(error, "value")) > 512);
}

TEST_CASE("trainer: a batch size that needs too much memory is refused and changes nothing") {
  const PartMatrix part = part_of(1024);
  const MlpSpec spec{.columns = 2, .classes = 2, .layers = {{.units = kWide}}};
  Experiment small = experiment_with({{"training.batch_size", 512}, {"training.optimizer", "sgd"}});
  small.layers = spec.layers;  // wider than a document may ask for
  Experiment small_batches = small;
  small_batches.batch_size = 8;
  Trainer trainer(spec, small_batches, part);
  Experiment large = small;
  large.batch_size = 1024;
  CHECK(code_of([&] { trainer.update(large); }) == "memory_limit");
  // The next epoch has the batches the refused change would have replaced.
  TrainerProgress progress = trainer.progress();
  progress.cursor = 1016;
  const std::vector<Real> parameters(trainer.parameters().begin(), trainer.parameters().end());
  const std::vector<Real> slots(trainer.slots().begin(), trainer.slots().end());
  REQUIRE(trainer.restore(progress, {.parameters = parameters, .slots = slots}));
  CHECK(trainer.train_batch());
  CHECK(trainer.batches_per_epoch() == 128);
}

TEST_CASE("trainer: a new way of sampling counts from the next epoch, and a checkpoint between knows the old one") {
  const PartMatrix part = part_of(20);
  const MlpSpec spec{.columns = 2, .classes = 2, .layers = {{.units = 3}}};
  Experiment shuffled = experiment_with({{"training.batch_size", 5}});
  shuffled.layers = spec.layers;
  Experiment drawn = shuffled;
  drawn.sampling = Sampling::kReplacement;
  Trainer trainer(spec, shuffled, part);
  Trainer plain(spec, shuffled, part);
  trainer.train_batch();
  plain.train_batch();
  trainer.update(drawn);
  CHECK(trainer.progress().sampling == Sampling::kShuffle);
  Trainer restored(spec, drawn, part);
  REQUIRE(restored.restore(trainer.progress(), trainer.blocks()));
  for (int batch = 1; batch < 8; ++batch) {
    trainer.train_batch();
    plain.train_batch();
    restored.train_batch();
    CHECK(restored.progress().last_loss == trainer.progress().last_loss);
    // The epoch under way is the one without the change; the next is another.
    if (batch < 4) CHECK(plain.progress().last_loss == trainer.progress().last_loss);
  }
  CHECK(plain.progress().last_loss != trainer.progress().last_loss);
  CHECK(trainer.progress().sampling == Sampling::kReplacement);
}

TEST_CASE("trainer: the ring keeps the last losses, oldest first") {
  LossRing ring;
  CHECK(ring.values().empty());
  for (int i = 0; i < 3; ++i) ring.push(static_cast<Real>(i));
  CHECK(ring.values() == std::vector<Real>{0, 1, 2});
  const int count = static_cast<int>(LossRing::kCapacity) + 5;
  for (int i = 3; i < count; ++i) ring.push(static_cast<Real>(i));
  const std::vector<Real> values = ring.values();
  REQUIRE(values.size() == LossRing::kCapacity);
  for (std::size_t i = 0; i < values.size(); ++i) REQUIRE(values[i] == static_cast<Real>(i + 5));
}
