// Some threads for a while.
#pragma once

#include <vector>

#include "engine/core/threads.h"

namespace athanor::testing {

class WithThreads {
 public:
  explicit WithThreads(int count) { threads::set_count(count); }
  ~WithThreads() { threads::set_count(1); }
  WithThreads(const WithThreads&) = delete;
  WithThreads& operator=(const WithThreads&) = delete;
};

/// More than a small machine has processors, so that some wait; one where the build has none.
[[nodiscard]] inline int most_threads() { return threads::kAvailable ? 5 : 1; }

/// One, and where the build has more, several numbers of them.
[[nodiscard]] inline std::vector<int> thread_counts() {
  if (most_threads() == 1) return {1};
  return {1, 2, 3, 5};
}

}  // namespace athanor::testing
