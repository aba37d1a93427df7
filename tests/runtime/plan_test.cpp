#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "engine/core/buffer.h"
#include "engine/core/random.h"
#include "engine/runtime/plan.h"

using namespace athanor;

namespace {

bool live_together(const Lifetime& a, const Lifetime& b) { return a.first <= b.last && b.first <= a.last; }

/// The most elements that are alive at one step: no plan can be smaller.
Index lower_bound(const std::vector<Lifetime>& lifetimes) {
  Index most = 0;
  for (const Lifetime& at : lifetimes) {
    Index alive = 0;
    for (const Lifetime& other : lifetimes) {
      if (other.first <= at.first && at.first <= other.last) alive += other.size;
    }
    most = std::max(most, alive);
  }
  return most;
}

}  // namespace

TEST_CASE("buffers that live at the same time never overlap, for random lifetimes") {
  constexpr auto kGrain = static_cast<Index>(kAlignment / sizeof(Real));
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    Random random(seed, Stream::kGenerate);
    std::vector<Lifetime> lifetimes(1 + random.below(40));
    Index sum = 0;
    for (Lifetime& lifetime : lifetimes) {
      lifetime.size = 1 + static_cast<Index>(random.below(200));
      lifetime.first = static_cast<Index>(random.below(30));
      lifetime.last = lifetime.first + static_cast<Index>(random.below(10));
      sum += (lifetime.size + kGrain - 1) / kGrain * kGrain;
    }
    const MemoryPlan plan = plan_memory(lifetimes);
    REQUIRE(plan.offsets.size() == lifetimes.size());
    for (std::size_t i = 0; i < lifetimes.size(); ++i) {
      REQUIRE(plan.offsets[i] >= 0);
      REQUIRE(plan.offsets[i] % kGrain == 0);
      REQUIRE(plan.offsets[i] + lifetimes[i].size <= plan.total);
      for (std::size_t k = 0; k < i; ++k) {
        if (!live_together(lifetimes[i], lifetimes[k])) continue;
        const bool apart = plan.offsets[i] + lifetimes[i].size <= plan.offsets[k] ||
                           plan.offsets[k] + lifetimes[k].size <= plan.offsets[i];
        REQUIRE(apart);
      }
    }
    REQUIRE(plan.total >= lower_bound(lifetimes));
    REQUIRE(plan.total <= sum);
  }
}

TEST_CASE("a chain of buffers needs room for two, however long it is") {
  std::vector<Lifetime> chain;
  for (Index i = 0; i < 50; ++i) chain.push_back({.size = 64, .first = i, .last = i + 1});
  CHECK(plan_memory(chain).total == 128);
}

TEST_CASE("no buffers need no memory") { CHECK(plan_memory({}).total == 0); }
