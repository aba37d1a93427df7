// Shape of a dense row-major tensor: up to four dimensions, kept in place (no heap).
#pragma once

#include <array>
#include <initializer_list>
#include <string>

#include "engine/core/error.h"
#include "engine/core/real.h"

namespace athanor {

inline constexpr int kMaxRank = 4;

struct Shape {
  std::array<Index, kMaxRank> dims{1, 1, 1, 1};  // dims beyond the rank stay 1
  int rank = 0;

  Shape() = default;
  Shape(std::initializer_list<Index> sizes) {
    for (const Index size : sizes) push_back(size);
  }

  void push_back(Index size) {
    ensure(rank < kMaxRank, "a tensor has at most four dimensions");
    dims[static_cast<std::size_t>(rank++)] = size;
  }

  [[nodiscard]] Index operator[](int axis) const { return dims[static_cast<std::size_t>(axis)]; }
  [[nodiscard]] Index& operator[](int axis) { return dims[static_cast<std::size_t>(axis)]; }
  [[nodiscard]] Index size() const { return dims[0] * dims[1] * dims[2] * dims[3]; }
  [[nodiscard]] Index last() const { return rank == 0 ? 1 : (*this)[rank - 1]; }
  /// Written out, as the one that is made by itself calls memcmp, which steps of small networks would notice.
  bool operator==(const Shape& other) const;

  /// "(16, 8)": what error messages and graph listings show.
  [[nodiscard]] std::string text() const {
    std::string out = "(";
    for (int axis = 0; axis < rank; ++axis) out += (axis > 0 ? ", " : "") + std::to_string((*this)[axis]);
    return out + ")";
  }
};

/// Whether `tail` is the shape of the last axes of `whole`, so that it repeats every tail.size() elements.
inline bool is_tail(const Shape& tail, const Shape& whole) {
  const int extra = whole.rank - tail.rank;
  if (extra < 0) return false;
  for (int axis = 0; axis < tail.rank; ++axis) {
    if (tail[axis] != whole[axis + extra]) return false;
  }
  return true;
}

}  // namespace athanor
