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

/// Bytes of all others that operator new gave out since the program began.
[[nodiscard]] std::uint64_t plain_bytes();

/// Of the aligned bytes those that have not been given back.
[[nodiscard]] std::uint64_t held_bytes();

/// Watches how many more aligned bytes are held than when it began. Of several the last made is right.
class HeldBytes {
 public:
  HeldBytes();
  [[nodiscard]] std::uint64_t now() const { return held_bytes() - before_; }
  /// The most there were at any one time.
  [[nodiscard]] std::uint64_t peak() const;

 private:
  std::uint64_t before_;
};

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
