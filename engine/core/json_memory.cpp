#include "engine/core/json_memory.h"

#include <array>
#include <functional>

namespace athanor {
namespace {

// Pieces follow one another and all are given back before long: a stack and the larger one it grows into.
alignas(std::max_align_t) std::array<std::byte, kJsonReserveBytes> reserve;
std::size_t used = 0;
std::size_t pieces = 0;

void* from_reserve(std::size_t bytes) {
  const std::size_t rounded =
      (bytes + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);
  if (rounded > reserve.size() - used) throw std::bad_alloc();
  void* const block = reserve.data() + used;
  used += rounded;
  ++pieces;
  return block;
}

bool is_in_reserve(const void* block) {
  const std::less<> before;
  return !before(block, reserve.data()) && before(block, reserve.data() + reserve.size());
}

}  // namespace

void* take_json_stack(std::size_t bytes) {
  void* const block = ::operator new(bytes, std::nothrow);
  return block != nullptr ? block : from_reserve(bytes);
}

void give_back_json_stack(void* block) noexcept {
  if (!is_in_reserve(block)) {
    ::operator delete(block);
  } else if (--pieces == 0) {
    used = 0;
  }
}

}  // namespace athanor
