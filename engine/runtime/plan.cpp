#include "engine/runtime/plan.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>

#include "engine/core/buffer.h"

namespace athanor {
namespace {

constexpr Index kGrain = static_cast<Index>(kAlignment / sizeof(Real));

Index rounded(Index size) { return (size + kGrain - 1) / kGrain * kGrain; }

}  // namespace

MemoryPlan plan_memory(std::span<const Lifetime> lifetimes) {
  std::vector<std::size_t> order(lifetimes.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return lifetimes[a].size > lifetimes[b].size; });

  MemoryPlan plan{.offsets = std::vector<Index>(lifetimes.size(), 0)};
  std::vector<std::size_t> placed;  // kept in order of offset
  for (const std::size_t current : order) {
    const Lifetime& wanted = lifetimes[current];
    const Index size = rounded(wanted.size);
    Index end = 0;  // of the neighbours seen so far
    Index best_offset = -1;
    Index best_gap = std::numeric_limits<Index>::max();
    for (const std::size_t other : placed) {
      const Lifetime& neighbour = lifetimes[other];
      if (neighbour.last < wanted.first || neighbour.first > wanted.last) continue;
      const Index gap = plan.offsets[other] - end;
      if (gap >= size && gap < best_gap) {
        best_gap = gap;
        best_offset = end;
      }
      end = std::max(end, plan.offsets[other] + rounded(neighbour.size));
    }
    plan.offsets[current] = best_offset >= 0 ? best_offset : end;
    plan.total = std::max(plan.total, plan.offsets[current] + size);
    const auto position = std::find_if(placed.begin(), placed.end(),
                                       [&](std::size_t other) { return plan.offsets[other] > plan.offsets[current]; });
    placed.insert(position, current);
  }
  return plan;
}

}  // namespace athanor
