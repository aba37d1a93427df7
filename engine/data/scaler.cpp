#include "engine/data/scaler.h"

#include <algorithm>
#include <cmath>

namespace athanor {
namespace {

struct ColumnScale {
  double fill = 0;
  double shift = 0;
  double scale = 0;
};

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double x : values) sum += x;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

/// Two passes in double: the mean first, so that a large offset costs no digits of the deviation.
ColumnScale standard(std::span<double> values) {
  const double mean = mean_of(values);
  double squares = 0;
  for (const double x : values) squares += (x - mean) * (x - mean);
  const double deviation = values.empty() ? 0 : std::sqrt(squares / static_cast<double>(values.size()));
  // Rounding of the mean alone is no spread.
  return {.fill = mean, .shift = mean, .scale = deviation > 1e-12 * std::abs(mean) ? deviation : 0};
}

ColumnScale min_max(std::span<double> values) {
  if (values.empty()) return {};
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  return {.fill = mean_of(values), .shift = *least, .scale = *most - *least};
}

ColumnScale robust(std::span<double> values) {
  std::sort(values.begin(), values.end());
  const double median = quantile(values, 0.5);
  return {.fill = median, .shift = median, .scale = quantile(values, 0.75) - quantile(values, 0.25)};
}

struct ScalingRow {
  Scaling scaling;
  ColumnScale (*fit)(std::span<double> values);  // may reorder them; a scale of 0 stands for none
  bool is_identity;
};

constexpr std::array<ScalingRow, kScalingNames.size()> kRows{{
    {.scaling = Scaling::kStandard, .fit = standard, .is_identity = false},
    {.scaling = Scaling::kNone, .fit = standard, .is_identity = true},
    {.scaling = Scaling::kMinMax, .fit = min_max, .is_identity = false},
    {.scaling = Scaling::kRobust, .fit = robust, .is_identity = false},
}};

constexpr bool in_enum_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<std::size_t>(kRows[i].scaling) != i || kRows[i].fit == nullptr) return false;
  }
  return true;
}
static_assert(in_enum_order(), "every scaling needs its row, in the order of the enum");

const ScalingRow& row_of(Scaling scaling) { return kRows[static_cast<std::size_t>(scaling)]; }

void append_column(Scaler& scaler, const ColumnScale& column) {
  const auto rounded = static_cast<Real>(column.scale);  // may become 0 where the double is not
  scaler.fill.push_back(static_cast<Real>(column.fill));
  scaler.shift.push_back(static_cast<Real>(column.shift));
  scaler.scale.push_back(rounded > 0 ? rounded : Real{1});
}

}  // namespace

void Scaler::apply(std::span<const Real> row, std::span<Real> out) const {
  for (std::size_t c = 0; c < row.size(); ++c) {
    const Real value = std::isnan(row[c]) ? fill[c] : row[c];
    out[c] = is_identity ? value : (value - shift[c]) / scale[c];
  }
}

Scaler fit_scaler(Scaling scaling, const Dataset& data, std::span<const std::int32_t> rows) {
  Scaler scaler{.is_identity = row_of(scaling).is_identity};
  std::vector<double> values;
  for (std::size_t c = 0; c < data.columns.size(); ++c) {
    values.clear();
    for (const std::int32_t i : rows) {
      const auto x = static_cast<double>(data.row(i)[c]);
      if (!std::isnan(x)) values.push_back(x);
    }
    // A level is 0 or 1 already; a missing one is filled with its share.
    append_column(scaler, data.is_level(static_cast<Index>(c)) ? ColumnScale{.fill = mean_of(values)}
                                                               : row_of(scaling).fit(values));
  }
  return scaler;
}

Scaler fit_target_scaler(Scaling scaling, const Dataset& data, std::span<const std::int32_t> rows) {
  const bool is_regression = data.task == Task::kRegression;
  Scaler scaler{.is_identity = !is_regression || row_of(scaling).is_identity};
  std::vector<double> values;
  if (is_regression) {
    for (const std::int32_t i : rows) values.push_back(static_cast<double>(data.values[static_cast<std::size_t>(i)]));
  }
  append_column(scaler, row_of(scaling).fit(values));
  return scaler;
}

Scaler fit_standard(const Dataset& data, std::span<const std::int32_t> rows) {
  return fit_scaler(Scaling::kStandard, data, rows);
}

double quantile(std::span<const double> ordered, double share) {
  if (ordered.empty()) return 0;
  const double place = share * static_cast<double>(ordered.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, ordered.size() - 1);
  return ordered[below] + (place - static_cast<double>(below)) * (ordered[above] - ordered[below]);
}

}  // namespace athanor
