// Counts what is taken from the heap and makes it fail: operator new in all its forms, and malloc where it can be
// wrapped (allocations.cpp).
#pragma once

#include <cstddef>
#include <cstdint>

namespace athanor::testing {

/// Allocations since the program began.
[[nodiscard]] std::uint64_t allocation_count();

/// Bytes of those among them that want an alignment of their own: what athanor::Buffer takes, and nothing else.
[[nodiscard]] std::uint64_t aligned_bytes();

/// While it lives, the allocation after `skipped` more fails: operator new throws bad_alloc or returns null, malloc
/// returns null.
class FailingAllocation {
 public:
  explicit FailingAllocation(std::uint64_t skipped);
  ~FailingAllocation();
  FailingAllocation(const FailingAllocation&) = delete;
  FailingAllocation& operator=(const FailingAllocation&) = delete;
};

/// Whether the allocation that was to fail last has come.
[[nodiscard]] bool has_allocation_failed();

}  // namespace athanor::testing
