// One aligned, zeroed block of Reals: parameters, gradients, optimiser state, a plan's arena. Sized once, never grown.
#pragma once

#include <algorithm>
#include <memory>
#include <new>
#include <span>

#include "engine/core/real.h"

namespace athanor {

/// Alignment of every block and of every tensor inside an arena: a cache line, and four 4-wide vectors.
inline constexpr std::size_t kAlignment = 64;

class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(Index size)
      : size_(size),
        data_(static_cast<Real*>(::operator new(std::max<std::size_t>(static_cast<std::size_t>(size), 1) * sizeof(Real),
                                                std::align_val_t{kAlignment}))) {
    std::fill_n(data_.get(), size, Real{0});
  }

  [[nodiscard]] Real* data() { return data_.get(); }
  [[nodiscard]] const Real* data() const { return data_.get(); }
  [[nodiscard]] Index size() const { return size_; }
  [[nodiscard]] std::span<Real> span() { return {data(), static_cast<std::size_t>(size_)}; }
  [[nodiscard]] std::span<const Real> span() const { return {data(), static_cast<std::size_t>(size_)}; }

 private:
  struct Free {
    void operator()(Real* block) const { ::operator delete(block, std::align_val_t{kAlignment}); }
  };
  Index size_ = 0;
  std::unique_ptr<Real, Free> data_;
};

}  // namespace athanor
