#include "engine/session/plane.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/error.h"

namespace athanor {
namespace {

Error bad_input(const char* what, const std::string& value, const std::string& expected) {
  return {ErrorCode::kBadInput, what, {{"what", what}, {"value", value}, {"expected", expected}}};
}

/// Smallest and largest value of a column with a margin of 5 %.
std::array<Real, 2> range_of(const Dataset& data, std::span<const std::int32_t> rows, Index column) {
  Real low = INFINITY;
  Real high = -INFINITY;
  for (const std::int32_t i : rows) {
    const Real value = data.row(i)[static_cast<std::size_t>(column)];
    if (std::isnan(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (!(low < high)) {
    const Real middle = std::isfinite(low) ? low : Real{0};
    return {middle - 1, middle + 1};
  }
  const Real margin = (high - low) * static_cast<Real>(0.05);
  return {low - margin, high + margin};
}

Real place(const std::array<Real, 2>& range, Index i, Index resolution) {
  return range[0] + (range[1] - range[0]) * static_cast<Real>(i) / static_cast<Real>(resolution - 1);
}

}  // namespace

Plane::Plane(const Run& run, Index x_column, Index y_column)
    : run_(run), x_column_(x_column), y_column_(y_column), raw_(run.scaler.fill) {
  for (const Index column : {x_column, y_column}) {
    if (column >= 0 && column < run.spec.columns && run.train.rows > 0) continue;
    throw bad_input("column", std::to_string(column), "0 to " + std::to_string(run.spec.columns - 1));
  }
  x_ = range_of(run.data, run.parts.train, x_column);
  y_ = range_of(run.data, run.parts.train, y_column);
}

void Plane::check_resolution(Index resolution) {
  if (resolution >= 2 && resolution <= kMaxResolution) return;
  throw bad_input("resolution", std::to_string(resolution), "2 to " + std::to_string(kMaxResolution));
}

void Plane::line(Index j, Index resolution, std::span<Real> out) {
  const std::size_t columns = raw_.size();
  raw_[static_cast<std::size_t>(y_column_)] = place(y_, j, resolution);
  for (Index i = 0; i < resolution; ++i) {
    raw_[static_cast<std::size_t>(x_column_)] = place(x_, i, resolution);
    run_.scaler.apply(raw_, out.subspan(static_cast<std::size_t>(i) * columns, columns));
  }
}

}  // namespace athanor
