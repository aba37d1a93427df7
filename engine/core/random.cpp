#include "engine/core/random.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace athanor {

namespace {

struct Key {
  std::uint32_t first;
  std::uint32_t second;
};

/// One of the ten rounds.
RandomBlock mixed(const RandomBlock& counter, Key key) {
  constexpr std::uint64_t kMultiplier0 = 0xD2511F53U;
  constexpr std::uint64_t kMultiplier1 = 0xCD9E8D57U;
  const std::uint64_t product0 = kMultiplier0 * counter[0];
  const std::uint64_t product1 = kMultiplier1 * counter[2];
  return {static_cast<std::uint32_t>(product1 >> 32U) ^ counter[1] ^ key.first, static_cast<std::uint32_t>(product1),
          static_cast<std::uint32_t>(product0 >> 32U) ^ counter[3] ^ key.second, static_cast<std::uint32_t>(product0)};
}

template <std::size_t Count>
void mix(std::array<RandomBlock, Count>& blocks, std::array<std::uint32_t, 2> words) {
  constexpr std::uint32_t kWeyl0 = 0x9E3779B9U;
  constexpr std::uint32_t kWeyl1 = 0xBB67AE85U;
  Key key{.first = words[0], .second = words[1]};
  for (int round = 0; round < 10; ++round) {
    for (RandomBlock& block : blocks) block = mixed(block, key);
    key = {.first = key.first + kWeyl0, .second = key.second + kWeyl1};
  }
}

}  // namespace

RandomBlock philox(RandomBlock counter, std::array<std::uint32_t, 2> key) {
  std::array<RandomBlock, 1> blocks{counter};
  mix(blocks, key);
  return blocks[0];
}

Random::Random(std::uint32_t seed, Stream stream, std::uint64_t index)
    : key_{seed, static_cast<std::uint32_t>(stream)},
      counter_{0, 0, static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32U)} {}

void Random::refill() {
  std::array<RandomBlock, 4> blocks{};
  for (RandomBlock& block : blocks) {
    block = counter_;
    if (++counter_[0] == 0) ++counter_[1];
  }
  mix(blocks, key_);
  auto* to = words_.data();
  for (const RandomBlock& block : blocks) to = std::copy(block.begin(), block.end(), to);
  used_ = 0;
}

Real Random::normal() {
  if (has_spare_) {
    has_spare_ = false;
    return spare_;
  }
  // 1 - u lies in (0, 1], so the logarithm is finite. Computed in double in both builds: the same values, rounded.
  const double radius = std::sqrt(-2.0 * std::log(1.0 - static_cast<double>(uniform())));
  const double angle = 2.0 * std::numbers::pi * static_cast<double>(uniform());
  spare_ = static_cast<Real>(radius * std::sin(angle));
  has_spare_ = true;
  return static_cast<Real>(radius * std::cos(angle));
}

void Random::shuffle(std::span<std::int32_t> values) {
  for (std::size_t left = values.size(); left > 1; --left) {
    std::swap(values[left - 1], values[below(static_cast<std::uint32_t>(left))]);
  }
}

}  // namespace athanor
