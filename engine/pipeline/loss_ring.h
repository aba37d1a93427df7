// Losses of the last optimiser steps.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/real.h"

namespace athanor {

/// Keeps the last losses without allocating.
class LossRing {
 public:
  static constexpr std::size_t kCapacity = 4096;
  LossRing() : values_(kCapacity) {}
  void push(Real loss) { values_[count_++ % kCapacity] = loss; }
  /// Forgets the newest ones; those that they pushed out are lost.
  void drop_last(std::size_t count);
  /// The losses kept, oldest first.
  [[nodiscard]] std::vector<Real> values() const;

 private:
  std::vector<Real> values_;
  std::size_t count_ = 0;
  std::size_t lost_ = 0;  // how many of the oldest were pushed out by losses that have been dropped since
};

}  // namespace athanor
