#include "engine/kernels/gemm_small.h"

#include <array>

#include "engine/kernels/simd.h"
#include "engine/kernels/transpose_block.h"

namespace athanor::kernels {
namespace {

using simd::kLanes;
using simd::Vector;

constexpr Index whole_vectors(Index columns) { return (columns + kLanes - 1) / kLanes * kLanes; }

/// The most that small_product() packs: k times n, the latter made up to whole vectors.
constexpr Index kPackedSize = kMostProducts + kMostSide * kLanes;

/// What all rows of some columns of the result are sums of: `depth` products of numbers of a with vectors of b, whose
/// rows have whole ones. Handed on by reference and read number by number: a copy would be made in larger pieces than
/// the numbers were written in, for which a processor waits.
struct Sums {
  Index row_stride;
  Index column_stride;
  Index stride;
  Index depth;
  /// What is added in the end: whole vectors, or null.
  const Real* bias;
};

template <Index Rows, Index Vectors>
using RowSums = std::array<std::array<Vector, Vectors>, Rows>;

/// c[Rows, width] = alpha * sums (+ c) (+ bias).
template <Index Rows, Index Vectors>
ATHANOR_SMALL void put_rows(RowSums<Rows, Vectors> sums, const Target& target, const Real* bias, Real* c, Index width) {
  for (Index i = 0; i < Rows; ++i, c += target.stride) {
    for (Index v = 0; v < Vectors; ++v) {
      Vector sum = target.alpha * sums[i][v];
      if (target.accumulate) sum = simd::load_up_to(c + v * kLanes, width - v * kLanes) + sum;
      if (bias != nullptr) sum += simd::load(bias + v * kLanes);
      simd::store_up_to(c + v * kLanes, sum, width - v * kLanes);
    }
  }
}

/// The same of the sums themselves.
template <Index Rows, Index Vectors>
inline void sums_of_rows(const Sums& given, const Real* a, const Real* b, const Target& target, Real* c, Index width) {
  RowSums<Rows, Vectors> sums{};
  const Index row_stride = given.row_stride;
  const Index column_stride = given.column_stride;
  const Index stride = given.stride;
  for (Index k = given.depth; k > 0; --k, a += column_stride, b += stride) {
    for (Index i = 0; i < Rows; ++i) {
      const Vector value = simd::splat(a[i * row_stride]);
      for (Index v = 0; v < Vectors; ++v)
        sums[i][v] = simd::multiply_add(value, simd::load(b + v * kLanes), sums[i][v]);
    }
  }
  if (!target.accumulate && target.alpha == 1 && width == Vectors * kLanes) {
    if (given.bias != nullptr) {
      for (Index v = 0; v < Vectors; ++v) {
        const Vector bias = simd::load(given.bias + v * kLanes);
        for (Index i = 0; i < Rows; ++i) sums[i][v] += bias;
      }
    }
    for (Index i = 0; i < Rows; ++i, c += target.stride) {
      for (Index v = 0; v < Vectors; ++v) simd::store(c + v * kLanes, sums[i][v]);
    }
  } else {
    put_rows<Rows, Vectors>(sums, target, given.bias, c, width);
  }
}

template <Index Vectors>
void sums_of_columns(const Sums& sums, const Real* a, const Real* b, Index rows, const Target& target, Real* c,
                     Index width) {
  const auto next = [&](Index count) {
    a += count * sums.row_stride;
    c += count * target.stride;
  };
  if (rows % 5 == 0) {
    for (Index row = 0; row < rows; row += 5, next(5)) sums_of_rows<5, Vectors>(sums, a, b, target, c, width);
    return;
  }
  Index row = 0;
  for (; row + 4 <= rows; row += 4, next(4)) sums_of_rows<4, Vectors>(sums, a, b, target, c, width);
  for (; row < rows; ++row, next(1)) sums_of_rows<1, Vectors>(sums, a, b, target, c, width);
}

// Called by way of a table: wasm-opt would put them into their only caller, where with so many other loops beside them
// V8 cannot keep their sums in registers.
using SumsOfColumns = void (*)(const Sums&, const Real*, const Real*, Index, const Target&, Real*, Index);
constexpr std::array<SumsOfColumns, 3> kSumsOfColumns{nullptr, sums_of_columns<1>, sums_of_columns<2>};

/// Copies b[depth, width] as rows of whole vectors, `stride` apart; missing columns are zeros.
[[gnu::noinline]] void pack(const View& b, Index depth, Index width, Real* packed, Index stride) {
  Index k = 0;  // rows that have been copied
  if (b.row_stride == 1) {
    for (; k + kBlock <= depth; k += kBlock) {
      for (Index j = 0; j < stride; j += kBlock) {
        transpose_block(b.data + k + j * b.column_stride, b.column_stride, packed + k * stride + j, stride, width - j);
      }
    }
  }
  for (; k < depth; ++k) {
    const Real* const from = b.data + k * b.row_stride;
    Real* const to = packed + k * stride;
    for (Index j = 0; j < width; ++j) to[j] = from[j * b.column_stride];
    for (Index j = width; j < stride; ++j) to[j] = 0;
  }
}

}  // namespace

void small_product(const Product& product) {
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
  if (b_column != 1 || n % kLanes != 0) {
    sums.stride = whole_vectors(n);
    pack({.data = b.data, .row_stride = b_row, .column_stride = b_column}, product.k, n, packed.data(), sums.stride);
    from = packed.data();
  }
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): filled where it is read
  alignas(64) std::array<Real, kMostSide + kLanes> biases;
  if (sums.bias != nullptr && (is_column || n % kLanes != 0)) {
    for (Index j = 0; j < whole_vectors(n); ++j) {
      biases[static_cast<std::size_t>(j)] = sums.bias[is_column || j >= n ? 0 : j];
    }
    sums.bias = biases.data();
  }
  Real* c = product.c.data;
  while (n > 0) {
    const Index width = n < 2 * kLanes ? n : 2 * kLanes;
    kSumsOfColumns[width > kLanes ? 2 : 1](sums, a.data, from, m, product.c, c, width);
    from += width;
    if (sums.bias != nullptr) sums.bias += width;
    c += width;
    n -= width;
  }
}

}  // namespace athanor::kernels
