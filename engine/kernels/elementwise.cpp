#include "engine/kernels/elementwise.h"

namespace athanor::kernels {

void for_each_row(const Real* a, const Shape& a_shape, const Real* b, const Shape& b_shape, Real* out, const Shape& to,
                  void (*row)(const void* f, const RowPair& pair), const void* f) {
  const Shape full = with_leading_ones(to);
  const std::array<Index, kMaxRank> sa = broadcast_strides(a_shape, full);
  const std::array<Index, kMaxRank> sb = broadcast_strides(b_shape, full);
  const Index n = full[3];
  for (Index i = 0; i < full[0]; ++i) {
    for (Index j = 0; j < full[1]; ++j) {
      for (Index k = 0; k < full[2]; ++k, out += n) {
        row(f, {.a = a + i * sa[0] + j * sa[1] + k * sa[2],
                .a_step = sa[3],
                .b = b + i * sb[0] + j * sb[1] + k * sb[2],
                .b_step = sb[3],
                .out = out,
                .n = n});
      }
    }
  }
}

}  // namespace athanor::kernels
