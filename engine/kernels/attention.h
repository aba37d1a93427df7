// Scaled dot-product attention of several heads (Vaswani et al., "Attention is all you need", 2017). The weights, of
// which there are queries x keys, are made a few rows at a time on the stack and again for the gradients (Dao et al.,
// "FlashAttention", 2022): they are never kept. No heap.
#pragma once

#include "engine/core/real.h"

namespace athanor::kernels {

/// Queries (B, Q, D) look at keys and values that lie side by side, (B, K, 2D): of each row the keys come first. Head h
/// has columns h D / heads on of each of the three.
struct Attention {
  Index batch = 0;
  Index queries = 0;
  Index keys = 0;
  Index width = 0;  // D
  Index heads = 1;
  /// Each query sees the keys up to its own place, counted from the end: with as many keys as queries, none of the
  /// future.
  bool causal = false;
};

inline constexpr Index kMostKeys = 4096;

/// out (B, Q, D) = softmax(q k^T / sqrt(D / heads)) v, head by head.
void attend(const Attention& shape, const Real* q, const Real* kv, Real* out);

/// From the gradient dy (B, Q, D) of the result: towards the queries, and towards keys and values.
void attend_back_queries(const Attention& shape, const Real* q, const Real* kv, const Real* dy, Real* dq);
void attend_back_keys(const Attention& shape, const Real* q, const Real* kv, const Real* dy, Real* dkv);

}  // namespace athanor::kernels
