#include "engine/kernels/reduce.h"

#include <algorithm>
#include <array>

namespace athanor::kernels {

void sum(const Real* x, const Shape& shape, std::uint8_t axes, Real factor, Real* out) {
  // Strides of the output seen from x: 0 along summed axes.
  std::array<Index, kMaxRank> strides{};
  Index kept = 1;
  for (int axis = shape.rank - 1; axis >= 0; --axis) {
    if ((axes >> static_cast<unsigned>(axis) & 1U) != 0) continue;
    strides[static_cast<std::size_t>(axis)] = kept;
    kept *= shape[axis];
  }
  std::fill_n(out, kept, Real{0});
  const auto& dims = shape.dims;
  for (Index i = 0; i < dims[0]; ++i) {
    for (Index j = 0; j < dims[1]; ++j) {
      for (Index k = 0; k < dims[2]; ++k) {
        Real* target = out + i * strides[0] + j * strides[1] + k * strides[2];
        for (Index l = 0; l < dims[3]; ++l) target[l * strides[3]] += *x++;
      }
    }
  }
  if (factor != Real{1}) {
    for (Index i = 0; i < kept; ++i) out[i] *= factor;
  }
}

}  // namespace athanor::kernels
