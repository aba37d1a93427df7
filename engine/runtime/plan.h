// The memory planner: lifetimes in, offsets out. A pure function, so that it can be tested on its own.
#pragma once

#include <span>
#include <vector>

#include "engine/core/real.h"

namespace athanor {

/// A buffer that holds `size` elements from step `first` to step `last` of the schedule, both included.
struct Lifetime {
  Index size = 0;
  Index first = 0;
  Index last = 0;
};

struct MemoryPlan {
  std::vector<Index> offsets;  // one per lifetime, multiples of kAlignment bytes
  Index total = 0;             // elements of the arena
};

/// Places every buffer so that two that live at the same time never overlap. Greedy by size: the largest first, each
/// into the smallest gap that fits (Pisarchyk & Lee, "Efficient memory management for deep neural net inference",
/// 2020).
[[nodiscard]] MemoryPlan plan_memory(std::span<const Lifetime> lifetimes);

}  // namespace athanor
