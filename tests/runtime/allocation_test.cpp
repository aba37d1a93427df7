#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <memory>

#include "engine/experiment/document.h"
#include "engine/session/session.h"
#include "tests/support/allocations.h"

using namespace athanor;

namespace {

/// Allocations of `steps` optimiser steps within an epoch, after the first two.
std::uint64_t allocations_of_steps(const Json& document, int steps) {
  Session session(document);
  session.step_batch();
  session.step_batch();
  const std::uint64_t before = testing::allocation_count();
  for (int i = 0; i < steps; ++i) session.step_batch();
  return testing::allocation_count() - before;
}

}  // namespace

TEST_CASE("the counter sees an allocation") {
  const std::uint64_t before = testing::allocation_count();
  const auto number = std::make_unique<int>(1);
  CHECK(*number == 1);
  CHECK(testing::allocation_count() > before);
}

#ifdef ATHANOR_WRAPS_MALLOC
TEST_CASE("the counter sees a malloc") {
  const std::uint64_t before = testing::allocation_count();
  void* volatile block = std::malloc(100);  // NOLINT(cppcoreguidelines-no-malloc): the test's subject
  std::free(block);                         // NOLINT(cppcoreguidelines-no-malloc)
  CHECK(testing::allocation_count() == before + 1);
}
#endif

TEST_CASE("a training step of a small network allocates nothing") {
  const Json document = parse_json(R"({"data": {"samples": 2000}, "training": {"batch_size": 8},
    "model": {"layers": [{"units": 8, "dropout": 0.2}, {"units": 8, "activation": "tanh"}]}})");
  CHECK(allocations_of_steps(document, 100) == 0);
}

TEST_CASE("a training step allocates nothing whatever the optimiser and all that surrounds it") {
  for (const std::string_view optimizer : kOptimizerNames) {
    INFO(optimizer);
    Json document = parse_json(R"({"data": {"samples": 2000}, "done": {"restore_best": true},
      "training": {"batch_size": 8, "accumulate": 2, "schedule": "cosine", "warmup": 1, "l1": 0.01, "l2": 0.01,
                   "max_norm": 2, "clip_value": 1, "clip_norm": 1, "average": 0.9}})");
    document["training"]["optimizer"] = optimizer;
    CHECK(allocations_of_steps(document, 100) == 0);
  }
}

TEST_CASE("a training step of a wide network allocates nothing") {
  // Wide enough that the matrix products pack blocks.
  for (const int batch : {37, 256, 1024}) {
    Json document = parse_json(R"({"data": {"samples": 10000}, "training": {"optimizer": "sgd"},
      "model": {"layers": [{"units": 512}, {"units": 512, "activation": "sigmoid"}, {"units": 100}]}})");
    document["training"]["batch_size"] = batch;
    INFO("batch size " << batch);
    CHECK(allocations_of_steps(document, 3) == 0);
  }
}
