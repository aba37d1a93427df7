#include "engine/kernels/transpose.h"

#include <cstring>

namespace athanor::kernels {
namespace {

/// to[4, 4] = from[4, 4] transposed, the rows of either as far apart as said. Where there are fewer rows, the others
/// are taken to be zeros.
inline void transpose_block(const Real* from, Index from_stride, Real* to, Index to_stride, Index count) {
  std::array<Four, kTurned> rows{};
  for (Index i = 0; i < kTurned; ++i) {
    if (i < count) std::memcpy(&rows[static_cast<std::size_t>(i)], from + i * from_stride, sizeof(Four));
  }
  turn(rows);
  for (std::size_t i = 0; i < kTurned; ++i) std::memcpy(to + static_cast<Index>(i) * to_stride, &rows[i], sizeof(Four));
}

}  // namespace

void transpose(const Real* from, Index from_stride, Index rows, Index columns, Real* to, Index to_stride,
               Index filled) {
  for (Index k = 0; k < columns; k += kTurned) {
    for (Index j = 0; j < filled; j += kTurned) {
      transpose_block(from + j * from_stride + k, from_stride, to + k * to_stride + j, to_stride, rows - j);
    }
  }
}

}  // namespace athanor::kernels
