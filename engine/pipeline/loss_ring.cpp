#include "engine/pipeline/loss_ring.h"

#include <algorithm>

namespace athanor {

void LossRing::drop_last(std::size_t count) {
  count = std::min(count, count_);
  const std::size_t oldest = count_ > kCapacity ? count_ - kCapacity : 0;
  lost_ = std::max(lost_, oldest);
  count_ -= count;
}

std::vector<Real> LossRing::values() const {
  std::vector<Real> result;
  const std::size_t oldest = count_ > kCapacity ? count_ - kCapacity : 0;
  for (std::size_t i = std::max(oldest, lost_); i < count_; ++i) result.push_back(values_[i % kCapacity]);
  return result;
}

}  // namespace athanor
