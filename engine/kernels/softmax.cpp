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

/// What a softmax is made of: the largest of each row, and the sum of exp(x - largest), whose terms cannot overflow.
struct Sums {
  Vector largest;
  Vector sum;
};

/// The terms go to `terms`, if there is such.
Sums sums_of(const Rows& rows, const Real* x, Index classes, Real* terms) {
  // Where a number is undefined any may be the largest: the exponential of the undefined one shows it.
  Vector largest = rows.at(x, 0);
  for (Index c = 1; c < classes; ++c) largest = simd::at_least(largest, rows.at(x, c));
  Vector sum{};
  for (Index c = 0; c < classes; ++c) {
    const Vector term = simd::exp(rows.at(x, c) - largest);
    sum += term;
    if (terms != nullptr) rows.put(terms, c, term);
  }
  return {.largest = largest, .sum = sum};
}

}  // namespace

void softmax(const Real* x, Real* out, Index rows, Index classes) {
  for (Index r = 0; r < rows; r += kLanes) {
    const Rows group(r, rows, classes);
    const Vector factor = 1 / sums_of(group, x, classes, out).sum;
    for (Index c = 0; c < classes; ++c) group.put(out, c, group.at(out, c) * factor);
  }
}

void log_softmax(const Real* x, Real* out, Index rows, Index classes) {
  for (Index r = 0; r < rows; r += kLanes) {
    const Rows group(r, rows, classes);
    const Sums sums = sums_of(group, x, classes, nullptr);
    const Vector log_sum = simd::log_of_sum(sums.sum);
    // In this order: where the largest is huge, adding log(sum) to it would lose it.
    for (Index c = 0; c < classes; ++c) group.put(out, c, (group.at(x, c) - sums.largest) - log_sum);
  }
}

void softmax_cross_entropy(const Real* logits, const Real* target, Real* out, Index rows, Index classes) {
  for (Index r = 0; r < rows; r += kLanes) {
    const Rows group(r, rows, classes);
    const Sums sums = sums_of(group, logits, classes, nullptr);
    const Vector log_sum = simd::log_of_sum(sums.sum);
    Vector loss{};
    // The large parts first: what a confident right answer comes to would be lost between them.
    for (Index c = 0; c < classes; ++c) {
      loss += group.at(target, c) * (log_sum + (sums.largest - group.at(logits, c)));
    }
    for (Index i = 0; i < group.count(); ++i) out[r + i] = loss[i];
  }
}

void kl_divergence(const Real* logits, const Real* target, Real* out, Index rows, Index classes) {
  for (Index r = 0; r < rows; r += kLanes) {
    const Rows group(r, rows, classes);
    const Sums sums = sums_of(group, logits, classes, nullptr);
    const Vector log_sum = simd::log_of_sum(sums.sum);
    for (Index i = 0; i < group.count(); ++i) {
      const Index at = (r + i) * classes;
      Real loss = 0;
      for (Index c = 0; c < classes; ++c) {
        const Real share = target[at + c];
        if (share == 0) continue;
        loss += share * (std::log(share) - ((logits[at + c] - sums.largest[i]) - log_sum[i]));
      }
      out[r + i] = loss;
    }
  }
}

}  // namespace athanor::kernels
