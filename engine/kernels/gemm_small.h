// Products so small that the panels and tiles of gemm.cpp take longer than the sums: those of a network with a handful
// of neurons, and single columns.
#pragma once

#include "engine/kernels/gemm_product.h"

namespace athanor::kernels {

inline constexpr Index kMostProducts = 2048;
inline constexpr Index kMostSide = 64;  // keeps products of three within an Index

/// Whether small_product() is to do (m, k) times (k, n).
inline bool is_small(Index m, Index n, Index k) {
  return m <= kMostSide && n <= kMostSide && k <= kMostSide && m * n * k <= kMostProducts;
}

/// What gemm() does, to the bit. What is to be packed of b, or of a where b has one column, goes to the stack.
void small_product(const Product& product);

}  // namespace athanor::kernels
