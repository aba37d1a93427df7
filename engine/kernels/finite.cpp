#include "engine/kernels/finite.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace athanor::kernels {

bool all_finite(const Real* x, Index count) {
  // As whole numbers, without their signs, finite ones are smaller than infinity, and infinity than what is undefined.
  // The largest of whole numbers can be found several at a time.
  using Bits = std::conditional_t<sizeof(Real) == 4, std::uint32_t, std::uint64_t>;
  constexpr Bits kWithoutSign = std::numeric_limits<Bits>::max() >> 1U;
  Bits largest = 0;
  for (Index i = 0; i < count; ++i) largest = std::max<Bits>(largest, std::bit_cast<Bits>(x[i]) & kWithoutSign);
  return largest < std::bit_cast<Bits>(std::numeric_limits<Real>::infinity());
}

}  // namespace athanor::kernels
