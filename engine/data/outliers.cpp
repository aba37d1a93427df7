#include "engine/data/outliers.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "engine/core/error.h"
#include "engine/data/scaler.h"

namespace athanor {
namespace {

/// Values within are no outliers.
struct Bounds {
  double low = 0;
  double high = 0;
  bool has_spread = false;
};

Bounds z_score_bounds(std::span<double> values, double limit) {
  double mean = 0;
  for (const double x : values) mean += x / static_cast<double>(values.size());
  double squares = 0;
  for (const double x : values) squares += (x - mean) * (x - mean);
  const double deviation = std::sqrt(squares / static_cast<double>(values.size()));
  return {.low = mean - limit * deviation,
          .high = mean + limit * deviation,
          .has_spread = deviation > 1e-12 * std::abs(mean)};  // rounding of the mean alone is no spread
}

Bounds interquartile_bounds(std::span<double> values, double limit) {
  std::sort(values.begin(), values.end());
  const double first = quantile(values, 0.25);
  const double third = quantile(values, 0.75);
  const double range = third - first;
  return {.low = first - limit * range, .high = third + limit * range, .has_spread = range > 0};
}

void check_range(const char* path, double value, double min, double max) {
  if (value >= min && value <= max) return;
  throw Error(ErrorCode::kOutOfRange, path,
              {{"path", path}, {"value", number_text(value)}, {"min", number_text(min)}, {"max", number_text(max)}});
}

/// The originals, and their standardised values (originals, columns).
struct Originals {
  std::vector<std::int32_t> rows;
  std::vector<Real> scaled;
};

Originals originals_of(const Dataset& data) {
  Originals found;
  for (std::size_t i = 0; i < data.is_copy.size(); ++i) {
    if (data.is_copy[i] == 0) found.rows.push_back(static_cast<std::int32_t>(i));
  }
  const Scaler scaler = fit_standard(data, found.rows);
  const std::size_t width = data.columns.size();
  found.scaled.resize(found.rows.size() * width);
  for (std::size_t i = 0; i < found.rows.size(); ++i) {
    scaler.apply(data.row(found.rows[i]), std::span(found.scaled).subspan(i * width, width));
  }
  return found;
}

void check_labels(const Dataset& data, Index neighbours, std::size_t originals) {
  const auto refuse = [](const char* what, const std::string& value, const std::string& expected) {
    throw Error(ErrorCode::kBadInput, "clean.labels", {{"what", what}, {"value", value}, {"expected", expected}});
  };
  if (neighbours < 1 || neighbours > 50) check_range("clean.labels", static_cast<double>(neighbours), 1, 50);
  if (data.task != Task::kClassification) refuse("the task", "regression", "classification");
  const auto rows = static_cast<double>(originals);
  const double work = rows * rows * (static_cast<double>(data.width()) + kRankingWork);
  if (work > kMaxNeighbourWork) {
    refuse("rows times rows times columns", number_text(work), "at most " + number_text(kMaxNeighbourWork));
  }
}

}  // namespace

Outliers find_outliers(const Dataset& data, OutlierRule rule, double limit, std::span<const std::int32_t> fitted_on) {
  check_range("clean.outlier_limit", limit, 0.5, 10);
  std::vector<bool> flags(data.labels.size(), false);
  Outliers found;
  std::vector<double> values;
  for (std::size_t c = 0; c < data.columns.size(); ++c) {
    values.clear();
    for (const std::int32_t i : fitted_on) {
      const auto x = static_cast<double>(data.row(i)[c]);
      if (!std::isnan(x)) values.push_back(x);
    }
    found.per_column.push_back(0);
    if (values.empty() || data.is_level(static_cast<Index>(c))) continue;
    const Bounds bounds =
        rule == OutlierRule::kZScore ? z_score_bounds(values, limit) : interquartile_bounds(values, limit);
    if (!bounds.has_spread) continue;
    for (Index i = 0; i < data.rows(); ++i) {
      const auto x = static_cast<double>(data.row(i)[c]);
      if (std::isnan(x) || (x >= bounds.low && x <= bounds.high)) continue;
      flags[static_cast<std::size_t>(i)] = true;
      ++found.per_column.back();
    }
  }
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (flags[i]) found.rows.push_back(static_cast<std::int32_t>(i));
  }
  return found;
}

std::vector<LabelSuspect> find_suspect_labels(const Dataset& data, Index neighbours) {
  const Originals originals = originals_of(data);
  check_labels(data, neighbours, originals.rows.size());
  const std::size_t width = data.columns.size();
  const auto label_of = [&](std::size_t i) { return data.labels[static_cast<std::size_t>(originals.rows[i])]; };
  std::vector<LabelSuspect> suspects;
  std::vector<std::pair<double, std::size_t>> distances;
  for (std::size_t i = 0; i < originals.rows.size(); ++i) {
    distances.clear();
    for (std::size_t j = 0; j < originals.rows.size(); ++j) {
      if (j == i) continue;
      double squares = 0;
      for (std::size_t c = 0; c < width; ++c) {
        const auto gap = static_cast<double>(originals.scaled[i * width + c] - originals.scaled[j * width + c]);
        squares += gap * gap;
      }
      distances.emplace_back(squares, j);
    }
    const std::size_t count = std::min(static_cast<std::size_t>(neighbours), distances.size());
    if (count == 0) break;
    std::nth_element(distances.begin(), distances.begin() + static_cast<Index>(count) - 1, distances.end());
    std::array<std::size_t, kMaxClasses> votes{};
    for (std::size_t n = 0; n < count; ++n) ++votes.at(static_cast<std::size_t>(label_of(distances[n].second)));
    const std::int32_t own = label_of(i);
    const auto most = static_cast<std::size_t>(std::max_element(votes.begin(), votes.end()) - votes.begin());
    if (static_cast<std::int32_t>(most) == own || 2 * votes.at(most) <= count) continue;
    suspects.push_back(
        {.row = originals.rows[i],
         .label = own,
         .suggested = static_cast<std::int32_t>(most),
         .agreement = static_cast<double>(votes.at(static_cast<std::size_t>(own))) / static_cast<double>(count)});
  }
  return suspects;
}

}  // namespace athanor
