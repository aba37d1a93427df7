#include "engine/data/batches.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <numeric>
#include <set>

#include "engine/core/random.h"
#include "engine/data/dataset.h"
#include "tests/support/allocations.h"
#include "tests/support/refusals.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

using Rows = std::vector<std::int32_t>;

Rows order_of(BatchOrder& order, std::uint64_t epoch) {
  const std::span<const std::int32_t> rows = order.begin_epoch(epoch);
  return {rows.begin(), rows.end()};
}

/// 90 rows of class 0, 8 of class 3, 2 of class 7; the classes between do not occur.
Rows rare_classes() {
  Rows labels(100, 0);
  std::fill_n(labels.begin() + 90, 8, 3);
  std::fill_n(labels.begin() + 98, 2, 7);
  return labels;
}

void check_bad(Sampling sampling, const Rows& labels, Index batch_rows, const ErrorParams& params) {
  check_refusal([&] { const BatchOrder order(sampling, labels, batch_rows, 1); }, ErrorCode::kBadInput, "batches",
                params);
}

}  // namespace

TEST_CASE("batches: without replacement the order is the shuffle of (seed, epoch), bit for bit") {
  BatchOrder order(Sampling::kShuffle, Rows(257, 0), 16, 7);
  for (const std::uint64_t epoch : {0ULL, 1ULL, 2ULL, 5'000'000'000ULL}) {
    Rows expected(257);
    std::iota(expected.begin(), expected.end(), 0);
    Random(7, Stream::kShuffle, epoch).shuffle(expected);
    CHECK(order_of(order, epoch) == expected);
  }
}

TEST_CASE("batches: every way of sampling depends on seed and epoch alone, not on what was drawn before") {
  for (const Sampling sampling : {Sampling::kShuffle, Sampling::kReplacement, Sampling::kBalanced}) {
    INFO(kSamplingNames[static_cast<std::size_t>(sampling)]);
    BatchOrder one(sampling, rare_classes(), 16, 3);
    BatchOrder other(sampling, rare_classes(), 16, 3);
    BatchOrder reseeded(sampling, rare_classes(), 16, 4);
    const Rows fourth = order_of(one, 4);
    (void)other.begin_epoch(0);
    (void)other.begin_epoch(9);
    CHECK(order_of(other, 4) == fourth);
    CHECK(order_of(other, 5) != fourth);
    CHECK(order_of(reseeded, 4) != fourth);
  }
}

TEST_CASE("batches: with replacement about 1 - 1/e of the rows are seen in an epoch") {
  BatchOrder order(Sampling::kReplacement, Rows(10000, 0), 16, 3);
  const Rows rows = order_of(order, 1);
  REQUIRE(rows.size() == 10000);
  const std::set<std::int32_t> seen(rows.begin(), rows.end());
  CHECK(*seen.begin() >= 0);
  CHECK(*seen.rbegin() < 10000);
  CHECK(std::abs(static_cast<double>(seen.size()) / 10000 - 0.632) < 0.015);
}

TEST_CASE("batches: balanced sampling gives every class that occurs the same share, and all its rows their turn") {
  const Rows labels = rare_classes();
  BatchOrder order(Sampling::kBalanced, labels, 16, 3);
  std::set<std::int32_t> seen;
  std::set<std::int32_t> given_more;
  for (std::uint64_t epoch = 0; epoch < 40; ++epoch) {
    std::vector<int> counts(8, 0);
    for (const std::int32_t row : order_of(order, epoch)) {
      ++counts.at(static_cast<std::size_t>(labels.at(static_cast<std::size_t>(row))));
      seen.insert(row);
    }
    CHECK(counts[0] + counts[3] + counts[7] == 100);
    for (const int k : {0, 3, 7}) {
      const int count = counts[static_cast<std::size_t>(k)];
      CHECK((count == 33 || count == 34));
      if (count == 34) given_more.insert(k);
    }
  }
  CHECK(seen.size() == 100);
  CHECK(given_more.size() == 3);
}

TEST_CASE("batches: balanced places are mixed, not sorted by class") {
  BatchOrder order(Sampling::kBalanced, rare_classes(), 10, 3);
  int mixed = 0;
  for (std::uint64_t epoch = 0; epoch < 20; ++epoch) {
    (void)order.begin_epoch(epoch);
    for (Index i = 0; i < order.batch_count(); ++i) {
      const std::span<const std::int32_t> rows = order.batch(i);
      const auto common = std::count_if(rows.begin(), rows.end(), [](std::int32_t row) { return row < 90; });
      if (common > 0 && common < 10) ++mixed;
    }
  }
  // Ten places without any of the common third: 1.7 % of the batches.
  CHECK(mixed > 190);
}

TEST_CASE("batches: an epoch is cut into batches in order, the last one smaller when rows are left") {
  BatchOrder order(Sampling::kShuffle, Rows(10, 0), 4, 1);
  const Rows epoch = order_of(order, 0);
  REQUIRE(order.batch_count() == 3);
  Rows joined;
  for (Index i = 0; i < 3; ++i) {
    const std::span<const std::int32_t> rows = order.batch(i);
    CHECK(rows.size() == (i < 2 ? 4U : 2U));
    joined.insert(joined.end(), rows.begin(), rows.end());
  }
  CHECK(joined == epoch);
  BatchOrder large(Sampling::kShuffle, Rows(10, 0), 1000, 1);
  CHECK(large.batch_count() == 1);
  (void)large.begin_epoch(0);
  CHECK(large.batch(0).size() == 10);
  check_refusal([&] { (void)order.batch(3); }, ErrorCode::kInternal, "engine",
                {{"detail", "a batch lies within its epoch"}});
}

TEST_CASE("batches: nothing is allocated for an epoch") {
  for (const Sampling sampling : {Sampling::kShuffle, Sampling::kReplacement, Sampling::kBalanced}) {
    BatchOrder order(sampling, rare_classes(), 16, 3);
    const std::uint64_t before = allocation_count();
    for (std::uint64_t epoch = 0; epoch < 5; ++epoch) (void)order.begin_epoch(epoch);
    CHECK(allocation_count() == before);
  }
}

TEST_CASE("batches: no rows, no batch and labels that are no class are refused") {
  check_bad(Sampling::kShuffle, {}, 4,
            {{"what", "the number of rows"}, {"value", "0"}, {"expected", "1 to 2147483647"}});
  check_bad(Sampling::kShuffle, {0}, 0, {{"what", "the batch size"}, {"value", "0"}, {"expected", "at least 1"}});
  check_bad(Sampling::kBalanced, {0, -1}, 4, {{"what", "a label"}, {"value", "-1"}, {"expected", "0 to 19"}});
  check_bad(Sampling::kBalanced, {0, 20}, 4, {{"what", "a label"}, {"value", "20"}, {"expected", "0 to 19"}});
}
