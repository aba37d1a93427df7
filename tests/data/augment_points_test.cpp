#include "engine/data/augment_points.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "engine/data/generators.h"
#include "engine/data/split.h"
#include "tests/support/refusals.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

using Reals = std::vector<Real>;
constexpr Real kMissing = std::numeric_limits<Real>::quiet_NaN();

/// Four corners around (10, 20), six wide and two high.
Dataset corners() {
  Dataset data;
  data.columns = {"x", "y"};
  data.classes = {"a", "b"};
  data.append(Reals{7, 19}, 0);
  data.append(Reals{13, 19}, 1);
  data.append(Reals{7, 21}, 0);
  data.append(Reals{13, 21}, 1);
  return data;
}

struct From {
  double x;
  double y;
  [[nodiscard]] double radius() const { return std::hypot(x, y); }
};

From from_middle(const Dataset& data, Index i) {
  return {static_cast<double>(data.row(i)[0]) - 10, static_cast<double>(data.row(i)[1]) - 20};
}

using Augment = std::function<AugmentReport(Dataset&, Index, double, std::uint32_t)>;

struct Case {
  const char* place;
  Augment add;
  double too_much;
  const char* max;
};

std::vector<Case> cases() {
  const auto of_all = [](auto add) {
    return [add](Dataset& data, Index copies, double amount, std::uint32_t seed) {
      return add(data, copies, amount, seed, {});
    };
  };
  return {{"augment.rotation", of_all(add_rotated_copies), 181, "180"},
          {"augment.scaling", of_all(add_scaled_copies), 1, "0.9"},
          {"augment.shift", of_all(add_shifted_copies), 4, "3"}};
}

}  // namespace

TEST_CASE("moved copies keep class and origin, leave the originals alone and are told in the report") {
  for (const Case& one : cases()) {
    INFO(one.place);
    Dataset data = corners();
    const AugmentReport report = one.add(data, 3, 0.5, 9);
    REQUIRE(report.added == 12);
    REQUIRE(data.rows() == 16);
    CHECK(std::equal(data.features.begin(), data.features.begin() + 8, corners().features.begin()));
    double sum = 0;
    double most = 0;
    for (Index i = 4; i < 16; ++i) {
      const auto at = static_cast<std::size_t>(i);
      CHECK(data.labels[at] == data.labels[at % 4]);
      CHECK(data.origins[at] == static_cast<std::int32_t>(at % 4));
      CHECK(data.is_copy[at] == 1);
      const double move = std::hypot(from_middle(data, i).x - from_middle(data, i % 4).x,
                                     from_middle(data, i).y - from_middle(data, i % 4).y);
      sum += move;
      most = std::max(most, move);
    }
    CHECK(most > 0);
    CHECK(std::abs(report.mean_move - sum / 12) < 1e-5);
    CHECK(std::abs(report.largest_move - most) < 1e-5);
  }
}

TEST_CASE("moved copies depend on the seed alone; a setting of 0 moves nothing; no copies change nothing") {
  for (const Case& one : cases()) {
    INFO(one.place);
    Dataset first = corners();
    Dataset same = corners();
    Dataset other = corners();
    Dataset still = corners();
    (void)one.add(first, 2, 0.7, 1);
    (void)one.add(same, 2, 0.7, 1);
    (void)one.add(other, 2, 0.7, 2);
    CHECK(first.features == same.features);
    CHECK(first.features != other.features);
    CHECK(one.add(still, 1, 0, 1).largest_move == 0);
    CHECK(one.add(still, 0, 0.5, 1).added == 0);
    CHECK(still.rows() == 8);
    Dataset empty = corners();
    empty.keep({false, false, false, false});
    CHECK(one.add(empty, 2, 0.5, 1).added == 0);
  }
}

TEST_CASE("rotated copies stay as far from the middle, turned by up to the angle to both sides") {
  Dataset data = corners();
  (void)add_rotated_copies(data, 10, 30, 5);
  double least = 0;
  double most = 0;
  for (Index i = 4; i < data.rows(); ++i) {
    const From from = from_middle(data, i % 4);
    const From to = from_middle(data, i);
    CHECK(std::abs(to.radius() - from.radius()) < 1e-5);
    const double turn = std::remainder(std::atan2(to.y, to.x) - std::atan2(from.y, from.x), 2 * std::acos(-1.0));
    least = std::min(least, turn);
    most = std::max(most, turn);
  }
  CHECK(least > -0.5237);
  CHECK(least < -0.35);
  CHECK(most < 0.5237);
  CHECK(most > 0.35);
}

TEST_CASE("scaled copies keep their direction from the middle, shifted ones move each column in proportion") {
  Dataset scaled = corners();
  (void)add_scaled_copies(scaled, 10, 0.2, 5);
  Dataset shifted = corners();
  (void)add_shifted_copies(shifted, 10, 0.5, 5);
  for (Index i = 4; i < scaled.rows(); ++i) {
    const From from = from_middle(scaled, i % 4);
    const From to = from_middle(scaled, i);
    CHECK(std::abs(to.x * from.y - to.y * from.x) < 1e-4);
    CHECK(std::abs(to.radius() / from.radius() - 1) < 0.201);
    // Deviations of 3 and 1.
    CHECK(std::abs(from_middle(shifted, i).x - from.x) <= 1.50001);
    CHECK(std::abs(from_middle(shifted, i).y - from.y) <= 0.50001);
  }
}

TEST_CASE("flipped copies are mirrored at the middle") {
  Dataset data = corners();
  CHECK(add_flipped_copies(data, Flip::kLeftRight).mean_move == 6);
  CHECK(Reals(data.features.begin() + 8, data.features.end()) == Reals{13, 19, 7, 19, 13, 21, 7, 21});
  // Copies are not copied again, and the middle stays that of the originals.
  CHECK(add_flipped_copies(data, Flip::kUpDown).added == 4);
  CHECK(Reals(data.features.begin() + 16, data.features.end()) == Reals{7, 21, 13, 21, 7, 19, 13, 19});
  CHECK(add_flipped_copies(data, Flip::kBoth).added == 4);
  CHECK(Reals(data.features.begin() + 24, data.features.end()) == Reals{13, 21, 7, 21, 13, 19, 7, 19});
}

TEST_CASE("missing values stay missing and spoil no other row") {
  for (const Case& one : cases()) {
    INFO(one.place);
    Dataset data = corners();
    data.append(Reals{kMissing, 20}, 1);
    const AugmentReport report = one.add(data, 1, 0.5, 1);
    CHECK(std::isfinite(report.mean_move));
    for (Index i = 5; i < 10; ++i) {
      CHECK(std::isnan(data.row(i)[0]) == (i == 9));
      CHECK_FALSE(std::isnan(data.row(i)[1]));
    }
  }
}

TEST_CASE("mixed copies lie between their two rows, nearer to the one whose class they have") {
  Dataset data = generate({.generator = Generator::kBlobs, .samples = 40, .classes = 3, .seed = 2});
  const std::vector<std::int32_t> rows{0, 3, 4, 8, 9};
  const MixReport report = add_mixed_copies(data, rows, 10, 0.4, 6);
  REQUIRE(report.mixes.size() == 50);
  REQUIRE(data.rows() == 90);
  CHECK(report.moves.added == 50);
  for (std::size_t m = 0; m < 50; ++m) {
    const Mix& mix = report.mixes[m];
    CHECK(mix.row == rows[m % 5]);
    CHECK(std::find(rows.begin(), rows.end(), mix.partner) != rows.end());
    CHECK(mix.share >= 0.5);
    CHECK(mix.share <= 1);
    const auto at = static_cast<Index>(40 + m);
    CHECK(data.labels[40 + m] == data.labels[static_cast<std::size_t>(mix.row)]);
    CHECK(data.origins[40 + m] == mix.row);
    CHECK(data.is_copy[40 + m] == 1);
    for (const std::size_t c : {0U, 1U}) {
      const double expected = mix.share * static_cast<double>(data.row(mix.row)[c]) +
                              (1 - mix.share) * static_cast<double>(data.row(mix.partner)[c]);
      CHECK(std::abs(static_cast<double>(data.row(at)[c]) - expected) < 1e-6);
    }
  }
}

TEST_CASE("mixing mixes the values of regression, and alpha 1 draws shares evenly, a small one near the ends") {
  Dataset data = generate({.generator = Generator::kPlane, .samples = 500, .noise = 0, .seed = 2});
  std::vector<std::int32_t> rows(500);
  std::iota(rows.begin(), rows.end(), 0);
  const auto mean_share = [&](double alpha) {
    Dataset copy = data;
    const MixReport report = add_mixed_copies(copy, rows, 2, alpha, 6);
    double sum = 0;
    for (std::size_t m = 0; m < report.mixes.size(); ++m) {
      const auto at = static_cast<Index>(500 + m);
      // A plane's value at a mixed point is the mixed value.
      const double expected = (2 * static_cast<double>(copy.row(at)[0]) + static_cast<double>(copy.row(at)[1])) / 3;
      CHECK(std::abs(static_cast<double>(copy.values[500 + m]) - expected) < 1e-6);
      sum += report.mixes[m].share;
    }
    return sum / 1000;
  };
  CHECK(std::abs(mean_share(1) - 0.75) < 0.015);
  CHECK(mean_share(0.05) > 0.95);
}

TEST_CASE("copies of held-out rows are dropped by the split, however they were made") {
  Dataset data = generate({.generator = Generator::kMoons, .samples = 100, .seed = 2});
  (void)add_rotated_copies(data, 1, 20, 1);
  (void)add_flipped_copies(data, Flip::kLeftRight);
  const Split parts = split(data, {.seed = 1});
  CHECK(parts.train.size() == 180);
  CHECK(parts.copies_dropped == 80);
}

TEST_CASE("augmenting refuses other widths, too many copies and settings out of range") {
  for (const Case& one : cases()) {
    Dataset data = corners();
    check_refusal([&] { (void)one.add(data, 1, one.too_much, 1); }, ErrorCode::kOutOfRange, one.place,
                  {{"path", one.place}, {"value", number_text(one.too_much)}, {"min", "0"}, {"max", one.max}});
    check_refusal([&] { (void)one.add(data, 11, 0.1, 1); }, ErrorCode::kOutOfRange, "augment.copies",
                  {{"path", "augment.copies"}, {"value", "11"}, {"min", "0"}, {"max", "10"}});
    data.columns = {"x"};
    check_refusal([&] { (void)one.add(data, 1, 0.1, 1); }, ErrorCode::kBadInput, "augment",
                  {{"what", "the number of columns"}, {"value", "1"}, {"expected", "2"}});
    CHECK(data.rows() == 4);
  }
  Dataset data = corners();
  const std::vector<std::int32_t> rows{0, 4};
  check_refusal([&] { (void)add_mixed_copies(data, rows, 1, 0.4, 1); }, ErrorCode::kOutOfRange, "augment.rows",
                {{"path", "augment.rows"}, {"value", "4"}, {"min", "0"}, {"max", "3"}});
  check_refusal([&] { (void)add_mixed_copies(data, {}, 1, 2, 1); }, ErrorCode::kOutOfRange, "augment.mixing",
                {{"path", "augment.mixing"}, {"value", "2"}, {"min", "0.05"}, {"max", "1"}});
  CHECK(add_mixed_copies(data, {}, 1, 0.4, 1).mixes.empty());
}
