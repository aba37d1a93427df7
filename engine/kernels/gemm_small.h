// Products so small that the panels and tiles of gemm.cpp take longer than the sums: those of a network with a handful
// of neurons, and single columns.
#pragma once

#include "engine/kernels/gemm_product.h"
#include "engine/kernels/simd.h"

namespace athanor::kernels {

inline constexpr Index kMostProducts = 2048;
inline constexpr Index kMostSide = 64;  // keeps products of three within an Index

/// Whether small_product() is to do (m, k) times (k, n).
inline bool is_small(Index m, Index n, Index k) {
  return m <= kMostSide && n <= kMostSide && k <= kMostSide && m * n * k <= kMostProducts;
}

/// What gemm() does, to the bit. What is to be packed of b, or of a where b has one column, goes to the stack.
void small_product(const Product& product);

// The same without a question, for calls whose shapes have been looked at before.

/// So many columns are made at a time, as many as the layers of small networks have: two vectors, or one where it has
/// eight lanes.
inline constexpr Index kColumnVectors = simd::kLanes >= 8 ? 1 : 2;
inline constexpr Index kColumns = kColumnVectors * simd::kLanes;

/// `rows` rows of a, `a_stride` apart, by rows of b, `b_stride` apart. Turned, rows of a are columns of what is stored:
/// they stand side by side, and their numbers are `a_stride` apart.
struct SmallProduct {
  const Real* a;
  Index a_stride;
  Index rows;
  const Real* b;
  Index b_stride;
  Index depth;
  /// A number for each column, or null.
  const Real* bias;
};

/// c (rows, n) = a b (+ bias), n a multiple of kColumns.
template <bool IsTurned>
void multiply_rows(const SmallProduct& product, Index n, Real* c, Index c_stride);

/// The same of a b that is stored transposed, its columns `b_stride` apart. `product` is changed.
void multiply_rows_by_transpose(SmallProduct& product, Index n, Real* c, Index c_stride);

/// c (rows) = a b (+ the first number of bias), where b has one column, whose numbers are `b_stride` apart; `rows` is
/// at least kLeastInColumn.
inline constexpr Index kLeastInColumn = 4;
void multiply_by_column(const SmallProduct& product, Real* c);

}  // namespace athanor::kernels
