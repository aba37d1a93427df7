#include "engine/core/random.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

namespace athanor {

namespace {

constexpr std::uint32_t kMultiplier0 = 0xD2511F53U;
constexpr std::uint32_t kMultiplier1 = 0xCD9E8D57U;
constexpr int kRounds = 10;

/// What is added to the key after each round.
constexpr std::uint32_t kWeyl0 = 0x9E3779B9U;
constexpr std::uint32_t kWeyl1 = 0xBB67AE85U;

struct Key {
  std::uint32_t first;
  std::uint32_t second;
};

/// One round.
RandomBlock mixed(const RandomBlock& counter, Key key) {
  const std::uint64_t product0 = std::uint64_t{kMultiplier0} * counter[0];
  const std::uint64_t product1 = std::uint64_t{kMultiplier1} * counter[2];
  return {static_cast<std::uint32_t>(product1 >> 32U) ^ counter[1] ^ key.first, static_cast<std::uint32_t>(product1),
          static_cast<std::uint32_t>(product0 >> 32U) ^ counter[3] ^ key.second, static_cast<std::uint32_t>(product0)};
}

template <std::size_t Count>
void mix(std::array<RandomBlock, Count>& blocks, std::array<std::uint32_t, 2> words) {
  Key key{.first = words[0], .second = words[1]};
  for (int round = 0; round < kRounds; ++round) {
    for (RandomBlock& block : blocks) block = mixed(block, key);
    key = {.first = key.first + kWeyl0, .second = key.second + kWeyl1};
  }
}

#ifdef __wasm_simd128__

/// The upper and the lower halves of the products of four numbers with one.
struct Products {
  v128_t upper;
  v128_t lower;
};

Products products_of(v128_t numbers, std::uint32_t factor) {
  const v128_t factors = wasm_u32x4_splat(factor);
  const v128_t first = wasm_u64x2_extmul_low_u32x4(numbers, factors);
  const v128_t second = wasm_u64x2_extmul_high_u32x4(numbers, factors);
  return {.upper = wasm_i32x4_shuffle(first, second, 1, 3, 5, 7),
          .lower = wasm_i32x4_shuffle(first, second, 0, 2, 4, 6)};
}

/// The same for four blocks whose counters follow one another, Groups times: word i of each in vector i. LLVM by itself
/// multiplies whole 64 bits.
template <std::size_t Groups>
void mix_next(RandomBlock counter, std::array<std::uint32_t, 2> words, std::uint32_t* out) {
  std::array<std::array<v128_t, 4>, Groups> groups;
  for (auto& group : groups) {
    for (std::size_t i = 0; i < 4; ++i) group[i] = wasm_u32x4_splat(counter[i]);
    group[0] = wasm_i32x4_add(group[0], wasm_u32x4_const(0, 1, 2, 3));
    counter[0] += 4;
  }
  v128_t first = wasm_u32x4_splat(words[0]);
  v128_t second = wasm_u32x4_splat(words[1]);
  for (int round = 0; round < kRounds; ++round) {
    for (auto& group : groups) {
      const Products product0 = products_of(group[0], kMultiplier0);
      const Products product1 = products_of(group[2], kMultiplier1);
      group = {wasm_v128_xor(product1.upper, wasm_v128_xor(group[1], first)), product1.lower,
               wasm_v128_xor(product0.upper, wasm_v128_xor(group[3], second)), product0.lower};
    }
    first = wasm_i32x4_add(first, wasm_u32x4_const_splat(kWeyl0));
    second = wasm_i32x4_add(second, wasm_u32x4_const_splat(kWeyl1));
  }
  for (const auto& group : groups) {
    const v128_t low_01 = wasm_i32x4_shuffle(group[0], group[1], 0, 4, 1, 5);
    const v128_t low_23 = wasm_i32x4_shuffle(group[2], group[3], 0, 4, 1, 5);
    const v128_t high_01 = wasm_i32x4_shuffle(group[0], group[1], 2, 6, 3, 7);
    const v128_t high_23 = wasm_i32x4_shuffle(group[2], group[3], 2, 6, 3, 7);
    wasm_v128_store(out, wasm_i64x2_shuffle(low_01, low_23, 0, 2));
    wasm_v128_store(out + 4, wasm_i64x2_shuffle(low_01, low_23, 1, 3));
    wasm_v128_store(out + 8, wasm_i64x2_shuffle(high_01, high_23, 0, 2));
    wasm_v128_store(out + 12, wasm_i64x2_shuffle(high_01, high_23, 1, 3));
    out += 16;
  }
}

#endif

}  // namespace

RandomBlock philox(RandomBlock counter, std::array<std::uint32_t, 2> key) {
  std::array<RandomBlock, 1> blocks{counter};
  mix(blocks, key);
  return blocks[0];
}

Random::Random(std::uint32_t seed, Stream stream, std::uint64_t index)
    : key_{seed, static_cast<std::uint32_t>(stream)},
      counter_{0, 0, static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32U)} {}

[[gnu::noinline]] void Random::refill() {
  const auto skip_blocks = [this](std::uint32_t count) {
    counter_[0] += count;
    if (counter_[0] < count) ++counter_[1];
  };
#ifdef __wasm_simd128__
  // 2^32 is a multiple of what is made at once, so that the lowest word of a counter overflows between two calls alone.
  mix_next<kBlocks / 4>(counter_, key_, words_.data());
  skip_blocks(kBlocks);
#else
  auto* to = words_.data();
  for (std::size_t made = 0; made < kBlocks; made += 4) {
    std::array<RandomBlock, 4> blocks{};
    for (RandomBlock& block : blocks) {
      block = counter_;
      skip_blocks(1);
    }
    mix(blocks, key_);
    for (const RandomBlock& block : blocks) to = std::copy(block.begin(), block.end(), to);
  }
#endif
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
