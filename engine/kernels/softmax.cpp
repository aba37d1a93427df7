// Several rows at a time, one in each lane: classes may be two, which would leave most of a vector empty. Sums run in
// the order of the classes, so a row's bits depend on nothing but the row.
#include "engine/kernels/softmax.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/kernels/simd_math.h"

namespace athanor::kernels {
namespace {

using simd::kLanes;
using simd::Vector;

/// As many rows as a vector has lanes, or those that are left: the last then stands in several lanes.
class Rows {
 public:
  Rows(Index first, Index rows, Index classes) : first_(first * classes), count_(std::min(kLanes, rows - first)) {
    for (Index i = 0; i < kLanes; ++i) offsets_[static_cast<std::size_t>(i)] = std::min(i, count_ - 1) * classes;
  }

  [[nodiscard]] Index count() const { return count_; }

  /// One class of each row.
  [[nodiscard]] Vector at(const Real* x, Index c) const {
    Vector v{};
    for (Index i = 0; i < kLanes; ++i) v[i] = x[first_ + offsets_[static_cast<std::size_t>(i)] + c];
    return v;
  }

  void put(Real* out, Index c, Vector v) const {
    for (Index i = 0; i < count_; ++i) out[first_ + offsets_[static_cast<std::size_t>(i)] + c] = v[i];
  }

 private:
  Index first_;
  Index count_;
  std::array<Index, kLanes> offsets_{};
};

/// What a softmax is made of: the largest of each row, and the sum of exp(x - largest), whose terms cannot overflow and
/// one of which is 1.
struct Sums {
  Vector largest;
  Vector sum_exp;

  /// log(sum(exp(x - largest))): largest + this is the row's log-sum-exp.
  [[nodiscard]] Vector log_sum_exp() const { return simd::log(sum_exp); }
};

/// The terms go to `terms`, if there is such.
Sums sums_of(const Rows& rows, const Real* x, Index classes, Real* terms) {
  // Where a number is undefined any may be the largest: the exponential of the undefined one shows it.
  Vector largest = rows.at(x, 0);
  for (Index c = 1; c < classes; ++c) largest = simd::at_least(largest, rows.at(x, c));
  Vector sum_exp{};
  for (Index c = 0; c < classes; ++c) {
    const Vector term = simd::exp(rows.at(x, c) - largest);
    sum_exp += term;
    if (terms != nullptr) rows.put(terms, c, term);
  }
  return {.largest = largest, .sum_exp = sum_exp};
}

}  // namespace

void softmax(const Real* x, Real* out, Index rows, Index classes) {
  for (Index r = 0; r < rows; r += kLanes) {
    const Rows group(r, rows, classes);
    const Vector factor = 1 / sums_of(group, x, classes, out).sum_exp;
    for (Index c = 0; c < classes; ++c) group.put(out, c, group.at(out, c) * factor);
  }
}

void log_softmax(const Real* x, Real* out, Index rows, Index classes) {
  for (Index r = 0; r < rows; r += kLanes) {
    const Rows group(r, rows, classes);
    const Sums sums = sums_of(group, x, classes, nullptr);
    const Vector log_sum_exp = sums.log_sum_exp();
    // In this order: where the largest is huge, adding log_sum_exp to it would lose it.
    for (Index c = 0; c < classes; ++c) group.put(out, c, (group.at(x, c) - sums.largest) - log_sum_exp);
  }
}

void softmax_cross_entropy(const Real* logits, const Real* target, Real* out, Index rows, Index classes) {
  for (Index r = 0; r < rows; r += kLanes) {
    const Rows group(r, rows, classes);
    const Sums sums = sums_of(group, logits, classes, nullptr);
    const Vector log_sum_exp = sums.log_sum_exp();
    Vector loss{};
    // The large parts first: what a confident right answer comes to would be lost between them.
    for (Index c = 0; c < classes; ++c) {
      loss += group.at(target, c) * (log_sum_exp + (sums.largest - group.at(logits, c)));
    }
    for (Index i = 0; i < group.count(); ++i) out[r + i] = loss[i];
  }
}

void kl_divergence(const Real* logits, const Real* target, Real* out, Index rows, Index classes) {
  for (Index r = 0; r < rows; r += kLanes) {
    const Rows group(r, rows, classes);
    const Sums sums = sums_of(group, logits, classes, nullptr);
    const Vector log_sum_exp = sums.log_sum_exp();
    for (Index i = 0; i < group.count(); ++i) {
      const Index at = (r + i) * classes;
      Real loss = 0;
      for (Index c = 0; c < classes; ++c) {
        const Real share = target[at + c];
        if (share == 0) continue;
        loss += share * (std::log(share) - ((logits[at + c] - sums.largest[i]) - log_sum_exp[i]));
      }
      out[r + i] = loss;
    }
  }
}

}  // namespace athanor::kernels
