#include "engine/kernels/finite.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "engine/core/threads.h"

namespace athanor::kernels {

namespace {

bool are_finite(const Real* x, Index count) {
  // As whole numbers, without their signs, finite ones are smaller than infinity, and infinity than what is undefined.
  // The largest of whole numbers can be found several at a time.
  using Bits = std::conditional_t<sizeof(Real) == 4, std::uint32_t, std::uint64_t>;
  constexpr Bits kWithoutSign = std::numeric_limits<Bits>::max() >> 1U;
  Bits largest = 0;
  for (Index i = 0; i < count; ++i) largest = std::max<Bits>(largest, std::bit_cast<Bits>(x[i]) & kWithoutSign);
  return largest < std::bit_cast<Bits>(std::numeric_limits<Real>::infinity());
}

}  // namespace

bool all_finite(const Real* x, Index count) {
  std::atomic<bool> are_all{true};
  threads::for_each_range(count, [&](Index first, Index size) {
    if (!are_finite(x + first, size)) are_all.store(false, std::memory_order_relaxed);
  });
  return are_all.load();
}

}  // namespace athanor::kernels
