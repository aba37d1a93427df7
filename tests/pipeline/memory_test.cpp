// Every allocation fails once: whatever was made before stays usable.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <memory>

#include "tests/support/fail_each.h"
#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

Json small_document(const Json& values = Json::object()) {
  Json document = quick_document({{"data.samples", 20}, {"model.layers[0].norm", "batch"}, {"done.max_epochs", 2}});
  for (const auto& [path, value] : values.items()) document = with_field(document, path, value);
  return document;
}

/// A table with everything Prepare, Clean, Augment and Split can do to one: categories, of which one is embedded, an
/// order, missing values, a repeated row, a broken one, an outlier, labels that are doubted.
Json table_run() {
  std::string csv = "city,size,shop,price,kind\n";
  const std::array<const char*, 3> cities{"Rome", "Bern", "Oslo"};
  for (int i = 0; i < 24; ++i) {
    csv += std::string(cities[static_cast<std::size_t>(i) % 3]) + ",T" + std::to_string(i % 4) + "," +
           std::to_string(i % 5) + "," + (i == 7 ? "" : std::to_string(i * 5 % 17)) + (i % 2 == 0 ? ",a\n" : ",b\n");
  }
  csv += "Rome,T0,0,0,a\nBern,T1,1,many,b\nOslo,T2,2,900,a\n";
  return complete(table_document(csv, {{"data.table.columns",
                                        {{{"name", "city"}, {"embedding", 2}},
                                         {{"name", "shop"}, {"kind", "categorical"}},
                                         {{"name", "size"}, {"kind", "ordinal"}, {"order", "T0|T1|T2|T3"}}}},
                                       {"clean.missing", "mean"},
                                       {"clean.outliers", "interquartile"},
                                       {"clean.labels", "relabel"},
                                       {"clean.neighbours", 3},
                                       {"augment.copies", 1},
                                       {"split.folds", 4},
                                       {"model.layers", {{{"units", 4}, {"norm", "batch"}}}},
                                       {"training.batch_size", 10},
                                       {"training.sampling", "balanced"},
                                       {"done.max_epochs", 2}}));
}

Experiment experiment_with(const Json& values = Json::object()) { return read_experiment(small_document(values)); }

std::vector<Real> values_of(std::span<const Real> block) { return {block.begin(), block.end()}; }

std::vector<Real> end_of(Pipeline& pipeline) {
  while (pipeline.work()) {
  }
  return values_of(pipeline.run().trainer->parameters());
}

std::vector<Real> end_of(const Experiment& experiment) {
  Pipeline pipeline(experiment);
  return end_of(pipeline);
}

}  // namespace

TEST_CASE("memory that runs out in a run leaves nothing behind, and the next run is whole") {
  const std::vector<Json> documents{
      small_document(),
      small_document({{"model.layers[0].norm", "layer"},
                      {"model.layers[1].norm", "rms"},
                      {"model.layers[1].residual", "1"},
                      {"model.layers[1].dropout", 0.2},
                      {"training.optimizer", "muon"},
                      {"training.average", 0.9},
                      {"training.accumulate", 2},
                      {"training.class_weights", "balanced"},
                      {"done.restore_best", true}}),
      small_document({{"data.generator", "ripple"},
                      {"augment.copies", 1},
                      {"augment.mixing", 0.3},
                      {"training.loss", "huber"},
                      {"prepare.scaling", "robust"}}),
      table_run(),
  };
  for (const Json& document : documents) {
    INFO(document.dump());
    const Experiment experiment = read_experiment(document);
    const std::vector<Real> expected = end_of(experiment);
    int checks = 0;
    const int failures = fail_each(
        [&] {
          Pipeline pipeline(experiment);
          while (pipeline.work()) {
          }
        },
        [&] {
          if (++checks % 50 == 0) REQUIRE(end_of(experiment) == expected);
        },
        [] {});
    CHECK(failures > 200);
    CHECK(end_of(experiment) == expected);
  }
}

TEST_CASE("memory that runs out while a setting changes leaves the run as it was") {
  for (const auto& [path, value] :
       std::initializer_list<std::pair<const char*, Json>>{{"training.optimizer", "muon"},
                                                           {"training.average", 0.9},
                                                           {"training.accumulate", 3},
                                                           {"done.restore_best", true},
                                                           {"model.layers[0].activation", "tanh"},
                                                           {"training.label_smoothing", 0.1},
                                                           {"training.batch_size", 7}}) {
    INFO(path);
    const Experiment changed = experiment_with({{path, value}});
    const auto started = [] {
      auto pipeline = std::make_unique<Pipeline>(experiment_with());
      while (!pipeline->run().trainer) pipeline->work();
      return pipeline;
    };
    auto tried = started();
    const std::vector<Real> before = values_of(tried->run().trainer->parameters());
    const MlpSpec spec = tried->run().spec;
    const int failures = fail_each([&] { tried->update(changed); },
                                   [&] {
                                     const Trainer& trainer = *tried->run().trainer;
                                     REQUIRE(values_of(trainer.parameters()) == before);
                                     REQUIRE(trainer.spec() == spec);
                                     REQUIRE(trainer.average().empty());
                                     REQUIRE(tried->run().spec == spec);
                                   },
                                   [&] { tried = started(); });
    CHECK(failures > 10);
    // Then there was enough, and the run goes on as one that never lacked it.
    const auto plain = started();
    plain->update(changed);
    CHECK(end_of(*tried) == end_of(*plain));
  }
}
