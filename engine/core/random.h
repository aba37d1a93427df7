// Counter-based random numbers with named streams.
//
// Philox 4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011): a block of four
// 32-bit words is a pure function of (seed, stream, index, block number). Nothing is carried along, so the shuffle of
// epoch 7 or the dropout mask of step 900 is the same whatever ran before: restoring a run needs no generator state.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/core/real.h"

namespace athanor {

/// What random numbers are drawn for. Each has its own stream, so that more draws in one never move another.
enum class Stream : std::uint32_t {
  kGenerate = 1,
  kSplit = 2,
  kAugment = 3,
  kInit = 4,
  kShuffle = 5,
  kDropout = 6,
};

using RandomBlock = std::array<std::uint32_t, 4>;

/// The ten Philox rounds: four random words for one counter under one key.
[[nodiscard]] RandomBlock philox(RandomBlock counter, std::array<std::uint32_t, 2> key);

/// A uniform number in [0, 1) from the upper 24 bits, so that float and double builds draw the same values.
[[nodiscard]] inline Real unit_real(std::uint32_t word) {
  return static_cast<Real>(word >> 8U) * static_cast<Real>(1.0 / 16777216.0);
}

/// A sequence of numbers from one stream. `index` separates uses within a stream (epoch, step, tensor).
class Random {
 public:
  Random(std::uint32_t seed, Stream stream, std::uint64_t index = 0);

  std::uint32_t next() {
    if (used_ == words_.size()) refill();
    return words_[used_++];
  }
  /// Uniform in [0, 1).
  Real uniform() { return unit_real(next()); }
  /// Uniform in [low, high).
  Real uniform(Real low, Real high) { return low + (high - low) * uniform(); }
  /// Standard normal (Box–Muller; one value per two words, the second of the pair is kept).
  Real normal();
  /// Uniform whole number in [0, bound), without modulo bias (Lemire 2019). bound > 0.
  std::uint32_t below(std::uint32_t bound) {
    std::uint64_t product = static_cast<std::uint64_t>(next()) * bound;
    if (static_cast<std::uint32_t>(product) < bound) {
      const std::uint32_t threshold = (0U - bound) % bound;
      while (static_cast<std::uint32_t>(product) < threshold) product = static_cast<std::uint64_t>(next()) * bound;
    }
    return static_cast<std::uint32_t>(product >> 32U);
  }
  /// Fisher–Yates.
  void shuffle(std::span<std::int32_t> values);

 private:
  void refill();

  std::array<std::uint32_t, 2> key_;
  RandomBlock counter_;
  /// So many are made together, as none of them waits for another.
  static constexpr std::size_t kBlocks = 8;
  std::array<std::uint32_t, 4 * kBlocks> words_{};
  std::size_t used_ = 4 * kBlocks;
  Real spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace athanor
