#include "engine/data/clean.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace athanor {

std::vector<std::int32_t> find_missing(const Dataset& data) {
  std::vector<std::int32_t> found;
  for (Index i = 0; i < data.rows(); ++i) {
    const std::span<const Real> row = data.row(i);
    if (std::any_of(row.begin(), row.end(), [](Real x) { return std::isnan(x); })) {
      found.push_back(static_cast<std::int32_t>(i));
    }
  }
  return found;
}

std::vector<std::int32_t> find_duplicates(const Dataset& data) {
  // Sorting positions brings equal rows together; the stable sort leaves the earliest of them first. NaN sorts last and
  // counts as equal to NaN, so that the order is a strict weak one.
  const auto compare = [](Real a, Real b) {
    if (std::isnan(a) || std::isnan(b)) return static_cast<int>(std::isnan(a)) - static_cast<int>(std::isnan(b));
    return a < b ? -1 : static_cast<int>(a > b);
  };
  const auto order_of = [&](Index a, Index b) {
    const std::span<const Real> left = data.row(a);
    const std::span<const Real> right = data.row(b);
    for (std::size_t c = 0; c < left.size(); ++c) {
      if (const int order = compare(left[c], right[c]); order != 0) return order;
    }
    if (data.task == Task::kRegression) {
      return compare(data.values[static_cast<std::size_t>(a)], data.values[static_cast<std::size_t>(b)]);
    }
    return data.labels[static_cast<std::size_t>(a)] - data.labels[static_cast<std::size_t>(b)];
  };
  std::vector<Index> order(data.labels.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return order_of(a, b) < 0; });
  std::vector<std::int32_t> found;
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (order_of(order[i - 1], order[i]) == 0) found.push_back(static_cast<std::int32_t>(order[i]));
  }
  std::sort(found.begin(), found.end());
  return found;
}

Index drop_rows(Dataset& data, std::span<const std::int32_t> rows) {
  std::vector<bool> keep(data.labels.size(), true);
  for (const std::int32_t row : rows) keep.at(static_cast<std::size_t>(row)) = false;
  const Index before = data.rows();
  data.keep(keep);
  return before - data.rows();
}

}  // namespace athanor
