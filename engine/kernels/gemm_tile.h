// The micro-kernel of the matrix product: one tile of the result, whose sums stay in registers. Apart from the rest so
// that it can be timed alone (tests/bench).
#pragma once

#include <array>

#include "engine/kernels/gemm_product.h"
#include "engine/kernels/simd.h"

namespace athanor::kernels::tile {

using simd::kLanes;
using simd::Vector;

// A tile, two vectors of b, one value of a and one product must fit the vector registers. Of the 16 of x86-64 V8 keeps
// one for itself: with a sixth row it would write a sum to memory and read it back at every turn, in twice the time.
#ifdef __wasm__
inline constexpr Index kTileRows = 5;
#else
inline constexpr Index kTileRows = 6;
#endif
inline constexpr Index kTileVectors = 2;
inline constexpr Index kTileColumns = kTileVectors * kLanes;

/// sums[Rows, kTileColumns] = a[Rows, depth] * tile, the tile's rows `stride` apart.
template <Index Rows>
void tile_product(const View& a, const Real* tile, Index stride, Index depth, Real* out) {
  std::array<std::array<Vector, kTileVectors>, Rows> sums{};
  const Real* left = a.data;
  for (Index k = 0; k < depth; ++k, left += a.column_stride, tile += stride) {
    const Vector b0 = simd::load(tile);
    const Vector b1 = simd::load(tile + kLanes);
    for (Index i = 0; i < Rows; ++i) {
      const Vector value = simd::splat(left[i * a.row_stride]);
      sums[i][0] = simd::multiply_add(value, b0, sums[i][0]);
      sums[i][1] = simd::multiply_add(value, b1, sums[i][1]);
    }
  }
  for (Index i = 0; i < Rows; ++i, out += kTileColumns) {
    simd::store(out, sums[i][0]);
    simd::store(out + kLanes, sums[i][1]);
  }
}

/// c[rows, width] = alpha * sums (+ c) (+ bias), where rows of sums are kTileColumns apart.
void put(const Real* sums, Index rows, Index width, const Target& c);

/// Rows whose numbers lie in stretches: element (i, s length + k) of a is data[i * row_stride + s * apart +
/// k * column_stride].
struct Stretches {
  const Real* data;
  Index row_stride;
  Index column_stride;
  Index length;
  Index count;
  Index apart;
};

/// sums[Rows, kTileColumns] = a[Rows, count * length] * tile, likewise.
template <Index Rows>
void stretched_product(const Stretches& a, const Real* tile, Index stride, Real* out) {
  std::array<std::array<Vector, kTileVectors>, Rows> sums{};
  const Real* stretch = a.data;
  for (Index s = 0; s < a.count; ++s, stretch += a.apart) {
    const Real* left = stretch;
    for (Index k = 0; k < a.length; ++k, left += a.column_stride, tile += stride) {
      const Vector b0 = simd::load(tile);
      const Vector b1 = simd::load(tile + kLanes);
      for (Index i = 0; i < Rows; ++i) {
        const Vector value = simd::splat(left[i * a.row_stride]);
        sums[i][0] = simd::multiply_add(value, b0, sums[i][0]);
        sums[i][1] = simd::multiply_add(value, b1, sums[i][1]);
      }
    }
  }
  for (Index i = 0; i < Rows; ++i, out += kTileColumns) {
    simd::store(out, sums[i][0]);
    simd::store(out + kLanes, sums[i][1]);
  }
}

}  // namespace athanor::kernels::tile
