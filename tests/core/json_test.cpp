#include "engine/core/json.h"

#include <catch2/catch_test_macros.hpp>
#include <memory>

#include "tests/support/fail_each.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// Lists and objects that hold others, so that taking them apart needs a stack that grows.
Json nested() {
  return Json::parse(R"({"a": {"b": [1, 2, {"c": [1, 2, 3, [4, 5, [6]]]}], "d": {}}, "e": [[], [{"f": null}]]})");
}

}  // namespace

TEST_CASE("JSON is given back without memory for it, however often") {
  for (int round = 0; round < 3; ++round) {
    // Each time another allocation of the same destructor fails, until all have.
    std::unique_ptr<Json> value;
    int failures = 0;
    for (bool has_come = true; has_come; ++failures) {
      value = std::make_unique<Json>(nested());
      const FailingAllocation failing(static_cast<std::uint64_t>(failures));
      value.reset();
      has_come = has_allocation_failed();
    }
    CHECK(failures > 2);
  }
}

TEST_CASE("the reserve of JSON is whole again when everything is given back, and has an end") {
  for (int round = 0; round < 2; ++round) {
    const auto without_heap = [](std::size_t bytes) {
      const FailingAllocation failing(0);
      return take_json_stack(bytes);
    };
    void* const most = without_heap(kJsonReserveBytes);
    CHECK_THROWS_AS(without_heap(1), std::bad_alloc);
    give_back_json_stack(most);
    void* const half = without_heap(kJsonReserveBytes / 2);
    void* const other_half = without_heap(kJsonReserveBytes / 2);
    CHECK(other_half != half);
    give_back_json_stack(half);
    give_back_json_stack(other_half);
  }
}

TEST_CASE("memory that runs out while JSON is copied, read, joined or written leaves the original as it was") {
  const Json original = nested();
  const std::string text = original.dump();
  const auto check_whole = [&] { REQUIRE(original == nested()); };
  const int failures = fail_each(
      [&] {
        Json copy = original;
        Json read = Json::parse(text);
        copy["a"]["more"] = std::move(read);
        (void)copy.dump();
      },
      check_whole, check_whole);
  CHECK(failures > 50);
}
