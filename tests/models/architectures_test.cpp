// Networks with norms, residual edges and every activation and loss, trained as a whole.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/pipeline/trainer.h"
#include "tests/support/documents.h"
#include "tests/support/goldens.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

Experiment experiment_of(const Json& golden) {
  Json document = document_with({{"training.loss", golden.at("loss")},
                                 {"training.optimizer", golden.at("optimizer")},
                                 {"training.learning_rate", 0.02},
                                 {"training.batch_size", 100}});
  document["model"]["layers"] = golden.at("layers");
  for (const auto& [name, value] : golden.at("options").items()) document["training"][name] = value;
  return read_experiment(complete(document));
}

PartMatrix part_of(const Json& golden, const MlpSpec& spec) {
  PartMatrix part{.rows = golden.at("features").at("shape")[0],
                  .features = golden.at("features").at("values").get<std::vector<Real>>(),
                  .labels = golden.at("labels").get<std::vector<std::int32_t>>()};
  const auto outputs = static_cast<std::size_t>(output_count(spec));
  part.targets.resize(part.labels.size() * outputs);
  for (std::size_t i = 0; i < part.labels.size(); ++i) {
    encode_target(spec, part.labels[i], std::span(part.targets).subspan(i * outputs, outputs));
  }
  return part;
}

Json layers_json(const std::string& text) { return Json::parse(text); }

/// The problem of a document with these layers.
Error problem_of(const std::string& layers) {
  Json document = default_document();
  document["model"]["layers"] = layers_json(layers);
  return error_of([&] { (void)complete(document); });
}

/// A part of `rows` rows of two columns and two classes that a line separates.
PartMatrix simple_part(const MlpSpec& spec, Index rows) {
  PartMatrix part{.rows = rows};
  const auto outputs = static_cast<std::size_t>(output_count(spec));
  part.targets.resize(static_cast<std::size_t>(rows) * outputs);
  for (Index i = 0; i < rows; ++i) {
    const std::int32_t label = i % 3 == 0 ? 1 : 0;
    part.features.push_back(static_cast<Real>(label * 2 - 1) + static_cast<Real>(i) / 64);
    part.features.push_back(static_cast<Real>(i % 7) / 8);
    part.labels.push_back(label);
    encode_target(spec, label, std::span(part.targets).subspan(static_cast<std::size_t>(i) * outputs, outputs));
  }
  return part;
}

}  // namespace

TEST_CASE("norms, residual edges, activations and losses train as in PyTorch: ten losses, then the evaluated one") {
  const double tolerance = sizeof(Real) == 8 ? 1e-10 : 5e-5;
  const Json goldens = read_golden("torch_networks.json");
  std::vector<bool> activations(kActivationNames.size(), false);
  std::vector<bool> norms(kNormNames.size(), false);
  for (const Json& golden : goldens.at("architectures")) {
    INFO(golden.at("name"));
    const Experiment experiment = experiment_of(golden);
    const MlpSpec spec = spec_of(experiment, 4, golden.at("classes"));
    for (const LayerSpec& layer : spec.layers) {
      activations[static_cast<std::size_t>(layer.activation)] = true;
      norms[static_cast<std::size_t>(layer.norm)] = true;
    }
    const PartMatrix part = part_of(golden, spec);
    Trainer trainer(spec, experiment, part);
    const auto parameters = golden.at("parameters").get<std::vector<Real>>();
    TrainerBlocks blocks = trainer.blocks();
    blocks.parameters = parameters;
    REQUIRE(trainer.restore(trainer.progress(), blocks));
    for (std::size_t step = 0; step < 10; ++step) {
      trainer.train_batch();
      INFO("step " << step);
      CHECK(close(static_cast<double>(trainer.progress().last_loss), golden.at("losses")[step], tolerance, tolerance));
    }
    CHECK(close(trainer.evaluate(part).loss, golden.at("evaluated"), 4 * tolerance, 4 * tolerance));
  }
  CHECK(std::find(activations.begin(), activations.end(), false) == activations.end());
  CHECK(std::find(norms.begin(), norms.end(), false) == norms.end());
}

TEST_CASE("groups of neurons are four at most, of four neurons or more, and divide the layer evenly") {
  for (const auto& [units, groups] : std::vector<std::pair<Index, Index>>{
           {1, 1}, {4, 1}, {7, 1}, {8, 2}, {9, 1}, {10, 2}, {12, 3}, {13, 1}, {15, 3}, {16, 4}, {18, 3}, {512, 4}}) {
    INFO(units);
    CHECK(group_count(units) == groups);
  }
}

TEST_CASE("statistics of batch normalisation are kept beside the weights and not counted among them") {
  const Experiment experiment =
      read_experiment(document_with({{"model.layers[0].norm", "batch"}, {"training.batch_size", 10}}));
  const MlpSpec spec = spec_of(experiment, 2, 2);
  // The last batch is a single row, which has no variance: the running statistics serve it.
  const PartMatrix part = simple_part(spec, 21);
  Trainer trainer(spec, experiment, part);
  CHECK(trainer.parameter_count() == 2 * 8 + 8 + 2 * 8 + 8 * 8 + 8 + 8 * 2 + 2);
  CHECK(trainer.parameters().size() == static_cast<std::size_t>(trainer.parameter_count() + 16));
  const auto& layout = trainer.layout();
  const auto running = std::find_if(layout.begin(), layout.end(),
                                    [](const Parameter& p) { return p.name == "layers.0.running_variance"; });
  REQUIRE(running != layout.end());
  const auto at = static_cast<std::size_t>(running->offset);
  CHECK(trainer.parameters()[at] == 1);
  trainer.train_batch();
  const Real after_one = trainer.parameters()[at];
  CHECK(after_one != 1);
  trainer.train_batch();
  const Real before_last = trainer.parameters()[at];
  CHECK(trainer.train_batch());
  CHECK(trainer.parameters()[at] == before_last);
}

TEST_CASE("balanced class weights make a rare class count as much as a frequent one") {
  const Experiment plain = read_experiment(document_with({{"training.batch_size", 100}}));
  const Experiment balanced =
      read_experiment(document_with({{"training.batch_size", 100}, {"training.class_weights", "balanced"}}));
  const MlpSpec spec = spec_of(plain, 2, 2);
  const PartMatrix part = simple_part(spec, 30);
  Trainer a(spec, plain, part);
  Trainer b(spec_of(balanced, 2, 2), balanced, part);
  a.train_batch();
  b.train_batch();
  CHECK(a.progress().last_loss != b.progress().last_loss);
  // Set in flight it takes effect with the next step.
  Trainer c(spec, plain, part);
  c.update(balanced);
  c.train_batch();
  CHECK(c.progress().last_loss == b.progress().last_loss);
}

TEST_CASE("an activation changes in flight, with the weights as they are") {
  const Experiment tanh = read_experiment(document_with({{"model.layers[0].activation", "tanh"}}));
  const Experiment relu = read_experiment(document_with({{"model.layers[0].activation", "relu"}}));
  const MlpSpec spec = spec_of(tanh, 2, 2);
  const PartMatrix part = simple_part(spec, 40);
  Trainer changed(spec, tanh, part);
  changed.train_batch();
  const std::vector<Real> weights(changed.parameters().begin(), changed.parameters().end());
  const double before = changed.evaluate(part).loss;
  changed.update(relu);
  CHECK(std::equal(weights.begin(), weights.end(), changed.parameters().begin()));
  CHECK(changed.evaluate(part).loss != before);
  changed.train_batch();
}

TEST_CASE("a dropout rate changes in flight: the next step drops that share, evaluation drops nothing") {
  const Experiment none = read_experiment(document_with({{"training.batch_size", 40}}));
  const Experiment half =
      read_experiment(document_with({{"training.batch_size", 40}, {"model.layers[0].dropout", 0.5}}));
  const Experiment most =
      read_experiment(document_with({{"training.batch_size", 40}, {"model.layers[0].dropout", 0.9}}));
  const MlpSpec spec = spec_of(none, 2, 2);
  const PartMatrix part = simple_part(spec, 40);
  // A step, then one with each rate; the last had its rate all along.
  Trainer plain(spec, none, part);
  Trainer changed(spec, none, part);
  Trainer changed_more(spec, none, part);
  Trainer changed_back(spec, none, part);
  for (Trainer* trainer : {&plain, &changed, &changed_more, &changed_back}) trainer->train_batch();
  const std::vector<Real> weights(plain.parameters().begin(), plain.parameters().end());
  const double evaluated = plain.evaluate(part).loss;
  changed.update(half);
  changed_more.update(most);
  changed_back.update(half);
  changed_back.update(none);
  for (Trainer* trainer : {&plain, &changed, &changed_more, &changed_back}) {
    CHECK(std::equal(weights.begin(), weights.end(), trainer->parameters().begin()));
    CHECK(trainer->evaluate(part).loss == evaluated);
    trainer->train_batch();
  }
  const auto differ = [](const Trainer& a, const Trainer& b) {
    return !std::equal(a.parameters().begin(), a.parameters().end(), b.parameters().begin());
  };
  CHECK(differ(changed, plain));
  CHECK(differ(changed_more, changed));
  CHECK_FALSE(differ(changed_back, plain));
  // The same share as in a network that was built with it.
  Trainer built(spec_of(half, 2, 2), half, part);
  TrainerBlocks blocks = built.blocks();
  Trainer source(spec, none, part);
  source.train_batch();
  blocks.parameters = source.parameters();
  blocks.slots = source.slots();
  REQUIRE(built.restore(source.progress(), blocks));
  built.train_batch();
  CHECK_FALSE(differ(changed, built));
}

TEST_CASE("a residual edge must lead to an earlier layer by its name") {
  const Error unknown = problem_of(R"([{"units": 8}, {"units": 8, "residual": "3"}])");
  CHECK(unknown.code() == ErrorCode::kNotAChoice);
  CHECK(unknown.place() == "model.layers[1].residual");
  CHECK(param(unknown, "choices") == "input, 1");
  // Names that a list would tear apart stand in it as JSON has them.
  const Error listed =
      problem_of(R"([{"name": "wide, deep"}, {"name": "\"so\""}, {"name": "隐层"}, {"units": 8, "residual": "3"}])");
  CHECK(param(listed, "choices") == R"(input, "wide, deep", "\"so\"", 隐层)");
  const Error itself = problem_of(R"([{"name": "a", "units": 8, "residual": "a"}])");
  CHECK(itself.code() == ErrorCode::kNotAChoice);
  const Error twice = problem_of(R"([{"name": "a"}, {"name": "a"}])");
  CHECK(twice.code() == ErrorCode::kBadInput);
  CHECK(twice.place() == "model.layers[1].name");
  const Error number = problem_of(R"([{"name": "2"}, {"units": 3}])");
  CHECK(number.place() == "model.layers[1].name");
  const Error input = problem_of(R"([{"name": "input"}])");
  CHECK(input.place() == "model.layers[0].name");
}

TEST_CASE("sizes that differ along a residual edge are told with what came, what was expected and what to add") {
  const Error error = problem_of(R"([{"units": 8}, {"units": 16, "residual": "1"}])");
  CHECK(error.code() == ErrorCode::kResidualSize);
  CHECK(error.place() == "model.layers[1].residual");
  CHECK(param(error, "value") == "8");
  CHECK(param(error, "expected") == "16");
  CHECK(error_sentence(error.code(), error.params()).find("a layer of 16 neurons between") != std::string::npos);
  // The width of the input is known when the data is there.
  const Experiment experiment = read_experiment(document_with({{"model.layers[0].residual", "input"}}));
  const Error late = error_of([&] { check_layers(experiment.layers, 2); });
  CHECK(late.code() == ErrorCode::kResidualSize);
  CHECK(param(late, "from") == "input");
}

TEST_CASE("batch normalisation of single rows is refused with the batch size it needs") {
  Json document = document_with({{"model.layers[0].norm", "batch"}});
  document["training"]["batch_size"] = 1;
  const Error error = error_of([&] { (void)complete(document); });
  CHECK(error.code() == ErrorCode::kOutOfRange);
  CHECK(error.place() == "training.batch_size");
  CHECK(param(error, "min") == "2");
}
