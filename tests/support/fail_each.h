// Makes every allocation of a call fail once, one after the other.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <new>

#include "engine/core/error.h"
#include "tests/support/allocations.h"

namespace athanor::testing {

/// Does `act` again and again, its first allocation failing, then its second, and so on until none is left to fail.
/// After each failure `failed` looks at what is left; where `act` did without the memory, as sorting can, `undo`
/// follows. Returns how many allocations could fail.
template <typename Act, typename Failed, typename Undo>
int fail_each(const Act& act, const Failed& failed, const Undo& undo) {
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
    INFO("allocation " << n);
    if (has_thrown) {
      failed();
    } else {
      undo();
    }
  }
  FAIL("the call ends");
  return 0;
}

}  // namespace athanor::testing
