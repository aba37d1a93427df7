// The order in which an epoch visits the training rows, and its division into batches.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/real.h"

namespace athanor {

/// kShuffle: every row once. kReplacement: each place draws any row, so that an epoch is a bootstrap sample. kBalanced:
/// each class that occurs gets the same number of places (differing by at most one, which class gets more being drawn),
/// filled with rows of that class with replacement: a rare class is seen as often as a common one.
enum class Sampling : std::uint8_t { kShuffle, kReplacement, kBalanced };
inline constexpr std::array<std::string_view, 3> kSamplingNames{"shuffle", "replacement", "balanced"};

/// The order of one epoch is a pure function of (seed, epoch): going back to an epoch needs no state. All memory is
/// taken at the beginning.
class BatchOrder {
 public:
  /// `labels` is (rows), positions from 0; only kBalanced looks at their values. kBadInput at "batches" without rows,
  /// with more than 2^31 - 1 of them, for a label below 0 or not below kMaxClasses, or a batch size below 1.
  BatchOrder(Sampling sampling, std::span<const std::int32_t> labels, Index batch_rows, std::uint32_t seed);

  /// Draws the order of an epoch and returns it: (rows) positions of rows, as many as there are rows. Valid until the
  /// next call.
  std::span<const std::int32_t> begin_epoch(std::uint64_t epoch);

  [[nodiscard]] Index batch_count() const;
  /// The rows of one batch of the epoch begun last, 0 <= index < batch_count(); the last one may be smaller.
  [[nodiscard]] std::span<const std::int32_t> batch(Index index) const;

 private:
  void draw_balanced(std::uint64_t epoch);

  Sampling sampling_;
  Index batch_rows_;
  std::uint32_t seed_;
  std::vector<std::int32_t> order_;       // (rows)
  std::vector<std::int32_t> by_class_;    // (rows), rows of the first class that occurs, of the second, …
  std::vector<std::size_t> class_begin_;  // (classes that occur + 1), places in by_class_
};

}  // namespace athanor
