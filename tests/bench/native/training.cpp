// A multi-layer perceptron trained by the engine's Trainer: all that a session does for a batch, without a document's
// table, which has a limit to its columns.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/experiment/document.h"
#include "engine/pipeline/footprint.h"
#include "engine/pipeline/spec.h"
#include "engine/pipeline/trainer.h"
#include "tests/bench/native/work.h"
#include "tests/support/allocations.h"

namespace athanor::bench {
namespace {

Json document_of(const Json& workload) {
  Json document = default_document();
  Json layers = Json::array();
  const Json& sizes = workload["sizes"];
  for (std::size_t i = 1; i + 1 < sizes.size(); ++i) {
    layers.push_back({{"activation", workload["activation"]}});
  }
  document = with_field(document, "model.layers", layers);
  document = with_field(document, "training.loss", workload["loss"]);
  document = with_field(document, "training.optimizer", "adam");
  document = with_field(document, "training.learning_rate", workload["learning_rate"]);
  return with_field(document, "training.batch_size", workload["batch"]);
}

PartMatrix part_of(const Json& workload, const Json& data) {
  PartMatrix part;
  part.rows = workload["rows"].get<Index>();
  part.features = data["features"].get<std::vector<Real>>();
  part.targets = data["targets"].get<std::vector<Real>>();
  const auto outputs = data["outputs"].get<std::ptrdiff_t>();
  for (auto row = part.targets.begin(); row != part.targets.end(); row += outputs) {
    part.labels.push_back(static_cast<std::int32_t>(std::max_element(row, row + outputs) - row));
  }
  if (workload["loss"] == "squared_error") {
    part.values = part.targets;
    std::fill(part.labels.begin(), part.labels.end(), 0);
  }
  return part;
}

class Training : public Work {
 public:
  explicit Training(const Json& content)
      : experiment_(read_experiment(document_of(content["workload"]))),
        part_(part_of(content["workload"], content["data"])),
        weights_(content["weights"]) {
    const Json& sizes = content["workload"]["sizes"];
    const bool is_values = content["workload"]["loss"] == "squared_error";
    spec_ = spec_of(experiment_, sizes.front().get<Index>(), is_values ? 0 : sizes.back().get<Index>());
    // A layer of a document has at most 512 neurons.
    for (std::size_t i = 0; i < spec_.layers.size(); ++i) spec_.layers[i].units = sizes[i + 1].get<Index>();
    begin();
  }

  [[nodiscard]] Json check(Index steps) override {
    begin();
    Json losses = Json::array();
    Json batches = Json::array();
    for (Index i = 0; i < steps; ++i) {
      const NextBatch next = trainer_->next_batch();
      batches.push_back(std::vector<std::int32_t>(next.rows.begin(), next.rows.end()));
      trainer_->train_batch();
      losses.push_back(trainer_->progress().last_loss);
    }
    return {{"losses", losses}, {"batches", batches}};
  }

  [[nodiscard]] Json memory() const override {
    const Footprint footprint = footprint_of(spec_, experiment_, part_.rows);
    Index numbers = 0;
    for (const Parameter& parameter : trainer_->layout()) numbers += parameter.shape.size();
    const Index batch_rows = std::min(experiment_.batch_size, part_.rows);
    return {{"parameters", footprint.parameters},
            {"reported_bytes", footprint.bytes},
            {"used_bytes", held_.peak()},
            {"training_bytes",
             static_cast<std::size_t>(4 * numbers) * sizeof(Real) + measure_training(spec_, batch_rows).bytes()}};
  }

  void run(Index count) override {
    for (Index i = 0; i < count; ++i) trainer_->train_batch();
  }

 private:
  /// From the initial weights.
  void begin() {
    trainer_ = nullptr;  // two at a time would be twice the memory
    trainer_ = std::make_unique<Trainer>(spec_, experiment_, part_);
    for (const Parameter& parameter : trainer_->layout()) {
      const auto given = std::find_if(weights_.begin(), weights_.end(),
                                      [&](const Json& weight) { return weight["name"] == parameter.name; });
      if (given == weights_.end()) throw std::invalid_argument("no initial values of " + parameter.name);
      const std::vector<Real> values = initial_values(*given);
      if (static_cast<Index>(values.size()) != parameter.shape.size()) {
        throw std::invalid_argument("not as many initial values as " + parameter.name + " has");
      }
      for (std::size_t i = 0; i < values.size(); ++i) {
        trainer_->set_parameter(parameter.offset + static_cast<Index>(i), values[i]);
      }
    }
  }

  testing::HeldBytes held_;  // from before the first block
  Experiment experiment_;
  PartMatrix part_;
  Json weights_;
  MlpSpec spec_;
  std::unique_ptr<Trainer> trainer_;
};

}  // namespace

std::unique_ptr<Work> make_training(const Json& content) { return std::make_unique<Training>(content); }

}  // namespace athanor::bench
