#include "engine/kernels/gemm_small.h"

#include <array>

#include "engine/kernels/gemm_tile.h"
#include "engine/kernels/simd.h"
#include "engine/kernels/transpose.h"

namespace athanor::kernels {
namespace {

using simd::kLanes;
using simd::Vector;

// Eight columns at a time, as many as the layers of small networks have: two vectors, or one where it has eight lanes.
constexpr Index kVectors = kLanes >= 8 ? 1 : 2;
constexpr Index kColumns = kVectors * kLanes;

constexpr Index made_whole(Index columns) { return (columns + kColumns - 1) / kColumns * kColumns; }

/// The most that small_product() packs: k times n, the latter made up to whole groups of columns.
constexpr Index kPackedSize = kMostProducts + kMostSide * kColumns;

/// What all rows of some columns of the result are sums of: `depth` products of numbers of a with rows of b, of
/// kColumns numbers each. Handed on by reference and read number by number: a copy would be made in larger pieces than
/// the numbers were written in, for which a processor waits.
struct Sums {
  Index row_stride;
  Index column_stride;
  Index stride;
  Index depth;
  /// What is added in the end: whole vectors, or null.
  const Real* bias;
};

template <Index Rows>
using RowSums = std::array<std::array<Vector, kVectors>, Rows>;

/// c[Rows, width] = alpha * sums (+ c) (+ bias). By value: else the sums would be in memory all the time.
template <Index Rows>
ATHANOR_SMALL void put_sums(RowSums<Rows> sums, const Sums& given, const Target& target, Real* c, Index width) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): the next lines fill what is read
  std::array<Real, Rows * tile::kTileColumns> rows;
  for (Index i = 0; i < Rows; ++i) {
    for (Index v = 0; v < kVectors; ++v) simd::store(rows.data() + i * tile::kTileColumns + v * kLanes, sums[i][v]);
  }
  const Target part{
      .data = c, .stride = target.stride, .alpha = target.alpha, .accumulate = target.accumulate, .bias = given.bias};
  tile::put(rows.data(), Rows, width, part);
}

/// The same of the sums themselves.
template <Index Rows>
inline void sums_of_rows(const Sums& given, const Real* a, const Real* b, const Target& target, Real* c, Index width) {
  RowSums<Rows> sums{};
  const Index row_stride = given.row_stride;
  const Index column_stride = given.column_stride;
  const Index stride = given.stride;
  for (Index k = given.depth; k > 0; --k, a += column_stride, b += stride) {
    for (Index i = 0; i < Rows; ++i) {
      const Vector value = simd::splat(a[i * row_stride]);
      for (Index v = 0; v < kVectors; ++v)
        sums[i][v] = simd::multiply_add(value, simd::load(b + v * kLanes), sums[i][v]);
    }
  }
  if (!target.accumulate && target.alpha == 1 && width == kColumns) {
    if (given.bias != nullptr) {
      for (Index v = 0; v < kVectors; ++v) {
        const Vector bias = simd::load(given.bias + v * kLanes);
        for (Index i = 0; i < Rows; ++i) sums[i][v] += bias;
      }
    }
    for (Index i = 0; i < Rows; ++i, c += target.stride) {
      for (Index v = 0; v < kVectors; ++v) simd::store(c + v * kLanes, sums[i][v]);
    }
    return;
  }
  put_sums<Rows>(sums, given, target, c, width);
}

[[gnu::noinline]] void sums_of_columns(const Sums& sums, const Real* a, const Real* b, Index rows, const Target& target,
                                       Real* c, Index width) {
  const auto next = [&](Index count) {
    a += count * sums.row_stride;
    c += count * target.stride;
  };
  if (rows % 5 == 0) {
    for (Index row = 0; row < rows; row += 5, next(5)) sums_of_rows<5>(sums, a, b, target, c, width);
    return;
  }
  Index row = 0;
  for (; row + 4 <= rows; row += 4, next(4)) sums_of_rows<4>(sums, a, b, target, c, width);
  for (; row < rows; ++row, next(1)) sums_of_rows<1>(sums, a, b, target, c, width);
}

/// Copies b[depth, width] as rows of whole vectors, `stride` apart; missing columns are zeros.
ATHANOR_SMALL void pack(const View& b, Index depth, Index width, Real* packed, Index stride) {
  Index k = 0;  // rows that have been copied
  if (b.row_stride == 1) {
    k = depth / kTurned * kTurned;
    transpose(b.data, b.column_stride, width, k, packed, stride, stride);
  }
  for (; k < depth; ++k) {
    const Real* const from = b.data + k * b.row_stride;
    Real* const to = packed + k * stride;
    for (Index j = 0; j < width; ++j) to[j] = from[j * b.column_stride];
    for (Index j = width; j < stride; ++j) to[j] = 0;
  }
}

}  // namespace

ATHANOR_SMALL void small_product(const Product& product) {
  // A column is summed as a row, many of its numbers at a time: (a b)^T = b^T a^T.
  const bool is_column = product.n == 1 && product.c.stride == 1;
  const View& a = is_column ? product.b : product.a;
  const View& b = is_column ? product.a : product.b;
  const Index m = is_column ? 1 : product.m;
  Index n = is_column ? product.m : product.n;
  const Index b_row = is_column ? b.column_stride : b.row_stride;
  const Index b_column = is_column ? b.row_stride : b.column_stride;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): pack() fills what is read
  alignas(64) std::array<Real, kPackedSize> packed;
  Sums sums{.row_stride = is_column ? a.column_stride : a.row_stride,
            .column_stride = is_column ? a.row_stride : a.column_stride,
            .stride = b_row,
            .depth = product.k,
            .bias = product.c.bias};
  const Real* from = b.data;
  if (b_column != 1 || n % kColumns != 0) {
    sums.stride = made_whole(n);
    pack({.data = b.data, .row_stride = b_row, .column_stride = b_column}, product.k, n, packed.data(), sums.stride);
    from = packed.data();
  }
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): filled where it is read
  alignas(64) std::array<Real, kMostSide + kColumns> biases;
  if (sums.bias != nullptr && (is_column || n % kColumns != 0)) {
    for (Index j = 0; j < made_whole(n); ++j) {
      biases[static_cast<std::size_t>(j)] = sums.bias[is_column || j >= n ? 0 : j];
    }
    sums.bias = biases.data();
  }
  Real* c = product.c.data;
  while (n > 0) {
    const Index width = n < kColumns ? n : kColumns;
    sums_of_columns(sums, a.data, from, m, product.c, c, width);
    from += width;
    if (sums.bias != nullptr) sums.bias += width;
    c += width;
    n -= width;
  }
}

}  // namespace athanor::kernels
