#include "engine/core/random.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numeric>
#include <vector>

using namespace athanor;

TEST_CASE("Philox gives the published known answers") {
  // From the authors' Random123 distribution, kat_vectors, philox4x32 with 10 rounds.
  CHECK(philox({0, 0, 0, 0}, {0, 0}) == RandomBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
        RandomBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        RandomBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("streams, indices and seeds give different sequences; the same ones give the same") {
  const auto first = [](std::uint32_t seed, Stream stream, std::uint64_t index) {
    Random random(seed, stream, index);
    std::vector<std::uint32_t> words;
    for (int i = 0; i < 9; ++i) words.push_back(random.next());
    return words;
  };
  const auto base = first(1, Stream::kInit, 0);
  CHECK(first(1, Stream::kInit, 0) == base);
  CHECK(first(2, Stream::kInit, 0) != base);
  CHECK(first(1, Stream::kShuffle, 0) != base);
  CHECK(first(1, Stream::kInit, 1) != base);
  CHECK(first(1, Stream::kInit, std::uint64_t{1} << 32U) != base);
}

TEST_CASE("uniform numbers fill [0, 1) evenly") {
  Random random(3, Stream::kGenerate);
  std::vector<int> bins(10, 0);
  for (int i = 0; i < 100000; ++i) {
    const Real value = random.uniform();
    REQUIRE(value >= 0);
    REQUIRE(value < 1);
    ++bins[static_cast<std::size_t>(value * 10)];
  }
  for (const int count : bins) CHECK(std::abs(count - 10000) < 400);
}

TEST_CASE("normal numbers have mean 0, variance 1 and the tails of the bell curve") {
  Random random(4, Stream::kGenerate);
  constexpr int kCount = 200000;
  double sum = 0;
  double squares = 0;
  int beyond_two = 0;
  for (int i = 0; i < kCount; ++i) {
    const auto value = static_cast<double>(random.normal());
    sum += value;
    squares += value * value;
    beyond_two += std::abs(value) > 2 ? 1 : 0;
  }
  CHECK(std::abs(sum / kCount) < 0.01);
  CHECK(std::abs(squares / kCount - 1) < 0.01);
  CHECK(std::abs(beyond_two / static_cast<double>(kCount) - 0.0455) < 0.002);
}

TEST_CASE("bounded numbers are even, also where the bound divides nothing") {
  Random random(5, Stream::kGenerate);
  std::vector<int> bins(7, 0);
  for (int i = 0; i < 70000; ++i) ++bins[random.below(7)];
  for (const int count : bins) CHECK(std::abs(count - 10000) < 400);
  CHECK(random.below(1) == 0);
}

TEST_CASE("a shuffle is a permutation, and every position is reached") {
  std::vector<int> landed(5, 0);
  for (std::uint32_t seed = 0; seed < 5000; ++seed) {
    std::vector<std::int32_t> values(5);
    std::iota(values.begin(), values.end(), 0);
    Random(seed, Stream::kShuffle).shuffle(values);
    ++landed[static_cast<std::size_t>(std::find(values.begin(), values.end(), 0) - values.begin())];
    std::sort(values.begin(), values.end());
    for (std::int32_t i = 0; i < 5; ++i) REQUIRE(values[static_cast<std::size_t>(i)] == i);
  }
  for (const int count : landed) CHECK(std::abs(count - 1000) < 120);
}

TEST_CASE("whole numbers below a limit are equally likely, also where the limit divides nothing evenly") {
  // Without rejection every third value would come twice as often as each of the others.
  constexpr std::uint32_t kLimit = 3U << 30U;
  Random random(6, Stream::kGenerate);
  std::vector<int> counts(3, 0);
  for (int i = 0; i < 30000; ++i) {
    const std::uint32_t value = random.below(kLimit);
    REQUIRE(value < kLimit);
    ++counts[value % 3];
  }
  for (const int count : counts) CHECK(std::abs(count - 10000) < 400);
}
