// The memory of JSON values. The library takes memory even to give memory back: a value that holds others is taken
// apart over a stack on the heap, in a destructor, where a failure would end the program. Here that stack has a
// reserve.
#pragma once

#include <cstddef>
#include <new>

namespace athanor {

/// Bytes of the reserve: stacks of some four thousand values. A larger one is not made without memory.
inline constexpr std::size_t kJsonReserveBytes = std::size_t{64} * 1024;

/// From the heap, or from the reserve when the heap has none. Throws bad_alloc when that is used up too. For one
/// thread.
[[nodiscard]] void* take_json_stack(std::size_t bytes);
void give_back_json_stack(void* block) noexcept;

/// As std::allocator, for everything JSON values are made of but those stacks, for which the library names
/// std::allocator: thereby the two can be told apart.
template <typename T>
struct JsonAllocator {
  using value_type = T;

  JsonAllocator() = default;
  template <typename U>
  JsonAllocator(const JsonAllocator<U>& /*other*/) noexcept {
  }  // NOLINT(google-explicit-constructor): one for all types

  [[nodiscard]] T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T))); }
  void deallocate(T* block, std::size_t /*count*/) noexcept { ::operator delete(block); }
  template <typename U>
  bool operator==(const JsonAllocator<U>& /*other*/) const noexcept {
    return true;
  }
};

}  // namespace athanor
