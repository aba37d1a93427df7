#include "engine/kernels/softmax.h"

#include <algorithm>
#include <cmath>

namespace athanor::kernels {

void softmax(const Real* x, Real* out, Index rows, Index classes) {
  for (Index r = 0; r < rows; ++r, x += classes, out += classes) {
    const Real largest = *std::max_element(x, x + classes);  // exp never overflows: its argument is at most 0
    Real sum = 0;
    for (Index c = 0; c < classes; ++c) {
      out[c] = std::exp(x[c] - largest);
      sum += out[c];
    }
    const Real factor = Real{1} / sum;
    for (Index c = 0; c < classes; ++c) out[c] *= factor;
  }
}

void log_softmax(const Real* x, Real* out, Index rows, Index classes) {
  for (Index r = 0; r < rows; ++r, x += classes, out += classes) {
    const Real largest = *std::max_element(x, x + classes);
    Real sum = 0;
    for (Index c = 0; c < classes; ++c) sum += std::exp(x[c] - largest);
    const Real log_sum = std::log(sum);
    // In this order: where the largest is huge, adding log(sum) to it would lose it.
    for (Index c = 0; c < classes; ++c) out[c] = (x[c] - largest) - log_sum;
  }
}

void softmax_cross_entropy(const Real* logits, const Real* target, Real* out, Index rows, Index classes) {
  for (Index r = 0; r < rows; ++r, logits += classes, target += classes) {
    const Real largest = *std::max_element(logits, logits + classes);
    Real sum = 0;
    for (Index c = 0; c < classes; ++c) sum += std::exp(logits[c] - largest);
    const Real log_sum = largest + std::log(sum);
    Real loss = 0;
    for (Index c = 0; c < classes; ++c) loss += target[c] * (log_sum - logits[c]);
    out[r] = loss;
  }
}

void kl_divergence(const Real* logits, const Real* target, Real* out, Index rows, Index classes) {
  for (Index r = 0; r < rows; ++r, logits += classes, target += classes) {
    const Real largest = *std::max_element(logits, logits + classes);
    Real sum = 0;
    for (Index c = 0; c < classes; ++c) sum += std::exp(logits[c] - largest);
    const Real log_sum = std::log(sum);
    Real loss = 0;
    for (Index c = 0; c < classes; ++c) {
      if (target[c] == 0) continue;
      loss += target[c] * (std::log(target[c]) - ((logits[c] - largest) - log_sum));
    }
    out[r] = loss;
  }
}

}  // namespace athanor::kernels
