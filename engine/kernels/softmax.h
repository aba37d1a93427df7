// Softmax and cross-entropy over the last axis of a (rows, classes) matrix.
#pragma once

#include "engine/core/real.h"

namespace athanor::kernels {

/// out (rows, classes): exp(x - max) / sum, per row. `out` may be `x`.
void softmax(const Real* x, Real* out, Index rows, Index classes);

/// out (rows, classes): x - logsumexp(x), per row. `out` may be `x`.
void log_softmax(const Real* x, Real* out, Index rows, Index classes);

/// out (rows): sum_c target_c (logsumexp(logits) - logits_c), per row. Targets are (rows, classes).
void softmax_cross_entropy(const Real* logits, const Real* target, Real* out, Index rows, Index classes);

/// out (rows): sum_c target_c (log(target_c) - (logits_c - logsumexp(logits))), per row, with 0 log 0 = 0.
void kl_divergence(const Real* logits, const Real* target, Real* out, Index rows, Index classes);

}  // namespace athanor::kernels
