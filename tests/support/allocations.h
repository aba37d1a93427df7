// Counts what is taken from the heap: operator new in all its forms (replaced in allocations.cpp).
#pragma once

#include <cstdint>

namespace athanor::testing {

/// Allocations since the program began.
[[nodiscard]] std::uint64_t allocation_count();

}  // namespace athanor::testing
