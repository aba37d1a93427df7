#include "engine/kernels/gemm_small.h"

#include <array>
#include <cstring>

#include "engine/kernels/gemm_tile.h"
#include "engine/kernels/simd.h"
#include "engine/kernels/transpose.h"

namespace athanor::kernels {
namespace {

using simd::kLanes;
using simd::Vector;

constexpr Index kVectors = kColumnVectors;

/// `columns` made up to whole groups.
constexpr Index made_whole(Index columns) { return (columns + kColumns - 1) / kColumns * kColumns; }

/// The most that small_product() packs: k times n, the latter made up to whole groups of columns.
constexpr Index kPackedSize = kMostProducts + kMostSide * kColumns;

template <Index Count>
using RowSums = std::array<std::array<Vector, kVectors>, Count>;

template <Index Count>
inline void add_products(RowSums<Count>& sums, const Real* a, Index row_stride, const Real* b) {
  std::array<Vector, kVectors> row{};
  for (Index v = 0; v < kVectors; ++v) row[v] = simd::load(b + v * kLanes);
  for (Index i = 0; i < Count; ++i) {
    const Vector value = simd::splat(a[i * row_stride]);
    for (Index v = 0; v < kVectors; ++v) sums[i][v] = simd::multiply_add(value, row[v], sums[i][v]);
  }
}

/// c[Count, kColumns] = a b (+ bias). Where the next number of a stands is known while compiling in one direction, so
/// that wasm need not calculate its address.
template <Index Count, bool IsTurned>
inline void make_rows(const Real* a, Index a_stride, const Real* b, Index b_stride, Index depth, const Real* biases,
                      Real* c, Index c_stride) {
  RowSums<Count> sums{};
  if constexpr (IsTurned) {
    for (; depth > 0; --depth, a += a_stride, b += b_stride) add_products<Count>(sums, a, 1, b);
  } else {
    for (; depth > 0; --depth, ++a, b += b_stride) add_products<Count>(sums, a, a_stride, b);
  }
  if (biases != nullptr) {
    for (Index v = 0; v < kVectors; ++v) {
      const Vector bias = simd::load(biases + v * kLanes);
      for (Index i = 0; i < Count; ++i) sums[i][v] += bias;
    }
  }
  for (Index i = 0; i < Count; ++i, c += c_stride) {
    for (Index v = 0; v < kVectors; ++v) simd::store(c + v * kLanes, sums[i][v]);
  }
}

/// Copies b[depth, width] as rows of `whole` numbers, of which the last are zeros.
ATHANOR_SMALL void pack(const Real* b, Index b_row, Index b_column, Index depth, Index width, Real* packed,
                        Index whole) {
  Index k = 0;  // rows that have been copied
  if (b_row == 1) {
    k = depth / kTurned * kTurned;
    transpose(b, b_column, width, k, packed, whole, whole);
  }
  for (; k < depth; ++k) {
    const Real* const from = b + k * b_row;
    Real* const to = packed + k * whole;
    for (Index j = 0; j < width; ++j) to[j] = from[j * b_column];
    for (Index j = width; j < whole; ++j) to[j] = 0;
  }
}

inline void multiply(const SmallProduct& product, bool is_turned, Index n, Real* c, Index c_stride) {
  if (is_turned) {
    multiply_rows<true>(product, n, c, c_stride);
  } else {
    multiply_rows<false>(product, n, c, c_stride);
  }
}

/// As multiply_rows(), of a b whose columns are `b_column` apart.
[[gnu::noinline]] void packed_product(SmallProduct& product, bool is_turned, Index b_column, Index n, Real* c,
                                      Index c_stride) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): pack() fills what is read
  alignas(64) std::array<Real, kPackedSize> packed;
  pack(product.b, product.b_stride, b_column, product.depth, n, packed.data(), n);
  product.b = packed.data();
  product.b_stride = n;
  multiply(product, is_turned, n, c, c_stride);
}

/// Any other: groups of columns that are not whole, or more than a product, by way of memory of its own.
ATHANOR_SMALL void finished_product(SmallProduct& product, bool is_turned, Index b_column, Index n,
                                    const Target& target, bool is_column) {
  // NOLINTBEGIN(cppcoreguidelines-pro-type-member-init): filled where they are read
  alignas(64) std::array<Real, kPackedSize> packed;
  alignas(64) std::array<Real, kMostSide * tile::kTileColumns> sums;
  std::array<Real, kMostSide> biases;
  // NOLINTEND(cppcoreguidelines-pro-type-member-init)
  const Index whole = made_whole(n);
  pack(product.b, product.b_stride, b_column, product.depth, n, packed.data(), whole);
  product.b = packed.data();
  product.b_stride = whole;
  const Real* bias = target.bias;
  if (is_column && bias != nullptr) {
    for (Index j = 0; j < n; ++j) biases[static_cast<std::size_t>(j)] = *bias;
    bias = biases.data();
  }
  const bool is_plain = !target.accumulate && target.alpha == 1;
  Real* c = target.data;
  for (; n > 0; n -= kColumns, product.b += kColumns, c += kColumns) {
    if (is_plain && n >= kColumns) {
      product.bias = bias;
      multiply(product, is_turned, kColumns, c, target.stride);
    } else {
      product.bias = nullptr;
      multiply(product, is_turned, kColumns, sums.data(), tile::kTileColumns);
      const Target part{
          .data = c, .stride = target.stride, .alpha = target.alpha, .accumulate = target.accumulate, .bias = bias};
      tile::put(sums.data(), product.rows, n < kColumns ? n : kColumns, part);
    }
    if (bias != nullptr) bias += kColumns;
  }
}

}  // namespace

template <bool IsTurned>
void multiply_rows(const SmallProduct& product, Index n, Real* c, Index c_stride) {
  const auto [from, a_stride, rows, b, b_stride, depth, bias] = product;
  const Index step = IsTurned ? 1 : a_stride;
  for (Index j = 0; j < n; j += kColumns) {
    const Real* const columns = b + j;
    const Real* const biases = bias == nullptr ? nullptr : bias + j;
    const Real* a = from;
    Real* to = c + j;
    Index left = rows;
    if (left % 5 == 0) {
      for (; left > 0; left -= 5, a += 5 * step, to += 5 * c_stride)
        make_rows<5, IsTurned>(a, a_stride, columns, b_stride, depth, biases, to, c_stride);
    }
    for (; left >= 4; left -= 4, a += 4 * step, to += 4 * c_stride)
      make_rows<4, IsTurned>(a, a_stride, columns, b_stride, depth, biases, to, c_stride);
    for (; left > 0; --left, a += step, to += c_stride)
      make_rows<1, IsTurned>(a, a_stride, columns, b_stride, depth, biases, to, c_stride);
  }
}

template void multiply_rows<true>(const SmallProduct& product, Index n, Real* c, Index c_stride);
template void multiply_rows<false>(const SmallProduct& product, Index n, Real* c, Index c_stride);

void multiply_rows_by_transpose(SmallProduct& product, Index n, Real* c, Index c_stride) {
  const Index b_column = product.b_stride;
  product.b_stride = 1;
  packed_product(product, false, b_column, n, c, c_stride);
}

#ifndef ATHANOR_REAL_DOUBLE
// Four rows at a time, whose numbers are turned over in registers.
void multiply_by_column(const SmallProduct& product, Real* c) {
  const auto [a, a_stride, count, b, b_stride, depth, bias] = product;
  for (Index i = 0; i < count; i += kTurned) {
    if (i + kTurned > count) i = count - kTurned;  // some once more
    const Real* rows = a + i * a_stride;
    const Real* column = b;
    Four sums{};
    Index k = 0;
    for (; k + kTurned <= depth; k += kTurned, rows += kTurned) {
      std::array<Four, kTurned> numbers{};
      for (Index r = 0; r < kTurned; ++r) std::memcpy(&numbers[r], rows + r * a_stride, sizeof(Four));
      turn(numbers);
      for (Index r = 0; r < kTurned; ++r, column += b_stride) {
        sums = simd::multiply_add(numbers[r], Four{} + *column, sums);
      }
    }
    for (; k < depth; ++k, ++rows, column += b_stride) {
      const Four numbers{rows[0], rows[a_stride], rows[2 * a_stride], rows[3 * a_stride]};
      sums = simd::multiply_add(numbers, Four{} + *column, sums);
    }
    if (bias != nullptr) sums += Four{} + *bias;
    std::memcpy(c + i, &sums, sizeof(sums));
  }
}
#else
void multiply_by_column(const SmallProduct& product, Real* c) {
  for (Index i = 0; i < product.rows; ++i) {
    Real sum = 0;
    for (Index k = 0; k < product.depth; ++k)
      sum += product.a[i * product.a_stride + k] * product.b[k * product.b_stride];
    c[i] = product.bias == nullptr ? sum : sum + *product.bias;
  }
}
#endif

// Structures are handed on by reference and read number by number: a copy would be made in larger pieces than the
// numbers were written in, for which a processor waits.
void small_product(const Product& product) {
  const bool is_plain = !product.c.accumulate && product.c.alpha == 1;
  const bool is_column = product.n == 1 && product.c.stride == 1;
  if (is_column && is_plain && product.a.column_stride == 1 && product.m >= kLeastInColumn) {
    multiply_by_column({.a = product.a.data,
                        .a_stride = product.a.row_stride,
                        .rows = product.m,
                        .b = product.b.data,
                        .b_stride = product.b.row_stride,
                        .depth = product.k,
                        .bias = product.c.bias},
                       product.c.data);
    return;
  }
  // Other columns are summed as rows, many of their numbers at a time: (a b)^T = b^T a^T.
  const View& left = is_column ? product.b : product.a;
  const View& right = is_column ? product.a : product.b;
  const bool is_turned = is_column || left.row_stride == 1;
  const bool is_upright = is_turned != is_column;  // from number to number of a it is a column's stride
  const Index b_column = is_column ? right.row_stride : right.column_stride;
  const Index n = is_column ? product.m : product.n;
  SmallProduct rows{.a = left.data,
                    .a_stride = is_upright ? left.column_stride : left.row_stride,
                    .rows = is_column ? 1 : product.m,
                    .b = right.data,
                    .b_stride = is_column ? right.column_stride : right.row_stride,
                    .depth = product.k,
                    .bias = product.c.bias};
  if (!is_plain || n % kColumns != 0 || (is_column && rows.bias != nullptr)) {
    finished_product(rows, is_turned, b_column, n, product.c, is_column);
  } else if (b_column != 1) {
    packed_product(rows, is_turned, b_column, n, product.c.data, product.c.stride);
  } else {
    multiply(rows, is_turned, n, product.c.data, product.c.stride);
  }
}

}  // namespace athanor::kernels
