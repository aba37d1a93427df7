#include "engine/data/augment_points.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "engine/core/error.h"
#include "engine/core/random.h"

namespace athanor {
namespace {

/// Every kind of copy draws from a stream of its own: turning one on moves no other. Jittered copies have stream 0.
enum class Kind : std::uint32_t { kRotated = 1, kScaled, kShifted, kMixed };

Random random_of(std::uint32_t seed, Kind kind) { return {seed, Stream::kAugment, static_cast<std::uint32_t>(kind)}; }

struct Place {
  double x = 0;
  double y = 0;
};

void check_copies(Index copies) {
  check_range("augment.copies", static_cast<double>(copies), 0, static_cast<double>(kMaxCopies));
}

void check_points(const Dataset& data) {
  const bool is_plane = data.width() == 2 && data.groups.empty();
  if (is_plane) return;
  throw Error(ErrorCode::kBadInput, "augment",
              {{"what", "the number of columns"},
               {"value", data.groups.empty() ? std::to_string(data.width()) : "categorical"},
               {"expected", data.groups.empty() ? "2" : "2 numeric ones"}});
}

std::vector<std::int32_t> originals_of(const Dataset& data) {
  std::vector<std::int32_t> rows;
  for (std::size_t i = 0; i < data.is_copy.size(); ++i) {
    if (data.is_copy[i] == 0) rows.push_back(static_cast<std::int32_t>(i));
  }
  return rows;
}

struct ColumnMoments {
  double mean = 0;
  double deviation = 0;
};

ColumnMoments moments_of(const Dataset& data, std::span<const std::int32_t> rows, std::size_t column) {
  double count = 0;
  double sum = 0;
  for (const std::int32_t i : rows) {
    const auto x = static_cast<double>(data.row(i)[column]);
    if (std::isnan(x)) continue;
    sum += x;
    ++count;
  }
  if (count == 0) return {};
  const double mean = sum / count;
  double squares = 0;
  for (const std::int32_t i : rows) {
    const auto x = static_cast<double>(data.row(i)[column]);
    if (!std::isnan(x)) squares += (x - mean) * (x - mean);
  }
  return {.mean = mean, .deviation = std::sqrt(squares / count)};
}

/// Adds what one copy moved to the report; the mean is a sum until `finish`.
void count_move(AugmentReport& report, std::span<const Real> from, std::span<const Real> to) {
  double squares = 0;
  for (std::size_t c = 0; c < from.size(); ++c) {
    const auto gap = static_cast<double>(to[c]) - static_cast<double>(from[c]);
    if (!std::isnan(gap)) squares += gap * gap;
  }
  const double move = std::sqrt(squares);
  ++report.added;
  report.mean_move += move;
  report.largest_move = std::max(report.largest_move, move);
}

void finish(AugmentReport& report) {
  if (report.added > 0) report.mean_move /= static_cast<double>(report.added);
}

/// Appends `copies` rounds of copies; `move` takes a place relative to the middle to another.
template <typename Move>
AugmentReport add_moved_copies(Dataset& data, Index copies, std::span<const std::int32_t> fitted_on, const Move& move) {
  const std::vector<std::int32_t> originals = originals_of(data);
  const std::span<const std::int32_t> fitted = fitted_on.empty() ? std::span(originals) : fitted_on;
  const Place middle{.x = moments_of(data, fitted, 0).mean, .y = moments_of(data, fitted, 1).mean};
  AugmentReport report;
  for (Index copy = 0; copy < copies; ++copy) {
    for (const std::int32_t i : originals) {
      const std::array<Real, 2> from{data.row(i)[0], data.row(i)[1]};
      const Place to =
          move(Place{.x = static_cast<double>(from[0]) - middle.x, .y = static_cast<double>(from[1]) - middle.y});
      const std::array<Real, 2> moved{static_cast<Real>(middle.x + to.x), static_cast<Real>(middle.y + to.y)};
      count_move(report, from, moved);
      data.append_copy(moved, i);
    }
  }
  finish(report);
  return report;
}

/// Between -most and most.
double to_both_sides(Random& random, double most) { return most * (2 * static_cast<double>(random.uniform()) - 1); }

/// Jöhnk's method for Beta(alpha, alpha) with alpha <= 1 (Metrika 8, 1964).
double symmetric_beta(Random& random, double alpha) {
  for (;;) {
    const double a = std::pow(static_cast<double>(random.uniform()), 1 / alpha);
    const double b = std::pow(static_cast<double>(random.uniform()), 1 / alpha);
    if (a + b > 0 && a + b <= 1) return a / (a + b);
  }
}

}  // namespace

AugmentReport add_rotated_copies(Dataset& data, Index copies, double degrees, std::uint32_t seed,
                                 std::span<const std::int32_t> fitted_on) {
  check_points(data);
  check_copies(copies);
  check_range("augment.rotation", degrees, 0, 180);
  Random random = random_of(seed, Kind::kRotated);
  return add_moved_copies(data, copies, fitted_on, [&](const Place& from) {
    const double angle = to_both_sides(random, degrees * std::numbers::pi / 180);
    if (std::isnan(from.x + from.y)) return from;
    return Place{.x = from.x * std::cos(angle) - from.y * std::sin(angle),
                 .y = from.x * std::sin(angle) + from.y * std::cos(angle)};
  });
}

AugmentReport add_scaled_copies(Dataset& data, Index copies, double share, std::uint32_t seed,
                                std::span<const std::int32_t> fitted_on) {
  check_points(data);
  check_copies(copies);
  check_range("augment.scaling", share, 0, 0.9);
  Random random = random_of(seed, Kind::kScaled);
  return add_moved_copies(data, copies, fitted_on, [&](const Place& from) {
    const double factor = 1 + to_both_sides(random, share);
    return Place{.x = factor * from.x, .y = factor * from.y};
  });
}

AugmentReport add_shifted_copies(Dataset& data, Index copies, double deviations, std::uint32_t seed,
                                 std::span<const std::int32_t> fitted_on) {
  check_points(data);
  check_copies(copies);
  check_range("augment.shift", deviations, 0, 3);
  const std::vector<std::int32_t> originals = originals_of(data);
  const std::span<const std::int32_t> fitted = fitted_on.empty() ? std::span(originals) : fitted_on;
  const double most_x = deviations * moments_of(data, fitted, 0).deviation;
  const double most_y = deviations * moments_of(data, fitted, 1).deviation;
  Random random = random_of(seed, Kind::kShifted);
  return add_moved_copies(data, copies, fitted_on, [&](const Place& from) {
    const double dx = to_both_sides(random, most_x);
    const double dy = to_both_sides(random, most_y);
    return Place{.x = from.x + dx, .y = from.y + dy};
  });
}

AugmentReport add_flipped_copies(Dataset& data, Flip flip, std::span<const std::int32_t> fitted_on) {
  check_points(data);
  const double x_sign = flip == Flip::kUpDown ? 1 : -1;
  const double y_sign = flip == Flip::kLeftRight ? 1 : -1;
  return add_moved_copies(data, 1, fitted_on,
                          [&](const Place& from) { return Place{.x = x_sign * from.x, .y = y_sign * from.y}; });
}

MixReport add_mixed_copies(Dataset& data, std::span<const std::int32_t> rows, Index copies, double alpha,
                           std::uint32_t seed) {
  check_copies(copies);
  check_range("augment.mixing", alpha, kLeastMixing, 1);
  for (const std::int32_t row : rows) {
    check_range("augment.rows", static_cast<double>(row), 0, static_cast<double>(data.rows() - 1));
  }
  Random random = random_of(seed, Kind::kMixed);
  MixReport report;
  std::vector<Real> mixed(data.columns.size());
  for (Index copy = 0; copy < copies; ++copy) {
    for (const std::int32_t row : rows) {
      const std::int32_t partner = rows[random.below(static_cast<std::uint32_t>(rows.size()))];
      const double drawn = symmetric_beta(random, alpha);
      const double share = std::max(drawn, 1 - drawn);
      const auto blend = [share](Real own, Real other) {
        return static_cast<Real>(share * static_cast<double>(own) + (1 - share) * static_cast<double>(other));
      };
      for (std::size_t c = 0; c < mixed.size(); ++c) mixed[c] = blend(data.row(row)[c], data.row(partner)[c]);
      count_move(report.moves, data.row(row), mixed);
      data.append_copy(mixed, row);
      if (data.task == Task::kRegression) {
        data.values.back() =
            blend(data.values[static_cast<std::size_t>(row)], data.values[static_cast<std::size_t>(partner)]);
      }
      report.mixes.push_back({.row = row, .partner = partner, .share = share});
    }
  }
  finish(report.moves);
  return report;
}

}  // namespace athanor
