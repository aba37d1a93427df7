#include "tests/support/allocations.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <mutex>
#include <new>

// Eigen takes memory with malloc, so that is counted and can fail too where the linker can redirect the engine's calls
// (--wrap, see tests/CMakeLists.txt).
// NOLINTBEGIN(cppcoreguidelines-no-malloc): this file is the allocator
#ifdef ATHANOR_WRAPS_MALLOC
// NOLINTBEGIN(bugprone-reserved-identifier, readability-identifier-naming): the linker's names
extern "C" {
void* __real_malloc(std::size_t size);
void* __wrap_malloc(std::size_t size);
}
#endif

namespace {

#ifdef ATHANOR_WRAPS_MALLOC
void* real_malloc(std::size_t size) { return __real_malloc(size); }
#else
void* real_malloc(std::size_t size) { return std::malloc(size); }
#endif

/// Threads that help with a step may take memory too. Guards all of the below.
std::mutex mutex;

std::uint64_t count = 0;
std::uint64_t aligned = 0;
std::uint64_t plain = 0;

/// The aligned blocks in use, of which there are some tens; in no order. A size kept in front of each block would hide
/// from AddressSanitizer what writes there.
class Ledger {
 public:
  void add(const void* block, std::size_t size) {
    if (count_ == blocks_.size()) std::abort();  // too many to follow: no count would be right
    blocks_[count_++] = {.at = block, .size = size};
    held_ += size;
    peak_ = std::max(peak_, held_);
  }
  void remove(const void* block) {
    for (std::size_t i = 0; i < count_; ++i) {
      if (blocks_[i].at != block) continue;
      held_ -= blocks_[i].size;
      blocks_[i] = blocks_[--count_];
      return;
    }
  }
  void watch() { peak_ = held_; }
  [[nodiscard]] std::uint64_t held() const { return held_; }
  [[nodiscard]] std::uint64_t peak() const { return peak_; }

 private:
  struct Block {
    const void* at;
    std::size_t size;
  };
  std::array<Block, 4096> blocks_{};
  std::size_t count_ = 0;
  std::uint64_t held_ = 0;
  std::uint64_t peak_ = 0;
};
Ledger ledger;

/// The allocation that is to fail: the one after `skipped` more.
struct Failing {
  bool is_armed = false;
  bool has_come = false;
  std::uint64_t skipped = 0;
};
Failing failing;

/// Counts an allocation; true when it is the one that is to fail.
bool is_to_fail() noexcept {
  const std::lock_guard lock(mutex);
  ++count;
  if (!failing.is_armed || failing.skipped-- > 0) return false;
  failing.is_armed = false;
  failing.has_come = true;
  return true;
}

void* counted_or_null(std::size_t size, std::size_t alignment) noexcept {
  if (is_to_fail()) return nullptr;
  size = std::max<std::size_t>(size, 1);
  if (alignment <= alignof(std::max_align_t)) {
    const std::lock_guard lock(mutex);
    plain += size;
    return real_malloc(size);
  }
  void* block = nullptr;
  if (posix_memalign(&block, alignment, size) != 0) return nullptr;
  const std::lock_guard lock(mutex);
  aligned += size;
  ledger.add(block, size);
  return block;
}

void give_back(void* block) noexcept {
  {
    const std::lock_guard lock(mutex);
    ledger.remove(block);
  }
  std::free(block);
}

void* counted(std::size_t size, std::size_t alignment) {
  void* block = counted_or_null(size, alignment);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

}  // namespace

#ifdef ATHANOR_WRAPS_MALLOC
void* __wrap_malloc(std::size_t size) { return is_to_fail() ? nullptr : real_malloc(size); }
// NOLINTEND(bugprone-reserved-identifier, readability-identifier-naming)
#endif

namespace athanor::testing {
std::uint64_t allocation_count() { return count; }
std::uint64_t aligned_bytes() { return aligned; }
std::uint64_t plain_bytes() { return plain; }
std::uint64_t held_bytes() { return ledger.held(); }

HeldBytes::HeldBytes() : before_(held_bytes()) { ledger.watch(); }
std::uint64_t HeldBytes::peak() const { return ledger.peak() - before_; }

FailingAllocation::FailingAllocation(std::uint64_t skipped) { failing = {.is_armed = true, .skipped = skipped}; }
FailingAllocation::~FailingAllocation() { failing.is_armed = false; }
bool has_allocation_failed() { return failing.has_come; }
}  // namespace athanor::testing

void* operator new(std::size_t size) { return counted(size, 0); }
void* operator new[](std::size_t size) { return counted(size, 0); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept { return counted_or_null(size, 0); }
void* operator new[](std::size_t size, const std::nothrow_t& /*tag*/) noexcept { return counted_or_null(size, 0); }
void operator delete(void* block) noexcept { std::free(block); }
void operator delete[](void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t /*size*/) noexcept { std::free(block); }
void operator delete[](void* block, std::size_t /*size*/) noexcept { std::free(block); }
void operator delete(void* block, std::align_val_t /*alignment*/) noexcept { give_back(block); }
void operator delete[](void* block, std::align_val_t /*alignment*/) noexcept { give_back(block); }
void operator delete(void* block, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept { give_back(block); }
void operator delete[](void* block, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept { give_back(block); }
// NOLINTEND(cppcoreguidelines-no-malloc)
