// Parts of a piece of work are each done once, whoever does them.
#include "engine/core/threads.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/allocations.h"
#include "tests/support/with_threads.h"

using namespace athanor;
using namespace athanor::testing;

TEST_CASE("every part is done once, however many threads there are") {
  for (const int count : thread_counts()) {
    const WithThreads with(count);
    INFO(count << " threads");
    CHECK(threads::count() == count);
    for (const Index parts : {0, 1, 2, 3, 17, 1000}) {
      std::vector<int> done(static_cast<std::size_t>(parts), 0);
      for (int round = 0; round < 50; ++round) {
        threads::for_each_part(parts, [&done](Index part) { ++done[static_cast<std::size_t>(part)]; });
      }
      CHECK(done == std::vector<int>(static_cast<std::size_t>(parts), 50));
    }
  }
}

TEST_CASE("what was written before is seen in the parts, and what they write afterwards") {
  const WithThreads with(most_threads());
  std::vector<Index> numbers(64);
  for (Index round = 0; round < 2000; ++round) {
    std::iota(numbers.begin(), numbers.end(), round);
    threads::for_each_part(64, [&numbers](Index part) { numbers[static_cast<std::size_t>(part)] *= 2; });
    Index wrong = 0;
    for (Index i = 0; i < 64; ++i) wrong += numbers[static_cast<std::size_t>(i)] != 2 * (round + i);
    REQUIRE(wrong == 0);
  }
}

TEST_CASE("stretches make up the whole, none of them empty") {
  for (const Index size : {1, 2, 7, 64, 1000}) {
    for (Index parts = 1; parts <= std::min<Index>(size, 9); ++parts) {
      Index next = 0;
      threads::for_each_stretch(size, parts, [&](Index first, Index count) {
        CHECK(first == next);
        CHECK(count > 0);
        next = first + count;
      });
      CHECK(next == size);
    }
  }
}

TEST_CASE("what a part throws goes on from the one who asked, and the threads go on working") {
  const WithThreads with(most_threads());
  for (int round = 0; round < 100; ++round) {
    std::string what;
    try {
      threads::for_each_part(40, [](Index part) {
        if (part % 13 == 7) throw std::runtime_error(std::to_string(part));
      });
    } catch (const std::runtime_error& error) {
      what = error.what();
    }
    CHECK(what == "7");
    std::atomic<Index> sum{0};
    threads::for_each_part(40, [&sum](Index part) { sum += part; });
    CHECK(sum == 780);
  }
}

TEST_CASE("a part that divides its own work does it alone") {
  const WithThreads with(most_threads());
  std::atomic<Index> sum{0};
  threads::for_each_part(
      8, [&sum](Index outer) { threads::for_each_part(8, [&sum, outer](Index inner) { sum += outer * 8 + inner; }); });
  CHECK(sum == 2016);
}

TEST_CASE("dividing allocates nothing") {
  const WithThreads with(most_threads());
  std::atomic<Index> sum{0};
  const auto work = [&sum](Index part) { sum += part; };
  threads::for_each_part(8, work);
  const std::uint64_t before = allocation_count();
  for (int round = 0; round < 100; ++round) threads::for_each_part(8, work);
  CHECK(allocation_count() == before);
}

TEST_CASE("the number of threads keeps within what is possible") {
  {
    const WithThreads none(-3);
    CHECK(threads::count() == 1);
  }
  CHECK(threads::most() >= 1);
  CHECK(threads::most() <= threads::kMost);
  const WithThreads many(1000);
  CHECK(threads::count() <= threads::kMost);
}
