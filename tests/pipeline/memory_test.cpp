// Every allocation fails once: whatever was made before stays usable. Documents are read beforehand: nlohmann-json
// takes memory even to give memory back, in destructors that must not throw.
#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <new>

#include "tests/support/allocations.h"
#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// Does `act` again and again, its first allocation failing, then its second, and so on until none is left to fail.
/// After each failure `failed` looks at what is left; where `act` did without the memory, as sorting can, `undo`
/// follows. Returns how many allocations could fail.
template <typename Act, typename Failed, typename Undo>
int fail_each(Act act, Failed failed, Undo undo) {
  constexpr std::uint64_t kMost = 20000;
  for (std::uint64_t n = 0; n < kMost; ++n) {
    bool has_come = false;
    bool has_thrown = false;
    {
      const FailingAllocation failing(n);
      try {
        act();
      } catch (const std::bad_alloc&) {
        has_thrown = true;
      } catch (const Error& error) {
        if (error.code() != ErrorCode::kMemoryLimit) throw;
        has_thrown = true;
      }
      has_come = has_allocation_failed();
    }
    if (!has_come) return static_cast<int>(n);
    if (has_thrown) {
      failed();
    } else {
      undo();
    }
  }
  FAIL("the call ends");
  return 0;
}

Json small_document(const Json& values = Json::object()) {
  Json document = quick_document({{"data.samples", 20}, {"model.layers[0].norm", "batch"}, {"done.max_epochs", 2}});
  for (const auto& [path, value] : values.items()) document = with_field(document, path, value);
  return document;
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
  const Experiment experiment = experiment_with();
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
